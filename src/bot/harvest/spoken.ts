// A message of the chat as it is learned from: its text without a call to a bot, mentions as @Name, and whether it is text at all.
import type { MessageSnapshot } from '../../chat/chat.ts';
import type { LearnFacts } from '../../model/may-learn.ts';
import type { Bot } from '../bot.ts';

export type Spoken = MessageSnapshot & { text: string };

const CALL = /^\s*\[@[^\]]*\]\(person:([^)\s]+)\)[\s,:，：]*/u;
const MENTION = /\[(@[^\]]+)\]\(person:[^)\s]+\)/gu;
const LINK = /\[([^\]]*)\]\(https?:[^)\s]*\)|https?:\/\/\S+/gu;
/** More than this fits into no small model's context together with a question. */
const MOST_CHARACTERS = 8_000;
const LEAST_LETTERS = 3;

export async function spoken(bot: Bot, message: MessageSnapshot): Promise<Spoken> {
  const markdown = (await callsBot(bot, message)) ? message.markdown.replace(CALL, '') : message.markdown;
  // Postgres keeps no U+0000, and half of a surrogate pair is no character in any encoding.
  const text = markdown
    .replace(/\r\n?/gu, '\n')
    .replace(/\0|\p{Cs}/gu, '')
    .replace(MENTION, '$1')
    .trim();
  return { ...message, text };
}

/** Does it begin with a call to a bot? */
export async function callsBot(bot: Bot, { markdown }: MessageSnapshot): Promise<boolean> {
  const called = CALL.exec(markdown);
  return called !== null && isBot(bot, called[1]);
}

/** Somebody who is there no more is no bot of ours. */
const isBot = (bot: Bot, person: string): Promise<boolean> =>
  bot.chat.person(person).then(
    ({ bot: yes }) => yes,
    () => false,
  );

/** What kind of thing was approved, as far as its text tells. Addresses, pictures and emoji are no text. */
export function kindOfText(text: string): LearnFacts['message'] {
  const letters = text.replace(LINK, '$1').match(/[\p{L}\p{Nd}]/gu) ?? [];
  if (letters.length === 0) return 'noText';
  // A Chinese character says about as much as two letters.
  const weight = letters.reduce((sum, letter) => sum + (/\p{Script=Han}/u.test(letter) ? 2 : 1), 0);
  if (weight < LEAST_LETTERS) return 'tooShort';
  return [...text].length > MOST_CHARACTERS ? 'tooLong' : 'text';
}
