// What may be learned from now: the approved examples without those whose authors could not say no yet.
import { withoutConsent } from '../../data/consent.ts';
import { approvedExamples, countApproved, type ExampleKind, type ExampleRow } from '../../data/examples.ts';
import type { Bot } from '../bot.ts';
import { consentRule } from './rule.ts';

/** `waiting`: how many approved ones are left out. Nothing but this may leave the tables as a dataset or a file. */
export async function learnableExamples(bot: Bot): Promise<{ rows: ExampleRow[]; waiting: number }> {
  const approved = await approvedExamples(bot.db, bot.workspace.id);
  const unasked = await withoutConsent(bot.db, bot.workspace.id, consentRule(bot));
  const rows = approved.filter(({ example }) => !unasked.has(example));
  return { rows, waiting: approved.length - rows.length };
}

/** As many of each kind may be learned from now; `waiting` more are approved. */
export async function countLearnable({ db, workspace, ...bot }: Bot): Promise<Record<ExampleKind, number> & { waiting: number }> {
  const unasked = await withoutConsent(db, workspace.id, consentRule(bot));
  const all = await countApproved(db, workspace.id);
  const { qa, report } = unasked.size > 0 ? await countApproved(db, workspace.id, unasked) : all;
  return { qa, report, waiting: all.qa + all.report - qa - report };
}
