// `/finetune status`: examples, the run, who answers, the workers, and what the votes over closed comparisons say.
import type { Part } from '../chat/chat.ts';
import { countOpenComparisons } from '../data/comparisons.ts';
import { listRuns } from '../data/runs.ts';
import { speakingVersions } from '../data/versions.ts';
import { type Lang, say } from '../words/words.ts';
import type { Asked } from './asked.ts';
import { type Bot, knownChannel } from './bot.ts';
import { currentPairs, votesPart, whyLooks } from './card/votes-part.ts';
import { whoAnswers } from './champion/standing.ts';
import { countLearnable } from './consent/learnable.ts';
import { langIn } from './language.ts';
import { post } from './reply.ts';
import { workerLines } from './run/who-works.ts';

export async function status({ bot, event }: Asked): Promise<void> {
  const lang = await langIn(bot, event.place.channel);
  const { db, workspace } = bot;
  const { waiting, ...counts } = await countLearnable(bot);
  const examples = say(lang, 'status.examples.value', { total: counts.qa + counts.report, ...counts });
  const [run] = await listRuns(db, workspace.id, 1);
  const { channel } = await knownChannel(bot, event.place.channel);
  const speaking = await speakingVersions(db, workspace.id);
  const open = await countOpenComparisons(db, workspace.id);
  const runLine = run
    ? say(lang, 'status.run.value', { no: run.no, state: say(lang, `state.${run.state}`, { step: run.step, steps: run.steps ?? '?' }) })
    : say(lang, 'status.run.none');
  const facts: [string, string][] = [
    [say(lang, 'status.examples'), waiting > 0 ? say(lang, 'status.examples.waiting', { examples, waiting }) : examples],
    [say(lang, 'status.run'), runLine],
    [say(lang, 'status.speaks'), whoAnswers(lang, speaking, channel.compareEvery)],
    [say(lang, 'status.open'), say(lang, 'status.open.value', { open })],
    [say(lang, 'workers.title'), (await workerLines(bot, lang)).join('\n')],
  ];
  const parts: Part[] = [{ facts }, ...(await voteParts(bot, lang))];
  await post(bot, `status:${event.key}`, event.place, { title: say(lang, 'status.title'), parts });
}

/** The votes that can still change something, and those on the champion. */
async function voteParts(bot: Bot, lang: Lang): Promise<Part[]> {
  const pairs = await currentPairs(bot);
  if (pairs.length === 0) return [{ markdown: say(lang, 'standing.none') }];
  const parts = await Promise.all(pairs.map(pair => votesPart(bot, lang, pair)));
  return [...parts, whyLooks(lang)];
}
