// How fast we speak in one chat: five messages a second are the vendor's limit for all bots in it together, so one is left to the others.

import { bounded } from '../bounded.ts';
import { type Clock, openWindow, type Pace } from './pace.ts';

const MOST = 4;
/** A second, and half a one: some are on their way for longer than others. */
const WITHIN_MS = 1_500;
const REMEMBERED = 1_000;

/** Resolves when the next message may go to `chat`, or to that person alone. */
export type ChatPaces = (chat: string) => Promise<void>;

export function openChatPaces(clock: Clock): ChatPaces {
  const paces = bounded<string, Pace>(REMEMBERED);
  return chat => {
    const pace = paces.get(chat) ?? openWindow(MOST, WITHIN_MS, clock);
    paces.set(chat, pace);
    return pace.take();
  };
}
