// Many messages are looked at one after the other: while one is, the next are being fetched already. A platform answers in a tenth of a
// second or so and allows several calls at a time; asked for one by one, five hundred examples would keep a run waiting for minutes.
import type { Channel, MessageRef, MessageSnapshot } from '../../chat/chat.ts';
import type { Bot } from '../bot.ts';

const AHEAD = 8;
/** What kind of channel it is, is asked anew so often: the wall must not stand on what was true a minute ago. */
const CHANNEL_MS = 5_000;

type Fetched = Promise<MessageSnapshot | 'deleted' | 'hidden'>;

/** A message's id says which one it is in its channel only. */
const nameOf = ({ channel, id }: MessageRef): string => `${channel} ${id}`;

/** The bot, with the messages of `refs` fetched some ahead of their being asked for, in this order; each of them once, later ones as ever. */
export function fetchingAhead(bot: Bot, refs: MessageRef[]): Bot {
  const { chat } = bot;
  const waiting = [...refs];
  const fetched = new Map<string, Fetched>();
  const channels = new Map<string, { at: number; shown: Promise<Channel> }>();

  function fetchMore(): void {
    while (fetched.size < AHEAD && waiting.length > 0) {
      const ref = waiting.shift()!;
      const coming = chat.fetchMessage(ref);
      // Whoever asks for it hears of it.
      coming.catch(() => {});
      fetched.set(nameOf(ref), coming);
    }
  }

  function fetchMessage(ref: MessageRef): Fetched {
    fetchMore();
    const coming = fetched.get(nameOf(ref));
    if (!coming) return chat.fetchMessage(ref);
    fetched.delete(nameOf(ref));
    fetchMore();
    return coming;
  }

  function channel(id: string): Promise<Channel> {
    const known = channels.get(id);
    if (known && Date.now() - known.at < CHANNEL_MS) return known.shown;
    const shown = chat.channel(id);
    channels.set(id, { at: Date.now(), shown });
    shown.catch(() => channels.delete(id));
    return shown;
  }

  return { ...bot, chat: { ...chat, fetchMessage, channel } };
}
