// What a check before a run found out, as the run's row keeps it: written by the worker, shown by the bot.
import type { Problem } from '../problem.ts';

export type Preflight = {
  /** Tokens of the rows that this run uses. */
  tokens: { train: number; heldout: number; longest: number };
  /** Tokens of the longest answer. */
  answer?: number;
  /** Numbers of examples that are too long for it. */
  leftOut: number[];
  minutes: number;
  /** No run on this machine has shown its speed yet: `minutes` is scaled from another machine's. */
  guessed: boolean;
  bytes: number;
  freeBytes: number;
  /** How the base reads the answers (worker/reading.ts). */
  tokensPerCharacter: number;
  lossPerCharacter: number;
  replay: number;
  /** All that the reader of the run should know. */
  warnings: Problem[];
  /** Why the run waits for a person's word; some of them are warnings, too, under the same code. */
  doubts: Problem[];
};
