// The messages that an example stands on, remembered without their text.
import { createHmac } from 'node:crypto';
import { findChannel } from '../../data/channels.ts';
import type { SourcePart } from '../../data/chat-examples.ts';
import type { Db } from '../../data/database.ts';
import { rememberMessage } from '../../data/messages.ts';
import { coreOf } from '../../model/small-edit.ts';
import type { Bot } from '../bot.ts';
import type { Seen } from './settle.ts';
import type { Spoken } from './spoken.ts';

export type Kept = { id: number; edited: boolean; part: SourcePart };

/** Each with its part, in the order answer, question, notes. */
export async function keepMessages(bot: Bot, tx: Db, { channel, writers, talk }: Seen): Promise<Kept[]> {
  const kept: Kept[] = [];
  const keep = async ({ ref, thread, permalink, text, author }: Spoken, part: SourcePart) => {
    const writer = writers.get(author)!.id;
    // The notes of a report may be from other channels than the report.
    const elsewhere = ref.channel !== undefined && ref.channel !== channel.ext;
    const at = (elsewhere && (await findChannel(tx, bot.workspace.id, ref.channel!))) || channel;
    const seen = { channel: at.id, ext: ref.id, threadExt: thread, author: writer, permalink, textHmac: textHmac(bot, text) };
    kept.push({ ...(await rememberMessage(tx, seen)), part });
  };
  for (const message of talk.answer) await keep(message, 'answer');
  if (talk.question) await keep(talk.question, 'question');
  for (const message of talk.notes) await keep(message, 'notes');
  return kept;
}

/** Tells whether a text was edited, and nothing else about it. */
const textHmac = (bot: Bot, text: string): string =>
  createHmac('sha256', bot.splitKey)
    .update(`text\n${coreOf(text)}`)
    .digest('hex');
