// What the builtin trainer's memory was estimated to be, against live runs.
import { describe } from 'vitest';
import { BUILTIN_TOKENS, builtinBytes } from '../../src/model/estimate-builtin.ts';
import { builtinTrainer } from '../../worker/choose-trainer.ts';
import { peakMemory } from '../support/peak-memory.ts';

describe('memory of the builtin trainer', () => peakMemory(builtinTrainer, builtinBytes, BUILTIN_TOKENS));
