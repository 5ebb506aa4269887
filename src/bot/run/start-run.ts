// `/finetune start [setting=value …]` and the buttons that say the same: the approved examples are frozen into a run, and a worker is woken for it.
import { recordAudit } from '../../data/audit.ts';
import { startRun } from '../../data/runs.ts';
import { readDials } from '../../model/dials.ts';
import { split } from '../../model/split.ts';
import { Refusal } from '../../problem.ts';
import { say } from '../../words/words.ts';
import { langOf, type Wanted } from '../asked.ts';
import { learnableExamples } from '../consent/learnable.ts';
import { lookBeforeRun } from '../harvest/look.ts';
import { placeOf, replyPrivately, sentence } from '../reply.ts';
import { refuseUnlessMayStart } from './may-start.ts';
import { proposalTaken } from './propose.ts';
import { showRun } from './show-run.ts';

/** Fewer rows teach nothing that could be measured. */
const LEAST_EXAMPLES = 4;

/**
 * The run's message goes where it was asked for. `instead`: the id of a run that waits for [Start], whose place the new one takes.
 * Throws Refusal: a setting out of range, too few examples that may be learned from, another run still open, or `instead` waits no more.
 */
export async function startRunFor({ bot, event, person }: Wanted, words: string[], instead?: number): Promise<void> {
  const { channel, thread } = placeOf(event);
  await refuseUnlessMayStart({ bot, person }, channel);
  const wishes = readDials(words);
  await lookBeforeRun(bot);
  const { rows, waiting } = await learnableExamples(bot);
  if (rows.length < LEAST_EXAMPLES) {
    const values = { total: rows.length, ready: rows.length, needed: LEAST_EXAMPLES, waiting };
    throw new Refusal(waiting > 0 ? 'consent.waiting' : 'run.no-examples', values);
  }
  const { train, heldout } = split(rows, bot.splitKey);
  const members = [
    ...train.map(index => ({ revision: rows[index].revision, part: 'train' as const })),
    ...heldout.map(index => ({ revision: rows[index].revision, part: 'heldout' as const })),
  ];
  const run = await startRun(bot.db, bot.workspace.id, { requestedBy: person.id, channel, thread, members, wishes, instead });
  const detail = { train: train.length, heldout: heldout.length, ...(instead !== undefined && { instead }) };
  await recordAudit(bot.db, { workspace: bot.workspace.id, actor: person.ext, verb: 'start', object: `run ${run.no}`, detail });
  if (instead !== undefined) await showRun(bot, instead);
  await showRun(bot, run.id);
  if (waiting > 0) await replyPrivately(bot, event, sentence(say(await langOf({ bot, event, person }), 'consent.left-out', { waiting })));
  await proposalTaken(bot, run);
  await bot.wake('run', run.id);
}
