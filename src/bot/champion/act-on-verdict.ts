// The votes decide: when they have, the bot says so once in the channel. A version that won is proposed as champion, one that lost retires.
import type { Button, Card } from '../../chat/chat.ts';
import { retireLoser } from '../../data/champions.ts';
import { channelOfVotes } from '../../data/comparisons.ts';
import { findPost } from '../../data/posts.ts';
import { runById } from '../../data/runs.ts';
import { speakingVersions, type VersionRow } from '../../data/versions.ts';
import { firstVotes } from '../../data/votes.ts';
import type { Verdict } from '../../model/verdict.ts';
import { type Lang, say } from '../../words/words.ts';
import type { Bot } from '../bot.ts';
import { namesOf, type Pair, verdictLines, verdictOn } from '../card/verdict-lines.ts';
import { langIn } from '../language.ts';
import { post } from '../reply.ts';

/** The proposal's post: one a version and whom it was compared with. */
export const proposalOf = ({ tuned, against }: Pair): string => `champion:v${tuned}${against === undefined ? '' : `:v${against}`}`;

/**
 * Looks at the votes on the candidate. The verdict needs no memory (model/verdict.ts: the same votes, the same verdict), so it may be
 * looked at whenever something has changed; the post's key makes that it is said once.
 */
export async function actOnVerdict(bot: Bot): Promise<void> {
  const { db, workspace } = bot;
  const { candidate, champion } = await speakingVersions(db, workspace.id);
  if (!candidate) return;
  const votes = await firstVotes(db, candidate.id, champion?.id ?? null);
  const verdict = verdictOn(votes);
  if (verdict.kind === 'more') return;
  const pair = { tuned: candidate.no, against: champion?.no };
  const key = proposalOf(pair);
  if (!(await findPost(db, workspace.id, key))) {
    const channel = await channelFor(bot, candidate);
    const lang = await langIn(bot, channel);
    await post(bot, key, { channel }, verdictCard(lang, pair, verdictLines(lang, pair, votes), verdict.kind));
  }
  if (verdict.kind === 'base') await retireLoser(db, candidate.id, { by: 'bot', key });
}

/** Where people voted on it; where only in private, the channel of its run. */
const channelFor = async ({ db }: Bot, { id, run }: VersionRow): Promise<string> =>
  (await channelOfVotes(db, id)) ?? (await runById(db, run))!.channel;

function verdictCard(lang: Lang, pair: Pair, [verdict, ...beside]: string[], kind: Exclude<Verdict['kind'], 'more'>): Card {
  const parts = [
    { markdown: verdict },
    { markdown: beside.join('\n') },
    { markdown: say(lang, `champion.after.${kind}`, namesOf(lang, pair)) },
  ];
  const make: Button = {
    label: say(lang, 'champion.make', { no: pair.tuned }),
    action: 'make-champion',
    value: String(pair.tuned),
    style: 'primary',
  };
  return { title: '', parts: kind === 'tuned' ? [...parts, { buttons: [make] }] : parts };
}
