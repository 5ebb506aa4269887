// A real room in a folder of its own, for tests of whatever stands on it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '../../src/chat/local/journal.ts';
import { openRoom, type Room } from '../../src/chat/local/room.ts';

export const TEAM = { bot: 'apprentice', channel: 'team', people: ['Ann', 'Ben'], commands: ['finetune'] };

/** Opens the room kept in `folder` (a new one without it). `reopen` closes it and opens it again, as a restart does. */
export async function openTestRoom(folder?: string): Promise<TestRoom> {
  const where = folder ?? (await mkdtemp(join(tmpdir(), 'apprentice-room-')));
  const room = await openRoom(await openJournal(where), TEAM);
  return {
    room,
    folder: where,
    team: { channel: [...room.state.channels.values()].find(channel => channel.kind === 'open')!.id },
    person: name => [...room.state.people.values()].find(person => person.name === name)!.id,
    async reopen() {
      await room.close();
      return openTestRoom(where);
    },
    async remove() {
      await room.close();
      await rm(where, { recursive: true, force: true });
    },
  };
}

export type TestRoom = {
  room: Room;
  folder: string;
  team: { channel: string };
  person(name: string): string;
  reopen(): Promise<TestRoom>;
  remove(): Promise<void>;
};

/** Resolves when `holds` does; looks every few milliseconds and gives up after `withinMs`. */
export async function until<T>(holds: () => T | Promise<T>, what: string, withinMs = 10_000): Promise<NonNullable<T>> {
  const end = Date.now() + withinMs;
  for (;;) {
    const value = await holds();
    if (value) return value as NonNullable<T>;
    if (Date.now() > end) throw new Error(`waited ${withinMs} ms for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
