// A message was touched: a ✅ given or taken back, an edit, a deletion. It is looked at as it is now.
import type { MessageRef } from '../../chat/chat.ts';
import { markTouched } from '../../data/messages.ts';
import type { Bot } from '../bot.ts';
import { look } from './look.ts';

/** Safe to be called for one touch twice, and once for many. What fails throws; the message then stays marked as touched. */
export async function touched(bot: Bot, ref: MessageRef): Promise<void> {
  await markTouched(bot.db, bot.workspace.id, ref);
  await look(bot, ref);
}
