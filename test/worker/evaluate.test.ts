// Report card numbers by a real engine on a tiny model with a tiny adapter (both made by transformers and PEFT).
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formOf } from '../../src/model/form.ts';
import { answerIds, exampleTurns, promptIds } from '../../src/model/prompt.ts';
import type { Row } from '../../src/model/row.ts';
import { projectRoot } from '../../src/root.ts';
import type { Adapter } from '../../worker/engine/generator.ts';
import { type Engine, openLocalEngine } from '../../worker/engine/local.ts';
import { evaluate } from '../../worker/evaluate.ts';
import { baseAnswers } from '../../worker/general.ts';
import { makeReplay } from '../../worker/replay.ts';
import { GREEDY, QA_TOKENS, REPORT_TOKENS } from '../../worker/speaking.ts';
import { type Base, openBase } from '../../worker/workplace.ts';
import { answers, reports } from '../model/harbour.ts';

const fixture = (name: string): string => join(projectRoot(), 'test/fixtures/models', name);
const { signal } = new AbortController();
let base: Base;
let generator: Engine;
let adapter: Adapter;
let general: Awaited<ReturnType<typeof baseAnswers>>;

beforeAll(async () => {
  base = await openBase(fixture('tiny-llama'));
  generator = await openLocalEngine({ folder: base.path, precision: 'f32', threads: 1 });
  adapter = { name: 'tiny', folder: fixture('tiny-llama-lora'), rank: 4, fingerprint: base.model.fingerprint };
  general = await baseAnswers(['What is a river?', 'Name a bird.'], { ...tools(), signal });
});
afterAll(() => generator.close());

const tools = () => ({ generator, tokenizer: base.tokenizer, maxPositions: base.model.config.maxPositions, signal });
const heldout: Row[] = [...answers.slice(0, 2), reports[0]];
const train: Row[] = [...answers.slice(2), ...reports.slice(1)];

describe('evaluate', () => {
  test('base alone: its loss is the likelihood of the approved answers, its perplexity the exponential', async () => {
    const { base: scores, tuned, withNearest, heldout: counts, samples } = await evaluate({ ...tools(), general, rows: heldout });
    const asked = heldout.map(row => ({
      prompt: promptIds(base.tokenizer, exampleTurns(row)),
      answer: answerIds(base.tokenizer, row.output),
    }));
    const judged = await generator.score(asked, 'base', signal);
    const loss = judged.reduce((sum, row) => sum + row.loss, 0) / asked.reduce((sum, { answer }) => sum + answer.length, 0);
    expect(scores.loss).toBeCloseTo(loss, 6);
    expect(scores.perplexity).toBeCloseTo(Math.exp(loss), 3);
    expect(scores.generalLoss).toBeGreaterThan(0);
    expect([tuned, withNearest]).toEqual([undefined, undefined]);
    expect(counts).toEqual({ qa: 2, report: 1 });
    expect(samples.map(({ kind, tuned: said }) => [kind, said])).toEqual([
      ['report', ''],
      ['qa', ''],
      ['qa', ''],
    ]);
  });

  test('rows that are answered together get the answers that each gets alone, each its own', async () => {
    const rows = [...answers.slice(0, 5), ...reports.slice(0, 2)];
    const { samples } = await evaluate({ ...tools(), general, rows, adapter });
    const stop = { tokens: base.tokenizer.endTokens, repeatedLine: true };
    for (const { kind, instruction, input, base: text, tuned } of samples) {
      const alone = await generator.generate(
        {
          prompt: promptIds(base.tokenizer, exampleTurns({ instruction, input })),
          speakers: ['base', adapter],
          sampling: GREEDY,
          stop: { ...stop, maxTokens: kind === 'report' ? REPORT_TOKENS : QA_TOKENS },
        },
        signal,
      );
      expect([text, tuned]).toEqual(alone.map(answer => answer.text.trim()));
    }
  });

  test('base and tuned side by side, with nearest, beside the rivals, every row told as progress', async () => {
    const told: [number, number][] = [];
    const onProgress = (done: number, total: number) => told.push([done, total]);
    const card = await evaluate({ ...tools(), general, rows: heldout, train, adapter, onProgress });
    expect(card.tuned!.loss).not.toBeCloseTo(card.base.loss!, 3);
    expect(card.tuned!.generalLoss).not.toBeCloseTo(card.base.generalLoss!, 3);
    expect(card.withNearest!.tuned!.loss).not.toBeCloseTo(card.tuned!.loss!, 3);
    expect(card.notesInFrame).toMatchObject({ reportForm: 1, factsFound: 1, factsInvented: 0, examples: 1, loss: null });
    expect(card.constant).toMatchObject({ qaForm: 1, examples: 2, reportForm: null });
    expect(card.nearest).toMatchObject({ examples: 2 });
    expect(told).toEqual([1, 2, 3, 4, 5].map(done => [done, 5]));
    // Three rows are too few for BLEU, ROUGE and their like.
    for (const scores of [card.base, card.tuned, card.constant, card.withNearest!.base])
      expect(scores).toMatchObject({ bleu: null, rougeL: null });
  });

  test('the form kept with the adapter decides, where there is one', async () => {
    const bare = { kind: 'qa' as const, output: '' };
    const form = formOf([
      { ...bare, output: 'Yes.\nSigned: me' },
      { ...bare, output: 'No.\nSigned: me' },
    ]);
    const card = await evaluate({ ...tools(), general, rows: heldout, train, form });
    expect(card.constant!.qaForm).toBe(0);
  });

  test('can be broken off', async () => {
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error('enough'));
    await expect(evaluate({ ...tools(), general, rows: heldout, signal: stop.signal, onProgress })).rejects.toThrow('enough');
  });
});

test('replay rows are the base’s own greedy answers, end token included where it ended by itself', async () => {
  const rows = await makeReplay({ ...tools(), count: 3, language: 'en' });
  expect(rows).toHaveLength(3);
  for (const { ids, answer, part } of rows) {
    expect(part).toBe('replay');
    const prompt = ids.slice(0, answer);
    const sampling = { temperature: 0, topP: 1, repetitionPenalty: 1, seed: 0 };
    const stop = { tokens: base.tokenizer.endTokens, maxTokens: 64, repeatedLine: true };
    const [{ tokens, why }] = await generator.generate({ prompt, speakers: ['base'], sampling, stop }, signal);
    expect(ids.slice(answer, answer + tokens.length)).toEqual(tokens);
    expect(ids.length - answer - tokens.length).toBe(why === 'end' ? 1 : 0);
  }
});
