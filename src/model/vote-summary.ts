// What stands beside a verdict: ties and both-bad, why people chose, and whether the longer answer won for its length.
import type { Problem } from '../problem.ts';
import { signTest } from './sign-test.ts';
import type { Preferred } from './verdict.ts';

/** Somebody's first vote on a closed comparison. Lengths in characters. */
export type FirstVote = { choice: Preferred | 'tie' | 'bad'; reasons: string[]; tunedLength: number; baseLength: number };

/** Below this p the length is worth a warning; it decides nothing. */
const MATTERS = 0.05;

export type VoteSummary = {
  counts: Record<FirstVote['choice'], number>;
  /** How often a reason was given for whom; sorted, the most frequent first. */
  reasons: { choice: Preferred; reason: string; votes: number }[];
  /** Of `of` decided votes between answers of different length, `longer` went to the longer one; p of the sign test; in `tunedLonger` of them that was the tuned one. */
  length: { longer: number; of: number; p: number; tunedLonger: number };
};

export function summarize(votes: readonly FirstVote[]): VoteSummary {
  const counts = { tuned: 0, base: 0, tie: 0, bad: 0 };
  const reasons = new Map<string, VoteSummary['reasons'][number]>();
  const length = { longer: 0, of: 0, tunedLonger: 0 };
  for (const { choice, reasons: given, tunedLength, baseLength } of votes) {
    counts[choice]++;
    if (choice === 'tie' || choice === 'bad') continue;
    for (const reason of given) {
      const entry = reasons.get(`${choice} ${reason}`) ?? { choice, reason, votes: 0 };
      reasons.set(`${choice} ${reason}`, { ...entry, votes: entry.votes + 1 });
    }
    if (tunedLength === baseLength) continue;
    length.of++;
    if (tunedLength > baseLength) length.tunedLonger++;
    if (tunedLength > baseLength === (choice === 'tuned')) length.longer++;
  }
  return {
    counts,
    reasons: [...reasons.values()].sort((a, b) => b.votes - a.votes || `${a.choice}${a.reason}`.localeCompare(`${b.choice}${b.reason}`)),
    length: { ...length, p: signTest(length.longer, length.of - length.longer) },
  };
}

/** Did people vote for length? The sentence as a code; `tuned` is its name in words ("v3"). */
export function lengthInWords({ length }: VoteSummary, tuned: string): Problem {
  const { longer, of, p, tunedLonger } = length;
  const values = { tuned, longer, shorter: of - longer, of, tuned_longer: tunedLonger };
  if (of === 0) return { code: 'verdict.length.none', values };
  if (p > MATTERS) return { code: 'verdict.length.even', values };
  return { code: longer * 2 > of ? 'verdict.length.longer' : 'verdict.length.shorter', values };
}
