// Messages of ours in which a person speaks: they are posted by us and count as that person's (DESIGN §8). Their key says whose they are.
import type { Card, MessageRef } from '../chat/chat.ts';
import { findPostAt, postsUnder } from '../data/posts.ts';
import type { Bot } from './bot.ts';

/** `report`: a weekly report, posted by whoever asked for it. `question`: the bot's number of the question that is answered. `text`: what the person wrote. */
export type SaidFor = { kind: 'better' | 'report'; question: number; person: number; text: string };

const KEY = /^(better|report):(\d{1,15}):(\d{1,15})$/;

/** One message a person and question; said again it is an edit. */
export const saidForKey = ({ kind, question, person }: Omit<SaidFor, 'text'>): string => `${kind}:${question}:${person}`;

/** What the message says for a person; undefined where it is no such message. */
export async function saidForAt(bot: Bot, ref: MessageRef): Promise<SaidFor | undefined> {
  const row = await findPostAt(bot.db, bot.workspace.id, ref);
  return row && read(row);
}

/** All of one kind on one question, the oldest first. */
export async function saidForOn(bot: Bot, kind: SaidFor['kind'], question: number): Promise<SaidFor[]> {
  return (await postsUnder(bot.db, bot.workspace.id, `${kind}:${question}:`)).flatMap(row => read(row) ?? []);
}

/** A person's words are the first part of such a card; title and note around it are ours. */
function read({ key, body }: { key: string; body: object }): SaidFor | undefined {
  const [, kind, question, person] = KEY.exec(key) ?? [];
  const [words] = (body as Card).parts;
  if (!kind || !words || !('markdown' in words)) return undefined;
  return { kind: kind as SaidFor['kind'], question: Number(question), person: Number(person), text: words.markdown };
}
