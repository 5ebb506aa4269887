// The votes on two speakers as a part of a card: who was compared, what the votes say, and what stands beside it.
import type { Part } from '../../chat/chat.ts';
import { comparedPairs } from '../../data/comparisons.ts';
import { speakingVersions, versionById } from '../../data/versions.ts';
import { firstVotes } from '../../data/votes.ts';
import { type Lang, say } from '../../words/words.ts';
import type { Bot } from '../bot.ts';
import { namesOf, verdictLines } from './verdict-lines.ts';

/** Ids of versions; null is the base. */
export type SpeakerPair = { version: number; against: number | null };

/** So many pairs are shown of a team that has trained often. */
const MOST_PAIRS = 5;

/** The candidate with whomever it is compared with, voted on or not; and the champion with the base, where people have voted on these. */
export async function currentPairs(bot: Bot): Promise<SpeakerPair[]> {
  const { candidate, champion } = await speakingVersions(bot.db, bot.workspace.id);
  const candidates = candidate ? [{ version: candidate.id, against: champion?.id ?? null }] : [];
  const voted = await pairsSoFar(bot);
  return [...candidates, ...voted.filter(({ version, against }) => version === champion?.id && against === null)];
}

/** All that people have voted on, the newest version first. */
export const pairsSoFar = (bot: Bot): Promise<SpeakerPair[]> => comparedPairs(bot.db, bot.workspace.id, MOST_PAIRS);

export async function votesPart({ db }: Bot, lang: Lang, { version, against }: SpeakerPair): Promise<Part> {
  const tuned = (await versionById(db, version))!;
  const other = against === null ? undefined : (await versionById(db, against))!;
  const pair = { tuned: tuned.no, against: other?.no };
  const lines = verdictLines(lang, pair, await firstVotes(db, version, against));
  return { markdown: [say(lang, 'standing.pair', namesOf(lang, pair)), ...lines.map(line => `- ${line}`)].join('\n') };
}

export const whyLooks = (lang: Lang): Part => ({ markdown: say(lang, 'verdict.why-looks') });
