// What can happen in a room. Each thing is one entry of its journal, and the entries in order are the room.
import type { Attachment, Card, Channel } from '../chat.ts';

/** `n` counts up and never comes twice; `at` is in milliseconds since 1970. */
export type Entry = { n: number; at: number } & Happening;

export type Happening =
  | { kind: 'opened'; room: string; bot: RoomPerson; channel: RoomChannel }
  | { kind: 'joined'; person: RoomPerson; direct: RoomChannel }
  | { kind: 'made'; by: string; channel: RoomChannel }
  /** The language that a person wants to be spoken to in. */
  | { kind: 'chose'; by: string; lang: string }
  /** A story (several entries, made elsewhere) was put into the room. */
  | { kind: 'loaded'; by: string; story: string }
  | { kind: 'said'; message: RoomMessage }
  | { kind: 'edited'; id: string; by: string; markdown?: string; card?: Card }
  | { kind: 'deleted'; id: string; by: string }
  | { kind: 'reacted'; id: string; by: string; sign: string; on: boolean }
  | { kind: 'pressed'; id: string; by: string; action: string; value: string; fields: Record<string, string> }
  /** A slash command: only the one who typed it sees, as a private message of their own, that it was typed. */
  | { kind: 'commanded'; by: string; channel: string; thread?: string; text: string }
  /** The bot has safely kept entry `heard`. */
  | { kind: 'heard'; heard: number };

export type RoomPerson = { id: string; name: string; bot: boolean; guest: boolean; lang?: string };
/** Without `members` everybody is in it. */
export type RoomChannel = { id: string; name: string; kind: Channel['kind']; purpose: string; members?: string[] };

export type RoomMessage = {
  id: string;
  channel: string;
  /** the id of the message that the thread hangs on */
  thread?: string;
  author: string;
  at: number;
  edited?: number;
  markdown: string;
  card?: Card;
  files: Attachment[];
  /** the only person who sees it, besides nobody */
  onlyFor?: string;
  /** the author's own name for it: the same key twice is one message */
  key?: string;
  /** sign → who gave it */
  reactions: Record<string, string[]>;
  deleted?: true;
};
