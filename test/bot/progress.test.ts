// The run's own message, state by state: what it says and which buttons it has.
import { describe, expect, it } from 'vitest';
import type { PreflightFacts } from '../../src/bot/run/preflight.ts';
import { type RunFacts, runCard } from '../../src/bot/run/progress.ts';
import { cardToText } from '../../src/chat/card-text.ts';
import type { Card } from '../../src/chat/chat.ts';

const preflight: PreflightFacts = {
  rows: { train: { qa: 64, report: 9 }, heldout: { qa: 16, report: 3 } },
  epochs: 4,
  steps: 92,
  minutes: 6.4,
  guessed: false,
  bytes: 2.12e9,
  freeBytes: 6.3e9,
  lossPerCharacter: 1.23,
  reads: true,
  settings: ['4 rounds: because', 'seed 0: because'],
};
const facts = (more: Partial<RunFacts> = {}): RunFacts => ({
  id: 17,
  no: 3,
  state: 'training',
  rows: { train: 73, heldout: 19 },
  doubts: [],
  step: 0,
  steps: 92,
  epoch: 0,
  epochs: 4,
  stepMs: 2_000,
  tokensPerSecond: 412.6,
  train: [],
  heldout: [],
  settings: ['4 rounds: because'],
  notes: [],
  failedRows: [],
  wishes: { learningRate: 1e-3 },
  cancelling: false,
  ...more,
});
const buttons = (card: Card) => card.parts.flatMap(part => ('buttons' in part ? part.buttons : []));
const actions = (card: Card) => buttons(card).map(({ action, value }) => `${action} ${value}`);

describe('the message of a run', () => {
  it('before it starts: what is learned and tested by kind, steps, minutes, memory, language, every setting', () => {
    const text = cardToText(runCard('en', facts({ state: 'queued', preflight })));
    expect(text).toContain('73 examples: 64 answers, 9 weekly reports');
    expect(text).toContain('19 examples: 16 answers, 3 weekly reports');
    expect(text).toContain('4 rounds, 92 steps');
    expect(text).toContain('about 6 min, by the speed that this worker has measured');
    expect(text).toContain('about 2.1 GB of the 6.3 GB that are free');
    expect(text).toContain('yes: each character surprises it by 1.2 (a language that it knows: 1 to 2)');
    expect(text).toContain('seed 0: because');
    const unknown = cardToText(runCard('en', facts({ state: 'queued', preflight: { ...preflight, guessed: true, reads: false } })));
    expect(unknown).toContain('That is a guess');
    expect(unknown).toContain('hardly: each character surprises it by 1.2');
  });

  it('waits for [Start] with its doubts, and only then', () => {
    const waiting = runCard('en', facts({ state: 'waiting', preflight, doubts: ['It takes 9 hours.'] }));
    expect(cardToText(waiting)).toMatch(/waiting for your \[Start\][\s\S]*cancelled after an hour[\s\S]*It takes 9 hours\./);
    expect(actions(waiting)).toEqual(['launch-run 17', 'start-with 17', 'cancel-run 17']);
    expect(actions(runCard('en', facts({ state: 'queued', preflight, doubts: ['It takes 9 hours.'] })))).toEqual(['cancel-run 17']);
  });

  it('while it trains: bar, round, step, smoothed loss, tokens a second, time left, curve, [Cancel]', () => {
    const train: [number, number][] = [
      [1, 4],
      [2, 2],
    ];
    const card = runCard('en', facts({ step: 2, epoch: 1, train }));
    const bar = card.parts.find(part => 'progress' in part);
    expect(bar).toEqual({
      progress: 2 / 92,
      note: 'round 1 of 4 · step 2 of 92 · loss 2.95 · 413 tokens/s · about 3 min left',
    });
    expect(card.parts.some(part => 'curve' in part && part.curve.train.length === 2)).toBe(true);
    // They push the bar out of sight.
    expect(cardToText(card)).not.toContain('4 rounds: because');
    expect(cardToText(runCard('en', facts({ state: 'cancelled', step: 2, epoch: 1, train })))).toContain('4 rounds: because');
    expect(actions(card)).toEqual(['cancel-run 17']);
    expect(actions(runCard('en', facts({ step: 2, epoch: 1, train, cancelling: true })))).toEqual([]);
  });

  it('says how far the test at the end is', () => {
    const card = runCard('zh', facts({ state: 'evaluating', evaluated: { done: 3, total: 12 } }));
    expect(card.parts).toContainEqual({
      progress: 0.25,
      note: '基础模型和训练后的模型正在回答留出的 19 条：3/12',
    });
    const twice = runCard('en', facts({ state: 'evaluating', evaluated: { done: 3, total: 35 } }));
    expect(cardToText(twice)).toMatch(/19 examples kept aside, the questions twice .*: 3 of 35/);
  });

  it('after numbers that ran away: [Show the rows] and a third of the rate', () => {
    const reading = { kind: 'diverged', values: { step: 7 }, again: { learningRate: 3.3e-4 } } as const;
    const card = runCard('en', facts({ state: 'failed', reading, failedRows: [4, 8] }));
    expect(buttons(card)).toEqual([
      { label: 'Show the rows', action: 'show-rows', value: '17' },
      { label: 'Again, a third of the rate', action: 'start-run', value: 'lr=0.00033' },
    ]);
    expect(cardToText(card)).toContain('The numbers ran away at step 7');
  });

  it('failed or cancelled: one press starts it again as it was asked for', () => {
    for (const state of ['failed', 'cancelled'] as const) {
      expect(buttons(runCard('en', facts({ state })))).toEqual([{ label: 'Start again', action: 'start-run', value: 'lr=0.001' }]);
    }
  });

  it.each(['checking', 'waiting', 'queued', 'training', 'evaluating', 'failed', 'cancelled'] as const)(
    'reads well in Chinese: %s',
    state => {
      const text = cardToText(runCard('zh', facts({ state, preflight, doubts: ['要九个小时。'], notes: ['注意。'] })));
      expect(text).not.toMatch(/\{\w+\}|run\.|preflight\.|button\.|\*\*/);
      expect(text).not.toMatch(/examples|waiting|Start/);
    },
  );
});
