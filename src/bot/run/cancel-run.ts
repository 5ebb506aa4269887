// `/finetune cancel` and [Cancel]: a column that the worker reads once a second.
import { recordAudit } from '../../data/audit.ts';
import { openRun, requestCancel } from '../../data/runs.ts';
import { Refusal } from '../../problem.ts';
import { pressedBy, type Wanted } from '../asked.ts';
import type { Bot } from '../bot.ts';
import { idOf, type Pressed } from '../reply.ts';
import { refuseUnlessMay } from '../rights/may-do.ts';
import { showRun } from './show-run.ts';

/** Throws Refusal for who may not, and when nothing is running. */
export async function cancelRun(wanted: Pick<Wanted, 'bot' | 'person'>): Promise<void> {
  const { bot, person } = wanted;
  await refuseUnlessMay(wanted, 'cancel');
  const run = await requestCancel(bot.db, bot.workspace.id, person.id);
  if (!run) throw new Refusal('run.none');
  await recordAudit(bot.db, { workspace: bot.workspace.id, actor: person.ext, verb: 'cancel', object: `run ${run.no}` });
  await showRun(bot, run.id);
}

/** The action `cancel-run`; its value is the run's id, so that an old button does not stop a newer run. */
export async function cancelRunPressed(bot: Bot, event: Pressed): Promise<void> {
  const wanted = await pressedBy(bot, event);
  await refuseUnlessMay(wanted, 'cancel');
  const open = await openRun(bot.db, bot.workspace.id);
  if (open?.id !== idOf(event.value)) throw new Refusal('run.over');
  await cancelRun(wanted);
}
