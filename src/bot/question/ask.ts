// A question, or a request for a weekly report: one message of ours in the thread, filled in when a worker has answered.
import { randomInt } from 'node:crypto';
import { askQuestion } from '../../data/questions.ts';
import { speakingVersions } from '../../data/versions.ts';
import { languageOf } from '../../model/language.ts';
import { reportRequest } from '../../model/report-rule.ts';
import { Refusal } from '../../problem.ts';
import type { Asked } from '../asked.ts';
import { knownChannel } from '../bot.ts';
import { showQuestion } from './show-question.ts';

/** A small model's context is a few thousand tokens; more text than this fits in none of them. */
const MOST_CHARACTERS = 8_000;

/** Throws Refusal for an empty or far too long question, and for a report request without notes. */
export async function ask({ bot, event, person }: Asked, text: string): Promise<void> {
  const length = [...text].length;
  if (length === 0) throw new Refusal('ask.empty');
  if (length > MOST_CHARACTERS) throw new Refusal('ask.too-long', { most: MOST_CHARACTERS, got: length });
  const request = reportRequest(text);
  if (request && request.notes === '') throw new Refusal('ask.no-notes');
  // Only a courtesy: a question whose message takes no reaction is answered all the same.
  if (event.ref) await bot.chat.setReaction(event.ref, 'seen', true).catch(problem => bot.report(problem, 'seen'));
  const { channel } = await knownChannel(bot, event.place.channel);
  const { candidate, champion } = await speakingVersions(bot.db, bot.workspace.id);
  const question = await askQuestion(bot.db, bot.workspace.id, {
    channel: channel.id,
    asker: person.id,
    source: event.ref?.id ?? event.key,
    thread: event.place.thread ?? event.ref?.id,
    kind: request ? 'report' : 'qa',
    turns: [{ role: 'user', content: text }],
    // For a report: what is asked, and the notes with their first line "week, name".
    detail: request ? { instruction: request.instruction, input: request.notes } : {},
    lang: languageOf(text),
    version: (candidate ?? champion)?.id,
    seed: randomInt(2 ** 31),
  });
  await showQuestion(bot, question.id);
  await bot.wake('question', question.id);
}
