// How a model speaks: the same rules for base and tuned, in chat and in the report card (measured: README, "Decoding").
import type { Sampling } from './engine/generator.ts';

export const GREEDY: Sampling = { temperature: 0, topP: 1, repetitionPenalty: 1, seed: 0 };
export const QA_TOKENS = 120;
export const REPORT_TOKENS = 220;
