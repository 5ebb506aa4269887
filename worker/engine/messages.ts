// What the engine's thread and its owner say to each other.
import type { Problem } from '../../src/problem.ts';
import type { Adapter, Generated, GenerateRequest } from './generator.ts';

export type ToThread =
  | { id: number; do: 'generate'; request: GenerateRequest }
  | { id: number; do: 'score'; rows: { prompt: number[]; answer: number[] }[]; speaker: Adapter | 'base' }
  | { id: number; do: 'abort' }
  | { id: number; do: 'close' };

/** The first message has the id 0: the engine is open, or could not be opened. */
export type FromThread =
  | { id: number; done: Generated[] | { loss: number; tokens: number }[] | { fingerprint: string } | undefined }
  | { id: number; failed: Failure };

/** An error as data: a Refusal keeps its problem, anything else its text. */
export type Failure = { problem?: Problem; message: string; stack?: string; code?: string };
