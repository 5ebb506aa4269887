// [Start] on a run that waits because something about it is doubtful: it goes on as it was planned.
import { recordAudit } from '../../data/audit.ts';
import { launchRun } from '../../data/runs.ts';
import { Refusal } from '../../problem.ts';
import { pressedBy } from '../asked.ts';
import type { Bot } from '../bot.ts';
import { idOf, type Pressed } from '../reply.ts';
import { refuseUnlessMay } from '../rights/may-do.ts';
import { showRun } from './show-run.ts';

/** The action `launch-run`; its value is the run's id. Throws Refusal for who may not, and when the run waits no more. */
export async function launchRunPressed(bot: Bot, event: Pressed): Promise<void> {
  const wanted = await pressedBy(bot, event);
  await refuseUnlessMay(wanted, 'start');
  const run = await launchRun(bot.db, bot.workspace.id, idOf(event.value));
  if (!run) throw new Refusal('run.waits-no-more');
  await recordAudit(bot.db, { workspace: bot.workspace.id, actor: wanted.person.ext, verb: 'launch', object: `run ${run.no}` });
  await showRun(bot, run.id);
  await bot.wake('run', run.id);
}
