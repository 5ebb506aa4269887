// A press on A, B, Tie or Both bad, and on what decided it: one vote a person, changeable; only the voter hears who was who.
import { type QuestionRow, questionById } from '../../data/questions.ts';
import { type Choice, castVote, REASONS, type Reason, toggleReason, type VoteRow } from '../../data/votes.ts';
import { Refusal } from '../../problem.ts';
import { type Lang, say } from '../../words/words.ts';
import { langOf, pressedBy, type Wanted } from '../asked.ts';
import type { Bot } from '../bot.ts';
import { type Pressed, replyPrivately, sentence } from '../reply.ts';
import { type AnswerFacts, answerFacts, CHOICES, whoWasWho } from './sides.ts';
import { voteCard } from './vote-card.ts';

type Ballot = { wanted: Wanted; question: QuestionRow; answers: AnswerFacts[]; lang: Lang };

/** Throws Refusal for a question that is none of ours or takes no votes. */
export async function vote(bot: Bot, event: Pressed): Promise<void> {
  const { ballot, rest } = await ballotOf(bot, event);
  const choice = CHOICES.find(known => known === rest) as Choice | undefined;
  if (!choice) throw new Refusal('notAComparison');
  await whileOpen(ballot, async () => castVote(bot.db, ballot.question.id, ballot.wanted.person.id, choice));
}

/** A press on a reason gives it, or takes it back. Throws Refusal as `vote` does, and for who has not voted. */
export async function giveReason(bot: Bot, event: Pressed): Promise<void> {
  const { ballot, rest } = await ballotOf(bot, event);
  const reason = REASONS.find(known => known === rest) as Reason | undefined;
  if (!reason) throw new Refusal('notAComparison');
  await whileOpen(ballot, async () => {
    const kept = await toggleReason(bot.db, ballot.question.id, ballot.wanted.person.id, reason);
    if (!kept) throw new Refusal('vote.not-yet');
    return kept;
  });
}

/** The question of a button's value (`12:A`, `12:facts`), what stands behind its number, and who pressed. */
async function ballotOf(bot: Bot, event: Pressed): Promise<{ ballot: Ballot; rest: string }> {
  const [, id, rest] = /^(\d{1,15}):(\w+)$/.exec(event.value) ?? [];
  const found = id ? await questionById(bot.db, Number(id)) : undefined;
  if (!found || found.question.workspace !== bot.workspace.id) throw new Refusal('notAComparison');
  const wanted = await pressedBy(bot, event);
  const ballot = { wanted, question: found.question, answers: await answerFacts(bot, found.answers), lang: await langOf(wanted) };
  return { ballot, rest };
}

/** Does it and shows the voter their vote; who comes after the close hears who was who, and nothing is kept. */
async function whileOpen({ wanted, question, answers, lang }: Ballot, cast: () => Promise<VoteRow>): Promise<void> {
  const { bot, event, person } = wanted;
  let kept: VoteRow;
  try {
    kept = await cast();
  } catch (problem) {
    if (!(problem instanceof Refusal) || problem.problem.code !== 'comparisonIsClosed') throw problem;
    return replyPrivately(bot, event, sentence(say(lang, 'vote.closed', whoWasWho(lang, answers))));
  }
  const card = voteCard(lang, { question: question.id, choice: kept.now, reasons: kept.reasons, guest: person.guest, answers });
  await replyPrivately(bot, event, card, `vote:${question.id}:${person.id}`);
}
