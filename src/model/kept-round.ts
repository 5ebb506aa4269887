// Which round of a run is kept. Not simply the one with the lowest held-out loss: a round in the middle of the schedule, where steps are
// still large, may have it by a hair and yet write much worse than the last one (measured on the sample team, SmolLM2-135M: loss 1.78 after
// round 2 and 1.83 after round 3 of 3, but answers in the team's form .42 and 1.0, BLEU 14.6 and 22.1).

/** A held-out loss this much above the lowest counts as equal. */
const TOLERANCE = 0.05;

/** Is a round with this loss as good as the best so far? `lowest` is the lowest loss up to now, this round's included. */
export const isKept = (loss: number, lowest: number): boolean => loss <= lowest * (1 + TOLERANCE);

/** The step of the round that a trainer keeps: the last one whose loss is about the lowest. Step 0 is the base and is never kept; undefined before the first round. */
export function keptStep(heldout: readonly (readonly [step: number, loss: number])[]): number | undefined {
  const rounds = heldout.filter(([step]) => step > 0);
  const lowest = Math.min(...rounds.map(([, loss]) => loss));
  return rounds.findLast(([, loss]) => isKept(loss, lowest))?.[0];
}
