// A message as whoever speaks in it would have sent it: one of ours in which a person speaks counts as that person's.
import type { MessageRef, MessageSnapshot } from '../../chat/chat.ts';
import { personById } from '../../data/people.ts';
import { type QuestionRow, questionById } from '../../data/questions.ts';
import type { Bot } from '../bot.ts';
import { type SaidFor, saidForAt } from '../said-for.ts';

/** `as`: what it is, where we posted it for a person; `asked` and `question`: what it answers, as our row and as the message. */
export type SaidHere = { message: MessageSnapshot; as?: SaidFor['kind']; asked?: QuestionRow; question?: MessageRef };

export async function saidHere(bot: Bot, message: MessageSnapshot): Promise<SaidHere> {
  const said = message.fromBot ? await saidForAt(bot, message.ref) : undefined;
  const person = said && (await personById(bot.db, said.person));
  const asked = said && (await questionById(bot.db, said.question));
  if (!said || !person || !asked) return { message };
  // Whoever posts a report of their own gives it their ✅ by that.
  const approvedBy = said.kind === 'report' ? [...new Set([...message.approvedBy, person.ext])] : message.approvedBy;
  return {
    message: { ...message, author: person.ext, markdown: said.text, fromBot: false, approvedBy },
    as: said.kind,
    asked: asked.question,
    question: { channel: message.ref.channel, id: asked.question.source },
  };
}
