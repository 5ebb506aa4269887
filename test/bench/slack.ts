// `npm run bench slack`: how long Slack waits for the acknowledgement of commands and presses, how long a ✅ waits for its receipt, and how long
// the bot is deaf after its line was cut; while nothing else happens and while a run trains SmolLM2-135M on the sample team. The whole process
// tree on the fake Slack, over Socket Mode. Slack waits three seconds; the goals are a p99 of 500 ms and a second of deafness.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SIGNS } from '../../src/chat/slack/signs.ts';
import { projectRoot } from '../../src/root.ts';
import { forgetDataDir, newDataDir, npmStart } from '../support/npm-start.ts';
import { personIn } from '../support/person.ts';
import { realModel } from '../support/real-model.ts';
import { until } from '../support/room.ts';
import { openFakeSlack } from '../support/slack/fake.ts';
import type { Pressed } from '../support/slack/hands.ts';
import { roomId } from '../support/slack/ids.ts';
import { farSideOn } from '../support/slack/platform.ts';
import { median, quantile } from './median.ts';

const ROUNDS = 20;
const ACKS_A_ROUND = 10;
const CUTS_EVERY = 2;
const WITHIN_MS = 120_000;
const BEGUN_WITHIN_MS = 600_000;
/** Slack lets the bot look at 50 messages a minute: a ✅ more often than that would measure nothing else. */
const ROUND_MS = 3_000;

const model = await realModel();
if (!model) process.exit(1);
const dataDir = newDataDir();
const slack = await openFakeSlack();
const { hands, socket, team } = slack;
const side = farSideOn(slack, 'socket');
const apprentice = await npmStart(dataDir, { ...side.env, BASE_MODEL: model, PRECISION: 'int8', THREADS: '2' });

try {
  const place = await side.enter(apprentice);
  const explain = () => apprentice.log('bot') + apprentice.log('worker');
  const ada = await personIn(place, 'Ada', explain);
  const ben = await personIn(place, 'Ben', explain);
  const channel = [...team.state.channels.values()].find(({ kind }) => kind === 'open')!.id;

  const timed = async (what: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await what();
    return performance.now() - began;
  };
  const command = () => timed(() => hands.command(roomId(ada.id), { channel }, '/finetune help'));
  /** A button of her own home that opens no form. */
  await ada.say('/finetune');
  const home = await ada.sees(/\[.*\]/, { privately: true });
  const [, button] = [...home.buttons].find(([label]) => !/…$/.test(label))! as [string, Pressed];
  const homeId = team.idOf(`${home.id.slice(0, -6)}.${home.id.slice(-6)}`)!;
  const press = () => timed(() => hands.press(roomId(ada.id), homeId, button));

  /** One question of Ben's that Ada answers and Ben approves of, until the bot's own sign stands on it. */
  async function receipt(n: number): Promise<number> {
    const question = await ben.say(`Where is the key of locker ${n}?`);
    const answer = await ada.say(`Key ${n * 7} hangs on hook ${n}, left of the door. Put it back before six.`, { thread: question });
    const id = team.idOf(`${answer.id.slice(0, -6)}.${answer.id.slice(-6)}`)!;
    const kept = () => team.state.messages.get(id)?.reactions[SIGNS.kept]?.includes(team.state.bot);
    return timed(async () => {
      await ben.react(answer);
      await until(kept, 'the receipt', WITHIN_MS);
    });
  }
  /** From the moment in which the line is cut to Slack's next hello. */
  async function deaf(): Promise<number> {
    const before = new Set(socket.sockets);
    return timed(async () => {
      socket.cut();
      await until(() => [...socket.sockets].some(one => !before.has(one)), 'another connection', WITHIN_MS);
    });
  }

  async function measure(first: number, go: () => Promise<boolean>) {
    const [commands, presses, receipts, cuts]: number[][] = [[], [], [], []];
    for (let round = 0; round < ROUNDS && (await go()); round++) {
      const next = sleep(ROUND_MS);
      receipts.push(await receipt(first + round));
      for (let i = 0; i < ACKS_A_ROUND; i++) commands.push(await command());
      for (let i = 0; i < ACKS_A_ROUND; i++) presses.push(await press());
      if (round % CUTS_EVERY === 0) cuts.push(await deaf());
      console.error(`${round + 1} of ${ROUNDS}: command ${Math.round(commands.at(-1)!)} ms, receipt ${Math.round(receipts.at(-1)!)} ms`);
      await next;
    }
    return { command: figures(commands), action: figures(presses), receipt: figures(receipts), deaf: figures(cuts) };
  }

  const idle = await measure(1, async () => true);
  await ada.drop('en.json', readFileSync(join(projectRoot(), 'src/sample-team/en.json'), 'utf8'));
  await ben.sees(/en\.json/);
  await ada.say('/finetune start rounds=8');
  const training = async () => (await ben.all(/^Run 1 · training.*step \d+/s)).length > 0;
  for (const end = Date.now() + BEGUN_WITHIN_MS; !(await training()); await sleep(500)) {
    if (Date.now() > end) throw new Error(`the run has not begun to train:\n${explain()}`);
  }
  const busy = await measure(1001, training);
  await ada.say('/finetune cancel');
  console.log(JSON.stringify({ bench: 'slack', idle, training: busy, goal: 'ack p99 < 500 ms while training, deaf < 1000 ms' }));
} finally {
  await apprentice.stop();
  await side.close();
  forgetDataDir(dataDir);
}
process.exit(0);

function figures(ms: number[]) {
  return { samples: ms.length, medianMs: Math.round(median(ms)), p99Ms: Math.round(quantile(ms, 0.99)) };
}
