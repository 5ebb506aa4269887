// The last trace: what was said to somebody about a forgetting, once they have it. It stands until the tables are rewritten, so that this is
// made up for wherever it was broken off.
import { vacuumErased } from '../../data/forget.ts';
import { dropFarewells, emptyFarewells } from '../../data/posts.ts';
import type { Bot } from '../bot.ts';

/** Part of every look of the follower. */
export async function endFarewells({ db, workspace }: Pick<Bot, 'db' | 'workspace'>): Promise<void> {
  if (!(await emptyFarewells(db, workspace.id))) return;
  await vacuumErased(db);
  await dropFarewells(db, workspace.id);
}
