import { describe, expect, test } from 'vitest';
import { countKinds, roundOf, timesARound } from '../../src/model/balance.ts';
import { readDials } from '../../src/model/dials.ts';
import { minutesOf, parameters } from '../../src/model/estimate.ts';
import type { ModelConfig } from '../../src/model/model.ts';
import { recipe } from '../../src/model/recipe.ts';
import { Refusal } from '../../src/problem.ts';
import { say } from '../../src/words/words.ts';

const SMOLLM2: ModelConfig = {
  type: 'llama',
  hidden: 576,
  layers: 30,
  heads: 9,
  kvHeads: 3,
  headDim: 64,
  intermediate: 1536,
  vocab: 49152,
  ropeTheta: 1e5,
  rmsNormEps: 1e-5,
  maxPositions: 8192,
  tied: true,
  qkvBias: false,
  qkNorm: false,
};
const qa = (count: number) => ({ qa: count, report: 0 });
const small = { parameters: 134_515_008, seed: 0 };

describe('recipe', () => {
  test.each([
    [80, { epochs: 3, batch: 4, replay: 16, steps: 72 }],
    [48, { epochs: 4, batch: 4, replay: 10, steps: 60 }],
    [20, { epochs: 6, batch: 4, replay: 4, steps: 36 }],
    [8, { epochs: 8, batch: 2, replay: 4, steps: 48 }],
    [1000, { epochs: 3, batch: 8, replay: 200, steps: 450 }],
    [2000, { epochs: 3, batch: 16, replay: 200, steps: 414 }],
  ])('%i examples', (examples, expected) => {
    const { settings, replay, steps, warnings } = recipe({ examples: qa(examples), ...small });
    expect({ epochs: settings.epochs, batch: settings.batch, replay, steps }).toEqual(expected);
    expect(settings).toMatchObject({ learningRate: 1e-3, rank: 16, alpha: 32, warmup: 0.1, finalRate: 0.1, clip: 1, weightDecay: 0 });
    expect(warnings.map(({ code }) => code)).toEqual(examples < 40 ? ['advice.styleOnly'] : []);
  });

  test('there are at least 30 steps, however few the examples', () => {
    for (let examples = 1; examples <= 300; examples++)
      expect(recipe({ examples: qa(examples), ...small }).steps).toBeGreaterThanOrEqual(30);
  });

  test('2e-5 for 3 rounds is taken, and the card says that nobody will see it', () => {
    const { settings, warnings } = recipe({ examples: qa(80), ...small, asked: readDials(['lr=2e-5', 'epochs=3']) });
    expect(settings).toMatchObject({ learningRate: 2e-5, epochs: 3 });
    expect(warnings).toMatchObject([{ code: 'advice.rateLow', values: { rate: 2e-5, epochs: 3, steps: 72, advised: 1e-3 } }]);
  });

  test('larger models take smaller steps; alpha follows an asked rank', () => {
    expect(recipe({ examples: qa(80), parameters: 5e8, seed: 0 }).settings.learningRate).toBe(4e-4);
    expect(recipe({ examples: qa(80), ...small, asked: { rank: 8 } }).settings).toMatchObject({ rank: 8, alpha: 16 });
  });

  test('a kind that is rare is seen more often, and that counts as steps', () => {
    expect(timesARound({ qa: 68, report: 12 })).toEqual({ qa: 1, report: 2 });
    expect(timesARound({ qa: 4, report: 40 })).toEqual({ qa: 3, report: 1 });
    expect(timesARound({ qa: 60, report: 40 })).toEqual({ qa: 1, report: 1 });
    expect(timesARound({ qa: 200, report: 3 })).toEqual({ qa: 1, report: 1 });
    const rows = [...Array(68).fill({ kind: 'qa' }), ...Array(12).fill({ kind: 'report' })];
    expect(countKinds(roundOf(rows))).toEqual({ qa: 68, report: 24 });
    const { steps, reasons } = recipe({ examples: countKinds(rows), ...small });
    expect(steps).toBe(3 * Math.ceil((68 + 24 + 16) / 4));
    expect(reasons).toContainEqual({ setting: 'balance', code: 'reason.balance.report', values: { value: 2 } });
  });

  test('activations are computed twice only where memory is short', () => {
    const needs = () => 3e9;
    expect(recipe({ examples: qa(80), ...small, needs, freeBytes: 4e9 }).settings.checkpointing).toBe(false);
    expect(recipe({ examples: qa(80), ...small, needs, freeBytes: 2e9 }).settings.checkpointing).toBe(true);
    expect(recipe({ examples: qa(80), ...small, needs, freeBytes: 2e9, asked: { checkpointing: false } }).settings.checkpointing).toBe(
      false,
    );
  });

  test('every setting has a reason, every reason and warning a sentence in both languages', () => {
    const asked = readDials(['lr=0.05', 'seed=3', 'rounds=1']);
    for (const made of [recipe({ examples: qa(3), ...small }), recipe({ examples: { qa: 68, report: 12 }, ...small, asked })]) {
      const { settings, reasons, warnings } = made;
      expect(reasons.map(({ setting }) => setting)).toEqual(expect.arrayContaining([...Object.keys(settings), 'replay']));
      for (const { code, values } of [...reasons, ...warnings])
        for (const lang of ['en', 'zh'] as const) expect(say(lang, code, values)).not.toMatch(/\{\w+\}|^(reason|advice)\./u);
    }
  });
});

describe('settings that a person gives', () => {
  test('are read under any of their names', () => {
    const dials = { learningRate: 1e-3, epochs: 4, rank: 8, seed: 0, checkpointing: true };
    expect(readDials(['lr=1e-3', 'rounds=4', 'rank=8', 'seed=0', 'checkpointing=on'])).toEqual(dials);
    expect(readDials(['learning-rate=.001', 'EPOCHS=4', 'r=8', 'seed=0', 'checkpointing=yes'])).toEqual(dials);
    expect(readDials([])).toEqual({});
  });

  test.each([
    ['lr=banana', 'setting.number'],
    ['lr=0', 'setting.number'],
    ['lr=', 'setting.number'],
    ['lr=0x10', 'setting.number'],
    ['epochs=0', 'setting.whole'],
    ['epochs=2.5', 'setting.whole'],
    ['rank=1e9', 'setting.whole'],
    ['checkpointing=perhaps', 'setting.switch'],
    ['mood=good', 'setting.unknown'],
    ['banana', 'setting.form'],
    ['=3', 'setting.form'],
    ['lr=1e-3 lr=2e-3', 'setting.twice'],
  ])('%s is refused with one sentence', (said, code) => {
    const refusal = (() => {
      try {
        return readDials(said.split(' '));
      } catch (error) {
        return error;
      }
    })() as Refusal;
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal.problem.code).toBe(code);
    expect(say('en', code, refusal.problem.values)).not.toMatch(/\{\w+\}/u);
  });
});

describe('estimate', () => {
  test('counts the parameters of SmolLM2-135M', () => expect(parameters(SMOLLM2)).toBe(134_515_008));
  test('minutes', () =>
    expect(minutesOf({ trainTokens: 6000, heldoutTokens: 900, epochs: 4, speed: 600 })).toBeCloseTo((24000 + 1500) / 36000));
});
