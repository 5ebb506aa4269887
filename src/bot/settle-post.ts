// A message with buttons that has had its answer: the buttons go, and below what it said stands how it ended.
import type { Card } from '../chat/chat.ts';
import { findPost } from '../data/posts.ts';
import type { Lang } from '../words/words.ts';
import type { Bot } from './bot.ts';
import { langIn } from './language.ts';
import { post } from './reply.ts';

/** False where there is no post of this key that still has buttons. */
export async function settlePost(bot: Bot, key: string, ending: (lang: Lang) => string): Promise<boolean> {
  const row = await findPost(bot.db, bot.workspace.id, key);
  const { title, parts } = (row?.body ?? { parts: [] }) as Card;
  if (!row || !parts.some(part => 'buttons' in part)) return false;
  const said = parts.filter(part => !('buttons' in part));
  const end = { markdown: ending(await langIn(bot, row.channel)) };
  await post(bot, key, { channel: row.channel, thread: row.thread ?? undefined }, { title, parts: [...said, end] });
  return true;
}
