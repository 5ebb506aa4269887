// The same room in a terminal: messages as text as they come, and a person's acts as calls. `npm run demo` plays with it.

import { cardToText, partToText } from '../card-text.ts';
import type { Ack, Card } from '../chat.ts';
import { markdownToText } from '../markdown.ts';
import type { Entry, RoomMessage } from './entries.ts';
import type { Room } from './room.ts';

/** A progress bar is written anew when it has come to another tenth. */
const tenths = (progress: number) => Math.floor(progress * 10 + 1e-9);

export type Terminal = {
  /** `person` (by name) says `text` in the open channel, or below `thread`. Resolves when the bot has kept it. */
  say(person: string, text: string, thread?: string): Promise<Ack>;
  /** Presses the newest button with this label or action. */
  press(person: string, button: string): Promise<Ack>;
  /** Drops a file. */
  drop(person: string, name: string, bytes: Uint8Array): Promise<Ack>;
  /** The bot's first message whose text `pattern` matches, now or later, said after message `after`. Rejects when `signal` is aborted. */
  sees(pattern: RegExp, options?: { after?: string; signal?: AbortSignal }): Promise<RoomMessage>;
  close(): void;
};

/** Writes everything of the open channel that happens from now on with `write` (whole lines). */
export function openTerminal(room: Room, write: (text: string) => void): Terminal {
  const { state } = room;
  const progress = new Map<string, number>();
  const unwatch = room.watch(show);

  function show(entry: Entry): void {
    if (entry.kind === 'said') print(entry.message);
    else if (entry.kind === 'edited') {
      const message = state.messages.get(entry.id);
      if (message?.card ? worthWriting(message.id, message.card) : message) print(message as RoomMessage);
    } else if (entry.kind === 'commanded') write(`\n${nameOf(entry.by)}: ${entry.text}\n`);
    else if (entry.kind === 'pressed') write(`\n${nameOf(entry.by)} presses [${labelOf(entry.id, entry.action, entry.value)}]\n`);
  }

  function print({ id, author, card, markdown, files, onlyFor }: RoomMessage): void {
    const at = card && barOf(card);
    if (at !== undefined && progress.has(id)) {
      progress.set(id, at);
      const line = card!.parts.find(part => 'progress' in part)!;
      write(`  ${partToText(line)}\n`);
      return;
    }
    if (at !== undefined) progress.set(id, at);
    const body = card ? cardToText(card) : markdownToText(markdown);
    const attached = files.map(file => `[${file.name}]`).join(' ');
    const to = onlyFor ? ` → ${nameOf(onlyFor)}` : '';
    write(`\n${nameOf(author)}${to}: ${[body, attached].filter(Boolean).join(' ').replaceAll('\n', '\n  ')}\n`);
  }

  /** A card with a bar is shown at every tenth; any other change of a card is shown. */
  function worthWriting(id: string, card: Card): boolean {
    const now = barOf(card);
    const before = progress.get(id);
    return now === undefined || before === undefined || tenths(now) !== tenths(before);
  }

  const nameOf = (person: string) => state.people.get(person)?.name ?? person;

  function labelOf(id: string, action: string, value: string): string {
    const buttons = state.messages.get(id)?.card?.parts.flatMap(part => ('buttons' in part ? part.buttons : [])) ?? [];
    return buttons.find(button => button.action === action && button.value === value)?.label ?? action;
  }

  function personCalled(name: string): string {
    const person = [...state.people.values()].find(known => known.name === name);
    if (!person) throw new Error(`nobody is called ${name}`);
    return person.id;
  }

  const openChannel = () => [...state.channels.values()].find(({ kind }) => kind === 'open')!.id;

  return {
    async say(person, text, thread) {
      return (await room.say(personCalled(person), { channel: openChannel(), ...(thread && { thread }) }, text)).heard;
    },
    async press(person, wanted) {
      for (const { id, card } of [...state.messages.values()].reverse()) {
        const buttons = card?.parts.flatMap(part => ('buttons' in part ? part.buttons : [])) ?? [];
        const button = buttons.find(({ label, action }) => label === wanted || action === wanted);
        if (button)
          return (await room.press({ person: personCalled(person), message: id, action: button.action, value: button.value })).heard;
      }
      throw new Error(`no message has a button ${wanted}`);
    },
    async drop(person, name, bytes) {
      const file = await room.keepFile(name, /\.jsonl?$/i.test(name) ? 'application/json' : 'application/octet-stream', bytes);
      return (await room.say(personCalled(person), { channel: openChannel() }, '', [file])).heard;
    },
    sees(pattern, { after, signal } = {}) {
      const find = () => {
        const all = [...state.messages.values()];
        const later = all.slice(all.findIndex(({ id }) => id === after) + 1);
        return later.find(({ card, author }) => author === state.bot && card && pattern.test(cardToText(card)));
      };
      const there = find();
      if (there) return Promise.resolve(there);
      return new Promise((resolve, reject) => {
        const stop = room.watch(() => {
          const found = find();
          if (found) {
            stop();
            resolve(found);
          }
        });
        signal?.addEventListener('abort', () => {
          stop();
          reject(signal.reason);
        });
      });
    },
    close: unwatch,
  };
}

/** The place of the card's bar, from 0 to 1. */
const barOf = (card: Card) => card.parts.find(part => 'progress' in part)?.progress;
