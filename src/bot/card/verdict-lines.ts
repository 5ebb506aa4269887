// What the votes say about two speakers, in words: the verdict first, then apart from it ties, reasons and what length did.
import type { FirstVote } from '../../data/votes.ts';
import { type Preferred, type Verdict, verdictInWords, verdictOf } from '../../model/verdict.ts';
import { lengthInWords, summarize, type VoteSummary } from '../../model/vote-summary.ts';
import { type Lang, say } from '../../words/words.ts';

/** The numbers that people know them by; without `against` that is the base. */
export type Pair = { tuned: number; against?: number };

/** Of fewer decided votes nothing can be said about length. */
const ENOUGH_FOR_LENGTH = 5;

export const verdictOn = (votes: FirstVote[]): Verdict =>
  verdictOf(votes.flatMap(({ choice }): Preferred[] => (choice === 'tuned' || choice === 'base' ? [choice] : [])));

/** One sentence. */
function verdictSentence(lang: Lang, pair: Pair, verdict: Verdict): string {
  const { code, values } = verdictInWords(verdict, namesOf(lang, pair));
  return capitalized(say(lang, code, values));
}

/** The verdict and what stands beside it, one line each; without votes there is the verdict alone. */
export function verdictLines(lang: Lang, pair: Pair, votes: FirstVote[]): string[] {
  const verdict = verdictSentence(lang, pair, verdictOn(votes));
  if (votes.length === 0) return [verdict];
  const summary = summarize(votes);
  const length = lengthInWords(summary, namesOf(lang, pair).tuned);
  const decided = summary.counts.tuned + summary.counts.base;
  return [
    verdict,
    countsLine(lang, pair, summary),
    ...(['tuned', 'base'] as const).flatMap(side => reasonsLine(lang, pair, side, summary)),
    ...(decided >= ENOUGH_FOR_LENGTH ? [say(lang, length.code, length.values)] : []),
  ];
}

export function namesOf(lang: Lang, { tuned, against }: Pair): { tuned: string; against: string } {
  return { tuned: `v${tuned}`, against: against === undefined ? say(lang, 'verdict.the-base') : `v${against}` };
}

function countsLine(lang: Lang, pair: Pair, { counts: { tuned, base, tie, bad } }: VoteSummary): string {
  return capitalized(say(lang, 'verdict.counts', { ...namesOf(lang, pair), tuned_votes: tuned, base_votes: base, tie, bad }));
}

function reasonsLine(lang: Lang, pair: Pair, side: Preferred, { reasons }: VoteSummary): string[] {
  const given = reasons
    .filter(({ choice }) => choice === side)
    .map(({ reason, votes }) => say(lang, 'verdict.reason', { reason: say(lang, `vote.reason.${reason}`), votes }));
  if (given.length === 0) return [];
  const { tuned, against } = namesOf(lang, pair);
  return [say(lang, 'verdict.reasons', { name: side === 'tuned' ? tuned : against, reasons: given.join(', ') })];
}

/** A sentence that begins with a name from words/ begins with a capital all the same; `v3` stays as it is. */
export const capitalized = (text: string): string =>
  text.replace(/^(\**)(\p{Ll})(?=\p{L})/u, (_, stars: string, first: string) => stars + first.toUpperCase());
