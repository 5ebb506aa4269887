// The list of what somebody wrote this week, which only they see: they untick what is no note, and the draft is written from the rest.
// Until it is answered its post keeps where each message is and its first 60 characters; then nothing of that.
import type { Button, Card, Checklist, Place } from '../../chat/chat.ts';
import { findPost } from '../../data/posts.ts';
import type { Json } from '../../data/schema/columns.ts';
import { eraseOldLists } from '../../data/week-lists.ts';
import { type Lang, paragraph, say } from '../../words/words.ts';
import type { Bot } from '../bot.ts';
import { maskedOrNothing } from '../examples/keepable.ts';
import { postTo, sentence } from '../reply.ts';
import { shortOf } from '../short.ts';
import type { Week, WeekMessage } from './own-week.ts';

/** Of a request: its channel and the message that asks (the platform's ids). One request has one list. */
export type ListOf = { channel: string; source: string };
type Reader = { person: string; reply?: string };

const NAME = 'notes';
const EXCERPT_CHARACTERS = 60;
const KEPT_FOR = '1 day';

const keyOf = ({ channel, source }: ListOf): string => `week:${channel}:${source}`;

/** Offers the list, once: a request that comes twice, or after its answer, changes nothing. */
export async function offerWeek(bot: Bot, lang: Lang, list: ListOf, reader: Reader, place: Place, week: Week): Promise<void> {
  await eraseOldLists(bot.db, bot.workspace.id, KEPT_FOR, sentence(say(lang, 'weekly.list.old')) as unknown as Json);
  if (await findPost(bot.db, bot.workspace.id, keyOf(list))) return;
  await show(bot, list, reader, place, listCard(lang, list, week));
}

/** The messages of an open list that are ticked (`fields`: the press's), by the platform's ids; undefined where the list is not this person's or was answered. */
export async function tickedOf(
  bot: Bot,
  list: ListOf,
  person: string,
  fields: Record<string, string>,
): Promise<{ channel: string; id: string }[] | undefined> {
  const post = await findPost(bot.db, bot.workspace.id, keyOf(list));
  const items = post && (post.recipient as Reader | null)?.person === person ? itemsOf(post.body as Card) : undefined;
  const ticks = fields[NAME]?.split(',');
  // A press that brings no ticks at all leaves the boxes as they came.
  return items?.filter(({ value, checked }) => (ticks ? ticks.includes(value) : checked)).map(({ value }) => placed(value));
}

/** Puts a sentence in the place of the list. */
export async function answerList(bot: Bot, list: ListOf, reader: Reader, text: string): Promise<void> {
  const post = await findPost(bot.db, bot.workspace.id, keyOf(list));
  if (post) await show(bot, list, reader, { channel: post.channel, ...(post.thread !== null && { thread: post.thread }) }, sentence(text));
}

const buttonOf = (lang: Lang, label: string, action: string, { channel, source }: ListOf): Button => ({
  label: say(lang, label),
  action,
  value: JSON.stringify([channel, source]),
});

/** Of which list a button is; undefined where it is none of ours. */
export function listOfButton(value: string): ListOf | undefined {
  try {
    const [channel, source, ...more] = JSON.parse(value) as string[];
    return more.length === 0 && typeof channel === 'string' && typeof source === 'string' ? { channel, source } : undefined;
  } catch {
    return undefined;
  }
}

const show = (bot: Bot, list: ListOf, { person, reply }: Reader, place: Place, card: Card): Promise<void> =>
  postTo(bot, keyOf(list), place, { person, place, ...(reply !== undefined && { reply }) }, card);

function listCard(lang: Lang, list: ListOf, { messages, more }: Week): Card {
  const items = messages.map(({ ref, text }, i) => ({
    value: `${ref.channel}/${ref.id}`,
    label: `${i + 1}. ${shortOf(maskedOrNothing(text) ?? say(lang, 'weekly.list.hidden'), EXCERPT_CHARACTERS)}`,
    checked: true,
  }));
  return {
    title: '',
    parts: [
      { markdown: paragraph(lang, [say(lang, 'weekly.list', { count: messages.length }), ...moreLine(lang, more)]) },
      { checklist: { name: NAME, items } },
      { markdown: linksByChannel(lang, messages) },
      {
        buttons: [
          { ...buttonOf(lang, 'weekly.list.write', 'weekly-write', list), style: 'primary' },
          buttonOf(lang, 'weekly.list.cancel', 'weekly-cancel', list),
        ],
      },
    ],
  };
}

const moreLine = (lang: Lang, more: number): string[] => (more > 0 ? [say(lang, 'weekly.list.more', { more })] : []);

/** "#team: 1 · 3", every number the link to its message: a box has no room for one. */
function linksByChannel(lang: Lang, messages: WeekMessage[]): string {
  const links = new Map<string, string[]>();
  for (const [i, { channelName, permalink }] of messages.entries()) {
    links.set(channelName, [...(links.get(channelName) ?? []), `[${i + 1}](${permalink})`]);
  }
  return [...links].map(([channel, all]) => say(lang, 'weekly.list.links', { channel, links: all.join(' · ') })).join('\n');
}

const itemsOf = ({ parts }: Card): Checklist['items'] | undefined =>
  parts.flatMap(part => ('checklist' in part && part.checklist.name === NAME ? [part.checklist.items] : []))[0];

/** No platform's id of a channel holds a slash. */
const placed = (value: string): { channel: string; id: string } => {
  const slash = value.indexOf('/');
  return { channel: value.slice(0, slash), id: value.slice(slash + 1) };
};
