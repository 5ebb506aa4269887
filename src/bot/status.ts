// `/finetune status`: examples, the run, who answers, and the votes over closed comparisons.
import { countApproved } from '../data/examples.ts';
import { listRuns } from '../data/runs.ts';
import { speakingVersions } from '../data/versions.ts';
import { countOpenComparisons, tallyVotes } from '../data/votes.ts';
import { say } from '../words/words.ts';
import type { Asked } from './asked.ts';
import { langIn } from './language.ts';
import { post } from './reply.ts';

export async function status({ bot, event }: Asked): Promise<void> {
  const lang = await langIn(bot, event.place.channel);
  const { db, workspace } = bot;
  const counts = await countApproved(db, workspace.id);
  const [run] = await listRuns(db, workspace.id, 1);
  const { candidate, champion } = await speakingVersions(db, workspace.id);
  const speaker = candidate ?? champion;
  const tally = await tallyVotes(db, workspace.id);
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
    [say(lang, 'status.speaks'), speaker ? say(lang, 'status.speaks.value', { version: speaker.no }) : say(lang, 'status.speaks.none')],
    ...tally.map(({ no, first }): [string, string] => [
      `${say(lang, 'status.votes')} · v${no}`,
      say(lang, 'status.votes.value', { tuned: first.tuned, base: first.base, tie: first.tie, bad: first.bad }),
    ]),
    ...(tally.length === 0 ? [[say(lang, 'status.votes'), say(lang, 'status.votes.none')] as [string, string]] : []),
    [say(lang, 'status.open'), say(lang, 'status.open.value', { open })],
  ];
  await post(bot, `status:${event.key}`, event.place, { title: say(lang, 'status.title'), parts: [{ facts }] });
}
