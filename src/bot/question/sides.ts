// The two sides of a comparison: who may be chosen, and who was who, for those who may know.
import type { AnswerRow } from '../../data/questions.ts';
import { versionById } from '../../data/versions.ts';
import type { Choice } from '../../data/votes.ts';
import { type Lang, say } from '../../words/words.ts';
import type { Bot } from '../bot.ts';

export const CHOICES: Choice[] = ['A', 'B', 'tie', 'bad'];

/** `version`: the number that people know it by; none is the base. */
export type AnswerFacts = { side: AnswerRow['side']; text: string; version?: number };

export function answerFacts(bot: Bot, answers: AnswerRow[]): Promise<AnswerFacts[]> {
  return Promise.all(
    answers.map(async ({ side, text, version }) => {
      const speaker = version === null ? undefined : await versionById(bot.db, version);
      return { side, text, version: speaker?.no };
    }),
  );
}

export const choiceWord = (choice: Choice): string => `vote.${choice.toLowerCase()}`;

/** "A was the base model", "B was v3 …": what a person hears after the vote, and everybody at the close. */
export const whoWasWho = (lang: Lang, answers: AnswerFacts[]): { a: string; b: string } => {
  const line = (side: 'A' | 'B') => {
    const version = answers.find(answer => answer.side === side)?.version;
    return version === undefined ? say(lang, 'vote.side.base', { side }) : say(lang, 'vote.side.version', { side, version });
  };
  return { a: line('A'), b: line('B') };
};
