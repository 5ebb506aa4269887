// Who answers, and what each version does now, in words.
import type { VersionRow } from '../../data/versions.ts';
import type { Problem } from '../../problem.ts';
import { type Lang, say } from '../../words/words.ts';

export type Speaking = { candidate?: Pick<VersionRow, 'no'>; champion?: Pick<VersionRow, 'no'> };

/** `every`: how often a channel's question stays a comparison once there is a champion; 0 is never. */
export function whoAnswers(lang: Lang, { candidate, champion }: Speaking, every: number): string {
  if (!champion) return candidate ? say(lang, 'standing.beside', { candidate: candidate.no }) : say(lang, 'standing.base');
  const against = candidate ? `v${candidate.no}` : say(lang, 'verdict.the-base');
  if (every <= 0) return say(lang, 'standing.alone', { champion: champion.no });
  return say(lang, 'standing.champion', { champion: champion.no, every, against });
}

/** Why a version is kept from comparisons, or was before an admin let it in. */
export const blockedOf = ({ card }: Pick<VersionRow, 'card'>): Problem | undefined => (card as { blocked?: Problem }).blocked;

export const blockedReason = (lang: Lang, { code, values }: Problem): string => say(lang, code, values);

/** A few words: `champion` is whoever the candidate is compared with. */
export function stateInWords(lang: Lang, version: Pick<VersionRow, 'no' | 'state' | 'why' | 'card'>, champion?: { no: number }): string {
  const { state, why } = version;
  if (state === 'candidate' && champion) return say(lang, 'version.candidate.champion', { champion: champion.no });
  const said = say(lang, `version.${state}`);
  const blocked = state === 'blocked' && blockedOf(version);
  if (blocked) return say(lang, 'version.because', { state: said, why: blockedReason(lang, blocked) });
  return state === 'retired' && why ? say(lang, 'version.because', { state: said, why: say(lang, `version.why.${why}`) }) : said;
}

/** The last sentence of a version's card; undefined for a candidate that is compared with the base. */
export function nextInWords(lang: Lang, version: VersionRow, { champion }: Speaking): string | undefined {
  const { no, state } = version;
  if (state === 'blocked') return say(lang, 'blocked.card.next', { no });
  if (state !== 'candidate') return say(lang, 'standing.now', { no, state: stateInWords(lang, version) });
  return champion && say(lang, 'standing.next', { no, champion: champion.no });
}

/** How often people will still be asked to compare. */
export const everySentence = (lang: Lang, every: number): string =>
  every > 0 ? say(lang, 'champion.every', { every }) : say(lang, 'champion.never');
