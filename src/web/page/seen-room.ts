// The room as this page knows it: every view that arrived, laid over the ones before.
import type { View, ViewChannel, ViewMessage, ViewPerson } from '../../chat/local/view.ts';

export type SeenRoom = {
  me: string;
  people: Map<string, ViewPerson>;
  channels: Map<string, ViewChannel>;
  /** in the order in which they were said */
  messages: Map<string, ViewMessage>;
  stories: string[];
  botSilent: boolean;
  room: string;
  n: number;
};

export const nothingSeen = (): SeenRoom => ({
  me: '',
  people: new Map(),
  channels: new Map(),
  messages: new Map(),
  stories: [],
  botSilent: false,
  room: '',
  n: 0,
});

/** Lays `view` over what was seen. Returns the messages that are new (all of them at the first view: then `first` is true). */
export function see(seen: SeenRoom, view: View): { added: ViewMessage[]; first: boolean } {
  const first = seen.n === 0;
  const before = seen.messages;
  if (view.whole) Object.assign(seen, nothingSeen());
  Object.assign(seen, { me: view.me, n: view.n, room: view.room, stories: view.stories, botSilent: view.botSilent });
  for (const person of view.people) seen.people.set(person.id, person);
  for (const channel of view.channels) seen.channels.set(channel.id, channel);
  const replied = new Set([...seen.messages.values(), ...view.messages].map(({ thread, deleted }) => (deleted ? undefined : thread)));
  for (const message of view.messages) {
    if (message.deleted && !replied.has(message.id)) seen.messages.delete(message.id);
    else seen.messages.set(message.id, message);
  }
  return { added: view.messages.filter(({ id, deleted }) => !deleted && !before.has(id)), first };
}

/** The messages of a channel, or of one thread with its root. */
export function messagesAt({ messages }: SeenRoom, channel: string, thread?: string): ViewMessage[] {
  return [...messages.values()].filter(message =>
    thread
      ? message.id === thread || message.thread === thread
      : message.channel === channel && (!message.thread || !messages.has(message.thread)),
  );
}

/** Every thread's replies, by its root, oldest first. */
export function repliesByThread({ messages }: SeenRoom): Map<string, ViewMessage[]> {
  const replies = new Map<string, ViewMessage[]>();
  for (const message of messages.values()) {
    if (message.thread && !message.deleted) replies.set(message.thread, [...(replies.get(message.thread) ?? []), message]);
  }
  return replies;
}

/** The newest message at a place that its author can still change. */
export const lastOwn = (room: SeenRoom, channel: string, thread?: string): ViewMessage | undefined =>
  messagesAt(room, channel, thread).findLast(({ typed }) => typed !== undefined);

export const botOf = ({ people }: SeenRoom): ViewPerson | undefined => [...people.values()].find(({ bot }) => bot);
