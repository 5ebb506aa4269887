// `/finetune cancel`: a column that the worker reads once a second.
import { requestCancel } from '../data/runs.ts';
import { Refusal } from '../problem.ts';
import type { Asked } from './asked.ts';
import { showRun } from './show-run.ts';

/** Throws Refusal when nothing is running. */
export async function cancelRun({ bot, person }: Asked): Promise<void> {
  const run = await requestCancel(bot.db, bot.workspace.id, person.id);
  if (!run) throw new Refusal('run.none');
  await showRun(bot, run.id);
}
