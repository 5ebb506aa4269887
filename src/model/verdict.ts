// What the votes allow to say: an exact sign test on the decided first votes of closed comparisons, at three looks and no other moment.
import type { Problem } from '../problem.ts';
import { signTest } from './sign-test.ts';

/** Who was preferred: the tuned version, or whoever it was compared with (the base or the champion). */
export type Preferred = 'tuned' | 'base';

export type Verdict =
  /** Decided at `look` votes, `wins` of them for the winner; votes after that look change nothing. */
  | { kind: Preferred; decided: number; look: number; wins: number; p: number }
  /** `needed` more decided votes until the next look. */
  | { kind: 'more'; decided: number; look: number; needed: number }
  /** The last look found no difference. `wins` for the tuned version. */
  | { kind: 'none'; decided: number; look: number; wins: number; p: number };

/**
 * The looks and what each may spend. Together 0.008, far below 5 %, because a team's votes hang together: a person who likes short answers does so
 * every time, a lucky answer is lucky for all who read it. Simulated teams with such effects keep the 5 % (`npm run bench verdict`, docs/operate.md).
 * In votes: 17 of 20, 30 of 40, 54 of 80.
 */
export const LOOKS = [
  { votes: 20, alpha: 0.003 },
  { votes: 40, alpha: 0.0025 },
  { votes: 80, alpha: 0.0025 },
] as const;

/** `decided`: the first votes that took a side, in the order in which their comparisons closed. The same votes give the same verdict for ever. */
export function verdictOf(decided: readonly Preferred[]): Verdict {
  const due = LOOKS.filter(({ votes }) => votes <= decided.length);
  const looks = due.map(({ votes: look, alpha }) => {
    const wins = decided.slice(0, look).filter(side => side === 'tuned').length;
    return { look, wins, alpha, p: signTest(wins, look - wins) };
  });
  const won = looks.find(({ p, alpha }) => p <= alpha);
  if (won) {
    const { look, wins, p } = won;
    return { kind: wins * 2 > look ? 'tuned' : 'base', decided: decided.length, look, wins: Math.max(wins, look - wins), p };
  }
  const next = LOOKS[due.length];
  if (next) return { kind: 'more', decided: decided.length, look: next.votes, needed: next.votes - decided.length };
  const { look, wins, p } = looks.at(-1)!;
  return { kind: 'none', decided: decided.length, look, wins, p };
}

/** The verdict as a code with the values of its sentence. `names` are words already: "v3" and "the base" or "v2". */
export function verdictInWords(verdict: Verdict, names: { tuned: string; against: string }): Problem {
  const { kind, decided, look } = verdict;
  const values = { ...names, decided, look };
  return { code: `verdict.${kind}`, values: kind === 'more' ? { ...values, needed: verdict.needed } : { ...values, wins: verdict.wins } };
}
