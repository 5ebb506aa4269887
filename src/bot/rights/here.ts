// Whether the bot is where it is spoken to: some platforms take a command from a channel that the bot is not in.
import { Refusal } from '../../problem.ts';
import type { Bot } from '../bot.ts';

/** `at`: the platform's id of the channel. Throws a Refusal where what the bot says to everybody would reach nobody. */
export async function refuseWhereAbsent(bot: Bot, at: string): Promise<void> {
  if ((await bot.chat.channel(at)).absent) throw new Refusal('gate.not-here');
}
