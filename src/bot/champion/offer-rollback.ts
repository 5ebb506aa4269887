// A champion that goes on losing against the base: the bot offers an admin to take it back, once for each time that it became champion.
import type { Button } from '../../chat/chat.ts';
import { championSince, speakerBefore } from '../../data/champions.ts';
import { channelOfVotes } from '../../data/comparisons.ts';
import { findPost } from '../../data/posts.ts';
import { runById } from '../../data/runs.ts';
import { speakingVersions, type VersionRow } from '../../data/versions.ts';
import { firstVotes } from '../../data/votes.ts';
import { lostInARow } from '../../model/lost-in-a-row.ts';
import { type Lang, say } from '../../words/words.ts';
import type { Bot } from '../bot.ts';
import { capitalized, namesOf, verdictLines } from '../card/verdict-lines.ts';
import { langIn } from '../language.ts';
import { post } from '../reply.ts';
import { settlePost } from '../settle-post.ts';

/** So many lost comparisons in a row are reason enough to ask. They prove nothing, and the offer says so. */
const ENOUGH = 2;

const offerOf = ({ no }: VersionRow, { change }: { change: number }): string => `rollback:v${no}:${change}`;

/** Looks at how the champion fares against the base; the post's key makes that it is offered once. */
export async function offerRollback(bot: Bot): Promise<void> {
  const { db, workspace } = bot;
  const { champion } = await speakingVersions(db, workspace.id);
  const since = champion && (await championSince(db, champion));
  if (!champion || !since) return;
  const lost = lostInARow(await firstVotes(db, champion.id, null, since.at));
  const key = offerOf(champion, since);
  if (lost.length < ENOUGH || (await findPost(db, workspace.id, key))) return;
  const channel = (await channelOfVotes(db, champion.id)) ?? (await runById(db, champion.run))!.channel;
  const lang = await langIn(bot, channel);
  const pair = { tuned: champion.no };
  const scores = lost.map(score => `${score.for} : ${score.against}`).join(' · ');
  const base = namesOf(lang, pair).against;
  const now = await speakerBefore(db, champion);
  const [, ...beside] = verdictLines(lang, pair, await firstVotes(db, champion.id, null));
  const take: Button = { label: say(lang, 'rollback.take', { no: champion.no }), action: 'take-back', value: String(champion.no) };
  const parts = [
    { markdown: capitalized(say(lang, 'rollback.offer', { no: champion.no, against: base, count: lost.length, scores })) },
    { markdown: beside.join('\n') },
    { markdown: say(lang, 'rollback.offer.then', { no: champion.no, now: now ? `v${now.no}` : base }) },
    { buttons: [take] },
  ];
  await post(bot, key, { channel }, { title: '', parts });
}

/** The offer to take `version` back has had its answer. */
export async function settleOffer(bot: Bot, version: VersionRow, ending: (lang: Lang) => string): Promise<void> {
  const since = await championSince(bot.db, version);
  if (since) await settlePost(bot, offerOf(version, since), ending);
}
