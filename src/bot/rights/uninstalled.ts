// The workspace has thrown the bot out: nothing is learned there any more, what is being learned is stopped, and whoever runs the bot reads so.
import { requestCancel } from '../../data/runs.ts';
import { endWorkspace, ensureWorkspace } from '../../data/workspaces.ts';
import type { Bot } from '../bot.ts';

/** Said twice (its tokens are void, it is uninstalled) it is one end. */
export async function uninstalled(bot: Bot): Promise<void> {
  await requestCancel(bot.db, bot.workspace.id, null);
  const ended = await endWorkspace(bot.db, bot.workspace.id);
  if (!ended) return;
  bot.workspace = ended;
  bot.ended?.();
}

/** Whoever speaks to the bot after that, `at`, has it installed again. Its channels stay off until an admin switches them on. */
export async function installedAgain(bot: Bot, at: Date): Promise<void> {
  const { endedAt, platform, team, name } = bot.workspace;
  if (endedAt && at > endedAt) bot.workspace = await ensureWorkspace(bot.db, platform, team, name);
}
