// [Start] on a run that waits because something about it is doubtful: it goes on as it was planned.
import { launchRun } from '../data/runs.ts';
import { Refusal } from '../problem.ts';
import type { Bot } from './bot.ts';
import { type Pressed, runOfButton } from './reply.ts';
import { showRun } from './show-run.ts';

/** The action `launch-run`; its value is the run's id. Throws Refusal when the run waits no more. */
export async function launchRunPressed(bot: Bot, event: Pressed): Promise<void> {
  const run = await launchRun(bot.db, bot.workspace.id, runOfButton(event));
  if (!run) throw new Refusal('run.waits-no-more');
  await showRun(bot, run.id);
  await bot.wake('run', run.id);
}
