// The messages that somebody ticked, as notes: as they are now, and only those that may still be used.
import { languageOf } from '../../model/language.ts';
import { say } from '../../words/words.ts';
import type { Asked } from '../asked.ts';
import { weekOf } from '../harvest/row.ts';
import { type Spoken, spoken } from '../harvest/spoken.ts';
import { MOST_CHARACTERS, type Notes, notesOf } from './notes.ts';
import { openNow } from './own-week.ts';

/** `leftOut`: how many whole messages at the end were too much. `notes` begin with week and name, as those of a learned report do. */
export async function notesNow(
  { bot, event, person }: Asked,
  instruction: string,
  ticked: { channel: string; id: string }[],
): Promise<{ notes?: Notes; leftOut: number }> {
  const open = new Map<string, boolean>();
  const found: Spoken[] = [];
  for (const ref of ticked) {
    if (!open.has(ref.channel)) open.set(ref.channel, (await openNow(bot, ref.channel)) !== undefined);
    const message = open.get(ref.channel) ? await bot.chat.fetchMessage(ref) : 'hidden';
    if (typeof message !== 'string' && message.author === event.person) found.push(await spoken(bot, message));
  }
  const messages = fitting(found.filter(({ text }) => text !== '').sort((a, b) => a.at.getTime() - b.at.getTime()));
  const { text, messages: refs } = notesOf(messages);
  const week = weekOf(event.at, person.tz ?? bot.workspace.tz);
  const head = say(languageOf(text), 'harvest.report.head', { week, name: person.name ?? '' });
  const leftOut = found.length - messages.length;
  return messages.length > 0 ? { notes: { instruction, text: `${head}\n${text}`, messages: refs }, leftOut } : { leftOut };
}

function fitting(messages: Spoken[]): Spoken[] {
  let left = MOST_CHARACTERS;
  const end = messages.findIndex(({ text }) => {
    left -= text.length + 1;
    return left < 0;
  });
  return end < 0 ? messages : messages.slice(0, end);
}
