// The platform was out of reach, or we were, for longer than it keeps trying to tell: what people approved of meanwhile is looked for.
import type { ChatEvent, MessageRef } from '../../chat/chat.ts';
import { Gone, NotAllowed } from '../../chat/errors.ts';
import { learningChannels } from '../../data/channels.ts';
import { examplesOfMessage } from '../../data/chat-examples.ts';
import { keepEvent, lastHeard } from '../../data/inbox.ts';
import { findMessage, markAllTouched } from '../../data/messages.ts';
import { type Bot, isLocal, mayTrain } from '../bot.ts';

/** An adapter that has been away for less says nothing of it: in the last seconds before its word nothing was heard. */
const AWAY_MS = 5_000;
/** What happened in so short a time every platform tells when we are back: the hastiest one’s last try comes after some six minutes. */
const TOLD_AGAIN_MS = 4 * 60_000;
/** A ✅ stands mostly on what was said on the same day. */
const BACK_MS = 24 * 3_600_000;
/** However long we were away: nobody waits for what is older, and reading costs calls. */
const LONGEST_MS = 14 * 24 * 3_600_000;

export type Missed = Extract<ChatEvent, { kind: 'missed' }>;

/**
 * Everything that is known is looked at again; and where people have switched learning on, what was said since a day before we last heard
 * of anything and has a ✅ now counts as touched. That is kept, oldest first, so that a look which has to wait keeps none of the others.
 */
export async function missed(bot: Bot, { key, at }: Missed): Promise<void> {
  await markAllTouched(bot.db, bot.workspace.id);
  if (!mayTrain(bot)) return;
  const heard = await lastHeard(bot.db, bot.workspace.id, new Date(at.getTime() - AWAY_MS));
  if (!heard || at.getTime() - heard.getTime() < TOLD_AGAIN_MS) return;
  for (const { ext, setAt } of await learningChannels(bot.db, bot.workspace.id)) {
    const from = Math.max(heard.getTime() - BACK_MS, at.getTime() - LONGEST_MS, setAt?.getTime() ?? 0);
    await lookThrough(bot, key, ext, new Date(from));
  }
}

async function lookThrough(bot: Bot, key: string, channel: string, from: Date): Promise<void> {
  try {
    for await (const { ref, approvedBy } of bot.chat.history({ channel }, from, new Date())) {
      if (approvedBy.length === 0 || (await isKnown(bot, ref))) continue;
      const payload = { ref: { channel, id: ref.id }, at: new Date().toISOString() };
      await keepEvent(bot.db, bot.workspace.id, { key: `${key}:${channel}:${ref.id}`, kind: 'touched', payload });
    }
  } catch (problem) {
    // Where we may not read (any more) nothing is learned either.
    if (!(problem instanceof NotAllowed || problem instanceof Gone)) throw problem;
  }
}

/** An example stands on it: it is among those that are looked at again anyway. */
async function isKnown(bot: Bot, ref: MessageRef): Promise<boolean> {
  const row = await findMessage(bot.db, bot.workspace.id, ref);
  return row !== undefined && (await examplesOfMessage(bot.db, row.id)).length > 0;
}

/** To be called once after a start, before anything is heard: what happened before it is missed, too. In the local chat nothing ever is. */
export async function keepMissed(bot: Bot, startedAt: string): Promise<void> {
  if (isLocal(bot)) return;
  const at = new Date(startedAt).toISOString();
  await keepEvent(bot.db, bot.workspace.id, { key: `missed:start:${at}`, kind: 'missed', payload: { at } });
}
