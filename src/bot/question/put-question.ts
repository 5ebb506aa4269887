// How anything is asked of the speakers: a question that is kept, shown as waiting, and given to a worker.
import { randomInt } from 'node:crypto';
import type { ChannelRow } from '../../data/channels.ts';
import type { QuestionDetail } from '../../data/question-detail.ts';
import { askQuestion, type NewQuestion } from '../../data/questions.ts';
import { speakersFor as nextSpeakers } from '../../data/speaking.ts';
import { languageOf } from '../../model/language.ts';
import { Refusal } from '../../problem.ts';
import type { Asked } from '../asked.ts';
import { consentRule } from '../consent/rule.ts';
import { sameInVote } from './same-in-vote.ts';
import { showQuestion } from './show-question.ts';

/** A small model's context is a few thousand tokens; more text than this fits in none of them. */
const MOST_CHARACTERS = 8_000;

/** 👀, unless there is nothing to answer: then it throws a Refusal. */
export async function acceptQuestion({ bot, event }: Asked, text: string, most = MOST_CHARACTERS): Promise<void> {
  const length = [...text].length;
  if (length === 0) throw new Refusal('ask.empty');
  if (length > most) throw new Refusal('ask.too-long', { most, got: length });
  // Only a courtesy: a question whose message takes no reaction is answered all the same.
  if (event.ref) await bot.chat.setReaction(event.ref, 'seen', true).catch(problem => bot.report(problem, 'seen'));
}

/** Who answers, as a question says it: the version that is tried out (or answers alone), whom it is compared with, and the lot for the sides. */
export type Cast = { version?: number; detail: QuestionDetail; seed?: number };

/** For a question on its own: while people vote on the same one elsewhere, the same two answer it, on the same sides. */
export async function speakersFor(asked: Asked, channel: ChannelRow, text: string): Promise<Cast> {
  const same = await sameInVote(asked.bot, text);
  if (!same) return speakersOf(asked, channel);
  const { id, version, against, seed } = same;
  return { version, detail: { twin: id, ...(against !== null && { against }) }, seed };
}

export async function speakersOf({ bot }: Asked, channel: ChannelRow): Promise<Cast> {
  const { first, second } = await nextSpeakers(bot.db, bot.workspace.id, channel);
  if (second === undefined) return first === null ? { detail: {} } : { version: first, detail: { alone: true } };
  if (second === null) return { version: first ?? undefined, detail: {} };
  return { version: second, detail: first === null ? {} : { against: first } };
}

/** Keeps the question, shows that it is kept, and wakes a worker. The same message again is the same question. */
export async function putQuestion(
  { bot, event, person }: Asked,
  channel: ChannelRow,
  { seed = randomInt(2 ** 31), ...question }: Pick<NewQuestion, 'kind' | 'turns'> & Cast,
): Promise<void> {
  const { id } = await askQuestion(bot.db, bot.workspace.id, {
    ...question,
    detail: { ...question.detail, consent: consentRule(bot) },
    channel: channel.id,
    asker: person.id,
    source: event.ref?.id ?? event.key,
    thread: event.place.thread ?? event.ref?.id,
    seed,
    lang: languageOf(question.turns.at(-1)!.content),
  });
  await showQuestion(bot, id);
  await bot.wake('question', id);
}
