// The buttons of the bot's messages: what a press on each does. A verb's own file says what its value holds.
import type { Bot } from './bot.ts';
import type { Pressed } from './reply.ts';
import { vote } from './vote.ts';

type Act = (bot: Bot, event: Pressed) => Promise<void>;

const ACTIONS: Record<string, Act> = {
  vote,
};

/** A button that an older or newer version of the bot has posted does nothing. */
export const act: Act = async (bot, event) => ACTIONS[event.action]?.(bot, event);
