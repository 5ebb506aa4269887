// `npm run bench room`: how long a ✅ waits for its receipt and a mention for its 👀, as the page sees it, while nothing else happens and while a
// run trains SmolLM2-135M on the sample team. The whole process tree; the goal is a p95 of one second.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../src/root.ts';
import { forgetDataDir, newDataDir, npmStart } from '../support/npm-start.ts';
import { personIn } from '../support/person.ts';
import { realModel } from '../support/real-model.ts';
import { cookieOf, liveViews, visit } from '../support/visitor.ts';
import { median, quantile } from './median.ts';

const MENTIONS = 20;
const APPROVALS_A_MENTION = 2;
const WITHIN_MS = 60_000;
/** So that no sample comes at the same point of the bot's own clocks as the one before. */
const PAUSE_MS = [130, 310, 70, 450, 220];

const model = await realModel();
if (!model) process.exit(1);
const dataDir = newDataDir();
const apprentice = await npmStart(dataDir, { BASE_MODEL: model, PRECISION: 'int8', THREADS: '2' });
const leaving = new AbortController();

try {
  const place = await visit(apprentice.address);
  const explain = () => apprentice.log('bot') + apprentice.log('worker');
  const ada = await personIn(place, 'Ada', explain);
  const ben = await personIn(place, 'Ben', explain);
  const signs = watchSigns(ada.id);

  /** One question of Ben's that Ada answers and Ben approves of. */
  async function approval(n: number): Promise<number> {
    const question = await ben.say(`Where is the key of locker ${n}?`);
    const answer = await ada.say(`Key ${n * 7} hangs on hook ${n}, left of the door. Put it back before six.`, { thread: question });
    const began = performance.now();
    const receipt = signs.on(answer.id, 'kept');
    await ben.react(answer);
    return (await receipt) - began;
  }
  /** One question put to the bot; its answer is waited for, so that samples do not wait for each other. */
  async function mention(n: number): Promise<number> {
    const began = performance.now();
    const asked = await ada.say(`@apprentice Where is the key of locker ${n}?`);
    const seen = (await signs.on(asked.id, 'seen')) - began;
    await ben.sees(/Only the base answers so far/, { thread: asked, within: WITHIN_MS });
    return seen;
  }
  async function measure(first: number, go: () => Promise<boolean>) {
    const receipt: number[] = [];
    const seen: number[] = [];
    for (let i = 0; i < MENTIONS && (await go()); i++) {
      for (let j = 0; j < APPROVALS_A_MENTION; j++) {
        await sleep(PAUSE_MS[(i + j) % PAUSE_MS.length]);
        receipt.push(await approval(first + i * APPROVALS_A_MENTION + j));
      }
      await sleep(PAUSE_MS[i % PAUSE_MS.length]);
      seen.push(await mention(first + i));
      console.error(`${i + 1} of ${MENTIONS}: receipt ${receipt.at(-1)!.toFixed(0)} ms, seen ${seen.at(-1)!.toFixed(0)} ms`);
    }
    return { receipt: figures(receipt), seen: figures(seen) };
  }

  const idle = await measure(1, async () => true);
  await ada.drop('en.json', readFileSync(join(projectRoot(), 'src/sample-team/en.json'), 'utf8'));
  await ben.sees(/en\.json/);
  await ada.say('/finetune start rounds=8');
  const training = async () => (await ben.all(/^Run 1 · training.*step \d+/s)).length > 0;
  while (!(await training())) await sleep(500);
  const busy = await measure(1001, training);
  await ben.say('/finetune cancel');
  console.log(JSON.stringify({ bench: 'room', idle, training: busy, goal: 'p95 <= 1000 ms' }));
} finally {
  leaving.abort();
  await apprentice.stop();
  forgetDataDir(dataDir);
}
process.exit(0);

/** Tells when the bot's own reaction reached the page of `as`. */
function watchSigns(as: string) {
  const at = new Map<string, number>();
  const waiting = new Map<string, (at: number) => void>();
  void (async () => {
    const { address } = apprentice;
    const bots = new Set<string>();
    for await (const view of liveViews(new URL(address).origin, { cookie: await cookieOf(address) }, as, leaving.signal)) {
      for (const { id, bot } of view.people) if (bot) bots.add(id);
      for (const { id, reactions } of view.messages) {
        for (const { sign } of reactions.filter(({ people }) => people.some(person => bots.has(person)))) {
          const key = `${id} ${sign}`;
          if (!at.has(key)) at.set(key, performance.now());
          waiting.get(key)?.(at.get(key)!);
        }
      }
    }
  })().catch(error => leaving.signal.aborted || console.error(error));
  return {
    on: (id: string, sign: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const key = `${id} ${sign}`;
        if (at.has(key)) resolve(at.get(key)!);
        waiting.set(key, resolve);
        setTimeout(() => reject(new Error(`no ${sign} within a minute`)), WITHIN_MS).unref();
      }),
  };
}

function figures(ms: number[]) {
  return { samples: ms.length, medianMs: Math.round(median(ms)), p95Ms: Math.round(quantile(ms, 0.95)) };
}
