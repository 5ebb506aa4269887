// What every command of `npm run model` is handed.
import type { Lang } from '../../src/words/words.ts';

export type Settings = {
  modelsDir: string;
  baseModel?: string;
  hub?: { token?: string; url?: string };
  threads: number;
  precision: 'f32' | 'int8';
  lang: Lang;
};

export type Terminal = {
  /** A sentence from words/ for the person, on stderr. */
  tell(code: string, values?: Record<string, string | number>): void;
  /** A line on stderr that the next one overwrites (on a terminal), or one every tenth of the way. */
  progress(code: string, done: number, total: number, values?: Record<string, string | number>): void;
  /** What the command was called for, on stdout. */
  print(text: string): void;
};

/** `args` are the words behind the command's name. Throws a Refusal for what the person can put right. */
export type Command = (args: string[], tools: { settings: Settings; terminal: Terminal; signal: AbortSignal }) => Promise<void>;

/** In which a progress line counts bytes. */
export const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);
