// A weekly report is asked for: a draft from the notes at hand, else from what its asker wrote this week, else a word that notes are needed.
import { Refusal } from '../../problem.ts';
import { type Asked, langOf } from '../asked.ts';
import { knownChannel } from '../bot.ts';
import { acceptQuestion } from '../question/put-question.ts';
import { MOST_CHARACTERS, notesAtHand } from './notes.ts';
import { ownWeek } from './own-week.ts';
import { putDraft } from './put-draft.ts';
import { offerWeek } from './week-list.ts';

/** `text`: the request, as reportRequest reads it. Throws Refusal for one that is far too long, and where there is nothing to write from. */
export async function weeklyReport(asked: Asked, text: string): Promise<void> {
  const { bot, event, person } = asked;
  await acceptQuestion(asked, text, MOST_CHARACTERS);
  const notes = await notesAtHand(bot, event, text);
  if (notes) return putDraft(asked, notes);
  const { shown } = await knownChannel(bot, event.place.channel);
  const week = await ownWeek(bot, person, shown, event.at);
  if (week.messages.length === 0) throw new Refusal('weekly.nothing-found');
  const list = { channel: event.place.channel, source: event.ref?.id ?? event.key };
  await offerWeek(bot, await langOf(asked), list, { person: event.person, reply: event.reply }, event.place, week);
}
