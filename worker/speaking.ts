// How a model speaks: the same rules for base and tuned, in chat and in the report card. Greedy, as measured with 96 rows on the 135M model:
// a repetition penalty of 1.1 punishes copying from the notes (sections in order .75 → .25), temperature .3 invents 2.0 numbers a report, not .5.
import type { Sampling } from './engine/generator.ts';

export const GREEDY: Sampling = { temperature: 0, topP: 1, repetitionPenalty: 1, seed: 0 };
export const QA_TOKENS = 120;
export const REPORT_TOKENS = 220;
