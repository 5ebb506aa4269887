// When a champion may have been a mistake: it lost the latest comparisons, one after the other.

/** One person's choice in one comparison; `tuned` is the version that is looked at. */
type Chosen = { question: number; choice: 'tuned' | 'base' | 'tie' | 'bad' };
/** The votes of one comparison that took a side. */
export type Score = { for: number; against: number };

/**
 * The comparisons that the version lost since it last won one, the newest first. `votes` in the order in which their comparisons closed. A comparison
 * in which nobody took a side, or as many this one as that, says nothing and is passed over.
 */
export function lostInARow(votes: readonly Chosen[]): Score[] {
  const scores = new Map<number, Score>();
  for (const { question, choice } of votes) {
    const score = scores.get(question) ?? { for: 0, against: 0 };
    if (choice === 'tuned') score.for += 1;
    if (choice === 'base') score.against += 1;
    scores.set(question, score);
  }
  const decided = [...scores.values()].reverse().filter(score => score.for !== score.against);
  const won = decided.findIndex(score => score.for > score.against);
  return won < 0 ? decided : decided.slice(0, won);
}
