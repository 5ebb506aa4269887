// The room as this page knows it: every view that arrived, laid over the ones before.
import type { View, ViewChannel, ViewMessage, ViewPerson } from '../../chat/local/view.ts';

export type SeenRoom = {
  me: string;
  people: Map<string, ViewPerson>;
  channels: Map<string, ViewChannel>;
  /** in the order in which they were said */
  messages: Map<string, ViewMessage>;
  room: string;
  n: number;
};

export const nothingSeen = (): SeenRoom => ({ me: '', people: new Map(), channels: new Map(), messages: new Map(), room: '', n: 0 });

/** Lays `view` over what was seen. Returns the messages that are new (all of them at the first view: then `first` is true). */
export function see(seen: SeenRoom, view: View): { added: ViewMessage[]; first: boolean } {
  const first = seen.n === 0;
  Object.assign(seen, { me: view.me, n: view.n, room: view.room });
  for (const person of view.people) seen.people.set(person.id, person);
  for (const channel of view.channels) seen.channels.set(channel.id, channel);
  const added: ViewMessage[] = [];
  for (const message of view.messages) {
    if (message.deleted) seen.messages.delete(message.id);
    else {
      if (!seen.messages.has(message.id)) added.push(message);
      seen.messages.set(message.id, message);
    }
  }
  return { added, first };
}

/** The messages of a channel, or of one thread with its root. */
export function messagesAt({ messages }: SeenRoom, channel: string, thread?: string): ViewMessage[] {
  return [...messages.values()].filter(message =>
    thread
      ? message.id === thread || message.thread === thread
      : message.channel === channel && (!message.thread || !messages.has(message.thread)),
  );
}

export const botOf = ({ people }: SeenRoom): ViewPerson | undefined => [...people.values()].find(({ bot }) => bot);
