// What stays of a forgotten person's id: a keyed hash, by which they are known again and not learned from, and which tells nobody who it was.
import { createHmac } from 'node:crypto';
import type { Bot } from '../bot.ts';

export const forgottenExt = ({ splitKey }: Pick<Bot, 'splitKey'>, ext: string): string =>
  `forgotten-${createHmac('sha256', splitKey).update(`person\n${ext}`).digest('hex').slice(0, 32)}`;
