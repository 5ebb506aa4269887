// What may be learned from now: the approved examples without those whose authors could not say no yet.
import { withoutConsent } from '../../data/consent.ts';
import { approvedExamples, type ExampleRow } from '../../data/examples.ts';
import type { Bot } from '../bot.ts';
import { consentRule } from './rule.ts';

/** `waiting`: how many approved ones are left out. Nothing but this may leave the tables as a dataset or a file. */
export async function learnableExamples(bot: Bot): Promise<{ rows: ExampleRow[]; waiting: number }> {
  const approved = await approvedExamples(bot.db, bot.workspace.id);
  const unasked = await withoutConsent(bot.db, bot.workspace.id, consentRule(bot));
  const rows = approved.filter(({ example }) => !unasked.has(example));
  return { rows, waiting: approved.length - rows.length };
}
