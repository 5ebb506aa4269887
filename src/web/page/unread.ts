// What the reader has not seen yet, by channel and thread. Kept in this browser for each person that the reader speaks as.
import type { ViewMessage } from '../../chat/local/view.ts';
import type { SeenRoom } from './seen-room.ts';

/** `base`: everything up to this number was there before this person was first spoken as here. */
type Marks = { base: number; places: Record<string, number> };

export type Unread = {
  /** The reader speaks as `room.me` from now on. */
  begin(room: SeenRoom): void;
  /** What is new at each place (a channel, or a thread by its root), oldest first. */
  all(room: SeenRoom): Map<string, ViewMessage[]>;
  /** The reader comes to this place: remembers where the new messages begin, before they count as read. */
  arrive(room: SeenRoom, place: string): void;
  /** The first message that was new when the reader came to this place. */
  firstNew(place: string): string | undefined;
  /** Where the reader has spoken nothing is new any more. */
  spoke(place: string): void;
  /** The reader sees the end of this place now. */
  read(room: SeenRoom, place: string): void;
};

export function openUnread(storage: Storage): Unread {
  let key = '';
  let marks: Marks = { base: 0, places: {} };
  const firstNew = new Map<string, string>();

  const isNew = (message: ViewMessage, direct: boolean) => {
    // What only this person was told is new to them however long ago it was said.
    const base = message.private || direct ? 0 : marks.base;
    return message.no > Math.max(base, marks.places[placeOf(message)] ?? 0);
  };

  function all(room: SeenRoom): Map<string, ViewMessage[]> {
    const mine = threadsOf(room);
    const news = new Map<string, ViewMessage[]>();
    for (const message of room.messages.values()) {
      if (message.author === room.me || message.deleted) continue;
      if (message.thread && !mine.has(message.thread) && !message.callsMe && !message.private) continue;
      const place = placeOf(message);
      if (isNew(message, room.channels.get(message.channel)?.direct ?? false)) news.set(place, [...(news.get(place) ?? []), message]);
    }
    return news;
  }

  return {
    all,
    begin(room) {
      firstNew.clear();
      key = `read ${room.room} ${room.me}`;
      marks = JSON.parse(storage.getItem(key) ?? 'null') ?? { base: room.n, places: {} };
      storage.setItem(key, JSON.stringify(marks));
    },
    arrive(room, place) {
      const [first] = all(room).get(place) ?? [];
      if (first) firstNew.set(place, first.id);
      else firstNew.delete(place);
    },
    firstNew: place => firstNew.get(place),
    spoke: place => void firstNew.delete(place),
    read(room, place) {
      let last = 0;
      for (const message of room.messages.values()) if (placeOf(message) === place) last = Math.max(last, message.no);
      if (last <= (marks.places[place] ?? 0)) return;
      marks.places[place] = last;
      storage.setItem(key, JSON.stringify(marks));
    },
  };
}

const placeOf = ({ channel, thread }: ViewMessage): string => thread ?? channel;

/** A thread is followed by whoever began it, wrote in it or was called in it. */
function threadsOf({ me, messages }: SeenRoom): Set<string> {
  const mine = new Set<string>();
  for (const { id, thread, author, callsMe } of messages.values()) if (author === me || callsMe) mine.add(thread ?? id);
  return mine;
}
