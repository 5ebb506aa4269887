// Which answer of the bot somebody goes on from: the one that they preferred, as far as anybody may know it yet.
import type { AskedBefore } from '../../data/threads.ts';

/**
 * The text of the answer that `person` (our id) preferred; undefined where nothing may be said yet, or no answer was any good.
 * Their own vote says it; else the vote of who asked; once the comparison is closed, most votes; and without any, A, which is one of
 * the two by lot: to go on from the base, or from the version, would be a hint.
 */
export function preferredAnswer({ question, answers, votes }: AskedBefore, person: number): string | undefined {
  const [a, b] = answers;
  if (!a || !b) return a?.text;
  if (!question.comparison) return a.text.trim() === b.text.trim() ? a.text : undefined;
  const own = votes.find(vote => vote.person === person) ?? votes.find(vote => vote.person === question.asker);
  if (!own && question.closedAt === null) return undefined;
  const choice = own?.now ?? mostVoted(votes);
  if (choice === 'bad') return undefined;
  return choice === 'B' ? b.text : a.text;
}

function mostVoted(votes: AskedBefore['votes']): 'A' | 'B' {
  const count = (side: 'A' | 'B') => votes.filter(({ now, counts }) => counts && now === side).length;
  return count('B') > count('A') ? 'B' : 'A';
}
