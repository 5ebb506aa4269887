// What somebody wrote during the week where the bot learns: open channels only, and where outsiders read along only what they can read anyway.
import type { Channel } from '../../chat/chat.ts';
import { isClosed } from '../../chat/errors.ts';
import { learningChannels } from '../../data/channels.ts';
import type { PersonRow } from '../../data/people.ts';
import { type Bot, knownChannel } from '../bot.ts';
import { kindOfText, type Spoken, spoken } from '../harvest/spoken.ts';
import { nearFor } from '../question/who-may-read.ts';
import { onlyNotes } from './notes.ts';

export type WeekMessage = Spoken & { channelName: string };
/** The newest messages, oldest first; `more`: how many older ones there are. */
export type Week = { messages: WeekMessage[]; more: number };

const WEEK_MS = 7 * 24 * 3_600_000;
/** More than this nobody goes through. */
const MOST_MESSAGES = 30;

/** `here`: the channel in which the report is asked for, and will be read. */
export async function ownWeek(bot: Bot, person: PersonRow, here: Channel, until: Date): Promise<Week> {
  const found: WeekMessage[] = [];
  for (const { ext } of await channelsFor(bot, person, here)) {
    const channel = await openNow(bot, ext);
    if (channel) found.push(...(await ownMessages(bot, person, channel, until)));
  }
  const inOrder = found.sort((a, b) => a.at.getTime() - b.at.getTime());
  return { messages: inOrder.slice(-MOST_MESSAGES), more: Math.max(0, inOrder.length - MOST_MESSAGES) };
}

async function channelsFor(bot: Bot, person: PersonRow, here: Channel): Promise<{ ext: string }[]> {
  const readers = nearFor(here, person);
  if (readers === 'nobody') return [];
  const channels = await learningChannels(bot.db, bot.workspace.id);
  return readers === 'channel' ? channels.filter(({ ext }) => ext === here.id) : channels;
}

/** The channel, if it is there for the bot, open, and learned from, as things are now. */
export async function openNow(bot: Bot, ext: string): Promise<Channel | undefined> {
  try {
    const { channel, shown } = await knownChannel(bot, ext);
    return channel.kind === 'open' && channel.learn === 'on' ? shown : undefined;
  } catch (error) {
    if (isClosed(error)) return undefined;
    throw error;
  }
}

async function ownMessages(bot: Bot, person: PersonRow, { id, name }: Channel, until: Date): Promise<WeekMessage[]> {
  const own: Spoken[] = [];
  try {
    // One millisecond more: several messages may be said in one.
    for await (const message of bot.chat.history({ channel: id }, new Date(until.getTime() - WEEK_MS), new Date(until.getTime() + 1))) {
      if (message.author === person.ext && kindOfText(message.markdown) === 'text') own.push(await spoken(bot, message));
    }
  } catch (error) {
    // The chat does not let the bot look: not a fault, only a place less.
    if (!isClosed(error)) throw error;
  }
  return (await onlyNotes(bot, own)).map(message => ({ ...message, channelName: name }));
}
