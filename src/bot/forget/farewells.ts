// The last trace: what was said to somebody about their own forgetting, once they have it.
import { vacuumErased } from '../../data/forget.ts';
import { dropFarewells } from '../../data/posts.ts';
import type { Bot } from '../bot.ts';

/** Part of every look of the follower. */
export async function endFarewells({ db, workspace }: Pick<Bot, 'db' | 'workspace'>): Promise<void> {
  if (await dropFarewells(db, workspace.id)) await vacuumErased(db);
}
