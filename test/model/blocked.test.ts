// A version that forgot, fell into loops or learned nothing is kept out, with the reason; one that learned is not.
import { expect, test } from 'vitest';
import { blockedBy } from '../../src/model/blocked.ts';
import type { Evaluation, Sample, Scores } from '../../src/model/report-card.ts';
import { say } from '../../src/words/words.ts';
import { scoresOf } from '../support/scores.ts';

const NONE = scoresOf(null);
const REFERENCE = 'Tie the bow line first, then the stern line, and tell Rosa.';
const RAMBLE = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ');
const LOOP = 'and then the crane, '.repeat(20);

const card = (base: Partial<Scores>, tuned: Partial<Scores>, samples: Partial<Sample>[] = []): Evaluation => ({
  base: { ...NONE, ...base },
  tuned: { ...NONE, ...tuned },
  heldout: { qa: 8, report: 0 },
  samples: samples.map(sample => ({
    kind: 'qa',
    instruction: '',
    input: '',
    reference: REFERENCE,
    base: RAMBLE,
    tuned: REFERENCE,
    ...sample,
  })),
});
const four = (sample: Partial<Sample>): Partial<Sample>[] => Array(4).fill(sample);

test('a version that learned is not blocked, nor is one of which nothing was measured', () => {
  expect(blockedBy(card({ loss: 4.7, generalLoss: 0.9 }, { loss: 1.6, generalLoss: 1.1 }, four({})))).toBeUndefined();
  expect(blockedBy(card({}, {}))).toBeUndefined();
  expect(blockedBy({ ...card({ loss: 4 }, {}), tuned: undefined })).toBeUndefined();
});

test('a version that forgot what a card calls much is blocked, with both losses', () => {
  const problem = blockedBy(card({ loss: 4.7, generalLoss: 0.9 }, { loss: 1.6, generalLoss: 2.1 }))!;
  expect(problem).toEqual({ code: 'blocked.forgetting', values: { base: '0.90', tuned: '2.10' } });
  expect(say('en', problem.code, problem.values)).toContain('rose from 0.90 to 2.10');
  expect(blockedBy(card({ generalLoss: 0.9 }, { generalLoss: 1.19 }))).toBeUndefined();
});

test('a training that went off the rails is blocked, even where its loss is no number any more', () => {
  expect(blockedBy(card({ loss: 3 }, { loss: 3.4 }))?.code).toBe('blocked.diverged');
  expect(blockedBy(card({ loss: 3 }, { loss: 3.2 }))).toBeUndefined();
  expect(blockedBy(card({ loss: 3 }, { loss: Number.NaN }))).toMatchObject({ code: 'blocked.diverged', values: { tuned: '∞' } });
  expect(blockedBy(card({ loss: 3 }, { loss: null }))).toMatchObject({ code: 'blocked.diverged', values: { tuned: '∞' } });
});

test('answers in circles block it where they are most, unless the base does the same', () => {
  expect(blockedBy(card({}, {}, four({ tuned: LOOP })))).toEqual({ code: 'blocked.repetition', values: { count: 4, total: 4, base: 0 } });
  expect(blockedBy(card({}, {}, [...four({}), { tuned: LOOP }]))).toBeUndefined();
  expect(blockedBy(card({}, {}, four({ tuned: LOOP, base: `${LOOP}${LOOP}` })))).toBeUndefined();
});

test('answers of nothing, or of another length altogether than the team writes, block it', () => {
  expect(blockedBy(card({}, {}, four({ tuned: ' ' })))).toEqual({ code: 'blocked.length.empty', values: { count: 4, total: 4 } });
  expect(blockedBy(card({}, {}, four({ tuned: 'Yes.' })))).toEqual({ code: 'blocked.length.short', values: { tuned: 1, reference: 12 } });
  expect(blockedBy(card({}, {}, four({ tuned: RAMBLE, base: 'A short one.' })))?.code).toBe('blocked.length.long');
  expect(blockedBy(card({}, {}, four({ tuned: RAMBLE, base: `${RAMBLE} more` })))).toBeUndefined();
  expect(blockedBy(card({}, {}, four({ tuned: 'Yes.' }).slice(1)))).toBeUndefined();
});
