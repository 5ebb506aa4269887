// `/finetune status`: examples, the run, who answers, and what the votes over closed comparisons say.
import type { Part } from '../chat/chat.ts';
import { countApproved } from '../data/examples.ts';
import { listRuns } from '../data/runs.ts';
import { speakingVersions } from '../data/versions.ts';
import { countOpenComparisons } from '../data/votes.ts';
import { type Lang, say } from '../words/words.ts';
import type { Asked } from './asked.ts';
import { type Bot, knownChannel } from './bot.ts';
import { langIn } from './language.ts';
import { post } from './reply.ts';
import { whoAnswers } from './standing.ts';
import { currentPairs, votesPart, whyLooks } from './votes-part.ts';

export async function status({ bot, event }: Asked): Promise<void> {
  const lang = await langIn(bot, event.place.channel);
  const { db, workspace } = bot;
  const counts = await countApproved(db, workspace.id);
  const [run] = await listRuns(db, workspace.id, 1);
  const { channel } = await knownChannel(bot, event.place.channel);
  const speaking = await speakingVersions(db, workspace.id);
  const open = await countOpenComparisons(db, workspace.id);
  const runLine = run
    ? say(lang, 'status.run.value', { no: run.no, state: say(lang, `state.${run.state}`, { step: run.step, steps: run.steps ?? '?' }) })
    : say(lang, 'status.run.none');
  const facts: [string, string][] = [
    [
      say(lang, 'status.examples'),
      say(lang, 'status.examples.value', { total: counts.qa + counts.report, qa: counts.qa, report: counts.report }),
    ],
    [say(lang, 'status.run'), runLine],
    [say(lang, 'status.speaks'), whoAnswers(lang, speaking, channel.compareEvery)],
    [say(lang, 'status.open'), say(lang, 'status.open.value', { open })],
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
