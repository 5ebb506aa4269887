// A press on A, B, Tie or Both bad: one vote a person, changeable; only the voter hears who was who.
import { questionById } from '../../data/questions.ts';
import { type Choice, castVote } from '../../data/votes.ts';
import { Refusal } from '../../problem.ts';
import { say } from '../../words/words.ts';
import { type Bot, knownPerson } from '../bot.ts';
import { langFor } from '../language.ts';
import { type Pressed, replyPrivately, sentence } from '../reply.ts';
import { CHOICES, choiceWord, whoWasWho } from './comparison.ts';
import { answerFacts } from './show-question.ts';

/** Throws Refusal for a question that is none of ours or takes no votes. */
export async function vote(bot: Bot, event: Pressed): Promise<void> {
  const [, id, choice] = /^(\d{1,15}):(A|B|tie|bad)$/.exec(event.value) ?? [];
  const found = id ? await questionById(bot.db, Number(id)) : undefined;
  if (!found || found.question.workspace !== bot.workspace.id || !CHOICES.includes(choice as Choice)) throw new Refusal('notAComparison');
  const person = await knownPerson(bot, event.person);
  const lang = await langFor(bot, person, event.ref.channel);
  const sides = whoWasWho(lang, await answerFacts(bot, found));
  try {
    await castVote(bot.db, found.question.id, person.id, choice as Choice);
  } catch (problem) {
    if (!(problem instanceof Refusal) || problem.problem.code !== 'comparisonIsClosed') throw problem;
    return replyPrivately(bot, event, sentence(say(lang, 'vote.closed', sides)));
  }
  const kept = say(lang, 'vote.kept', { choice: say(lang, choiceWord(choice as Choice)), ...sides });
  await replyPrivately(bot, event, sentence(kept));
}
