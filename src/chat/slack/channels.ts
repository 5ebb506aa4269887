// The channels: what kind each is, and whether guests can read it. Remembered for a while, until something happens to it.
import { bounded } from '../bounded.ts';
import type { Channel } from '../chat.ts';
import { Gone } from '../errors.ts';
import type { Calls } from './calls.ts';
import type { People } from './people.ts';

/** A channel that became shared must not be taken for an open one for long. */
const REMEMBER_MS = 3 * 60_000;
const PAGE = 200;

type SlackChannel = {
  id: string;
  name?: string;
  is_member?: boolean;
  is_im?: boolean;
  is_mpim?: boolean;
  is_private?: boolean;
  is_ext_shared?: boolean;
  is_org_shared?: boolean;
  is_pending_ext_shared?: boolean;
  purpose?: { value?: string };
  topic?: { value?: string };
};

export type Channels = {
  /** Throws Gone for one that is not there, or not for us. An archived one can still be read: only what is posted there is refused. */
  channel(id: string): Promise<Channel>;
  /** A command was typed there: it exists, also where Slack tells us nothing of it because we are not in it. */
  heardFrom(id: string, name: string): void;
  /** Something happened to it: asked for anew next time. */
  forget(id: string): void;
};

export function openChannels({ apiCall }: Calls, people: Pick<People, 'guests'>): Channels {
  const known = bounded<string, Promise<Channel>>(1_000, REMEMBER_MS);

  const heard = bounded<string, string>(1_000);

  /** A private channel or a talk among people that the bot is not in: whoever typed there can still be answered alone. */
  function unseen(id: string, error: unknown): Channel {
    const name = error instanceof Gone ? heard.get(id) : undefined;
    if (name === undefined) throw error;
    return { id, name, kind: id.startsWith('D') ? 'direct' : 'private', purpose: '', guests: false, absent: true };
  }

  async function look(id: string): Promise<Channel> {
    const { channel } = await apiCall<{ channel: SlackChannel }>('conversations.info', { channel: id });
    const kind = kindOf(channel);
    const purpose = channel.purpose?.value || channel.topic?.value || '';
    // Elsewhere than in an open channel nothing is learned anyway.
    const guests = kind === 'open' && (await hasGuests(id));
    // Slack says nothing of membership where there is none to be had: in a direct channel.
    return {
      id,
      name: channel.name ?? id,
      kind,
      purpose,
      guests,
      ...(channel.is_member === false && kind !== 'direct' && { absent: true }),
    };
  }

  async function hasGuests(channel: string): Promise<boolean> {
    const guests = await people.guests();
    if (guests.size === 0) return false;
    let cursor: string | undefined;
    do {
      const page = await apiCall<{ members?: string[]; response_metadata?: { next_cursor?: string } }>('conversations.members', {
        channel,
        limit: PAGE,
        ...(cursor && { cursor }),
      });
      if (page.members?.some(member => guests.has(member))) return true;
      cursor = page.response_metadata?.next_cursor || undefined;
    } while (cursor);
    return false;
  }

  return {
    channel(id) {
      const there = known.get(id);
      if (there) return there;
      const asked = look(id).catch(error => unseen(id, error));
      known.set(id, asked);
      // Where we are not we are told nothing: neither that we were let in.
      asked.then(
        ({ absent }) => absent && known.delete(id),
        () => known.delete(id),
      );
      return asked;
    },
    heardFrom: (id, name) => heard.set(id, name),
    forget: id => known.delete(id),
  };
}

function kindOf({ is_im, is_mpim, is_private, is_ext_shared, is_org_shared, is_pending_ext_shared }: SlackChannel): Channel['kind'] {
  if (is_im) return 'direct';
  if (is_ext_shared || is_org_shared || is_pending_ext_shared) return 'external';
  return is_private || is_mpim ? 'private' : 'open';
}
