// The buttons of the week's list: [Write it] and [Cancel].
import { Refusal } from '../../problem.ts';
import { paragraph, say } from '../../words/words.ts';
import { type Asked, langOf } from '../asked.ts';
import { type Bot, knownPerson } from '../bot.ts';
import { spoken } from '../harvest/spoken.ts';
import { langFor } from '../language.ts';
import type { Pressed, Said } from '../reply.ts';
import { requestIn } from './notes.ts';
import { notesNow } from './notes-now.ts';
import { putDraft } from './put-draft.ts';
import { answerList, type ListOf, listOfButton, tickedOf } from './week-list.ts';

/** [Write it]: a draft from the messages that are ticked, as they are now. */
export async function writeFromWeek(bot: Bot, event: Pressed): Promise<void> {
  const list = listOfButton(event.value);
  const ticked = list && (await tickedOf(bot, list, event.person, event.fields));
  if (!list || !ticked) throw new Refusal('weekly.list.answered');
  if (ticked.length === 0) throw new Refusal('weekly.list.nothing-ticked');
  const { asked, text } = await requestOf(bot, list, event);
  const { notes, leftOut } = await notesNow(asked, requestIn(text).instruction, ticked);
  if (!notes) throw new Refusal('weekly.list.all-gone');
  await putDraft(asked, notes);
  const lang = await langOf(asked);
  const count = notes.messages?.length ?? 0;
  const cut = leftOut > 0 ? [say(lang, 'weekly.writing.left-out', { count: leftOut })] : [];
  const said = paragraph(lang, [say(lang, 'weekly.writing', { count }), ...cut]);
  await answerList(bot, list, { person: event.person, reply: event.reply }, said);
}

/** [Cancel]: the list goes, and nothing is written. */
export async function cancelWeek(bot: Bot, event: Pressed): Promise<void> {
  const list = listOfButton(event.value);
  if (!list || !(await tickedOf(bot, list, event.person, {}))) throw new Refusal('weekly.list.answered');
  const lang = await langFor(bot, await knownPerson(bot, event.person), event.ref.channel);
  await answerList(bot, list, { person: event.person, reply: event.reply }, say(lang, 'weekly.cancelled'));
}

/** The request behind a button, as if it were said now. Throws Refusal where it is gone or somebody else's. */
async function requestOf(bot: Bot, { channel, source }: ListOf, { person, key }: Pressed): Promise<{ asked: Asked; text: string }> {
  const message = await bot.chat.fetchMessage({ channel, id: source });
  if (typeof message === 'string' || message.author !== person) throw new Refusal('weekly.request-gone');
  const { text, thread, ref, at } = await spoken(bot, message);
  const event: Said = {
    kind: 'message',
    key,
    at,
    person,
    place: { channel, ...(thread !== undefined && { thread }) },
    text,
    ref,
    files: [],
  };
  return { asked: { bot, event, person: await knownPerson(bot, person) }, text };
}
