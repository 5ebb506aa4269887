// The engine on SmolLM2-135M-Instruct against transformers and PEFT (fixtures: test/fixtures/make/engine.py).
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openModelFolder } from '../../src/model/folder.ts';
import { replayQuestions } from '../../src/model/general-replay.ts';
import type { ModelFolder } from '../../src/model/model.ts';
import { type ChatTokenizer, openTokenizer } from '../../src/model/tokenizer.ts';
import { emptyCache } from '../../worker/engine/cache.ts';
import { decodeGraph } from '../../worker/engine/decode-graph.ts';
import type { Adapter } from '../../worker/engine/generator.ts';
import { int8File } from '../../worker/engine/int8-file.ts';
import { type Engine, openLocalEngine } from '../../worker/engine/local.ts';
import { stackLora } from '../../worker/engine/lora-stack.ts';
import { attentionMask } from '../../worker/engine/mask.ts';
import { scoreGraph } from '../../worker/engine/score-graph.ts';
import { int64, openSession, type Session } from '../../worker/engine/session.ts';
import { fixture, readFixture } from '../support/models.ts';
import { realModel } from '../support/real-model.ts';

type Answer = {
  question: string;
  prompt: number[];
  base: number[];
  tuned: number[];
  logits: { position: number; ids: number[]; values: number[] }[];
};
type Scored = { prompt: number[]; answer: number[]; base: number; tuned: number };

const answers = readFixture<Answer[]>('engine', 'answers.json');
const scores = readFixture<Scored[]>('engine', 'scores.json');
const never = new AbortController().signal;
const folder = await realModel();

describe.skipIf(!folder)('SmolLM2-135M-Instruct', () => {
  let model: ModelFolder;
  let tokenizer: ChatTokenizer;
  let engine: Engine;
  let adapter: Adapter;
  beforeAll(async () => {
    model = await openModelFolder(folder!);
    tokenizer = await openTokenizer(folder!);
    engine = await openLocalEngine({ folder: folder!, precision: 'f32', threads: 2 });
    adapter = { name: 'fixture', folder: fixture('engine', 'adapter'), rank: 4, fingerprint: model.fingerprint };
  });
  afterAll(() => engine?.close());

  test('logits equal transformers: within 1e-4, within 2e-3 for Chinese', async () => {
    const session = await openSession(scoreGraph(model), model.folder, 'evaluate', { threads: 2 });
    for (const { question, prompt, logits } of answers) {
      const ours = await logitsAt(
        session,
        model,
        prompt,
        logits.map(({ position }) => position),
      );
      const differences = logits.flatMap(({ ids, values }, i) => ids.map((id, j) => Math.abs(ours[i][id] - values[j])));
      expect(Math.max(...differences), question).toBeLessThan(/\p{Script=Han}/u.test(question) ? 2e-3 : 1e-4);
      for (const [i, { ids }] of logits.entries()) expect(ours[i].indexOf(Math.max(...ours[i]))).toBe(ids[0]);
    }
    await session.release();
  }, 300_000);

  test('greedy answers of base and tuned in one batch equal transformers and PEFT, token for token, ten prompts', async () => {
    for (const { question, prompt, base, tuned } of answers) {
      const generated = await engine.generate(
        {
          prompt,
          speakers: ['base', adapter],
          sampling: { temperature: 0, topP: 1, repetitionPenalty: 1, seed: 0 },
          stop: { tokens: tokenizer.endTokens, maxTokens: 40, repeatedLine: false },
        },
        never,
      );
      expect(
        generated.map(({ tokens }) => tokens),
        question,
      ).toEqual([base, tuned]);
    }
  }, 600_000);

  test('asked all at once they are the same, token for token', async () => {
    const asked = answers.map(({ prompt }, i) =>
      engine.generate(
        {
          prompt,
          speakers: i % 3 === 0 ? ['base'] : ['base', adapter],
          sampling: { temperature: 0, topP: 1, repetitionPenalty: 1, seed: 0 },
          stop: { tokens: tokenizer.endTokens, maxTokens: 40, repeatedLine: false },
        },
        never,
      ),
    );
    const generated = await Promise.all(asked);
    generated.forEach((rows, i) => {
      const { question, base, tuned } = answers[i];
      expect(
        rows.map(({ tokens }) => tokens),
        question,
      ).toEqual(i % 3 === 0 ? [base] : [base, tuned]);
    });
  }, 600_000);

  test('judged answers equal transformers and PEFT', async () => {
    for (const speaker of ['base', adapter] as const) {
      const ours = await engine.score(scores, speaker, never);
      ours.forEach(({ loss, tokens }, i) => {
        const expected = speaker === 'base' ? scores[i].base : scores[i].tuned;
        expect(tokens).toBe(scores[i].answer.length);
        expect(Math.abs(loss - expected) / tokens).toBeLessThan(1e-4);
      });
    }
  }, 300_000);

  test('in 8 bits perplexity is within 1 % of float32, and most tokens are the same', async () => {
    const ids = tokenizer.encode(replayQuestions.en.join('\n')).slice(0, 700);
    const positions = ids.map((_, i) => i).slice(0, -1);
    const whole = await openSession(scoreGraph(model), model.folder, 'evaluate', { threads: 2 });
    const exact = await logitsAt(whole, model, ids, positions);
    await whole.release();
    const eight = await openSession(decodeGraph(model, { lora: false, int8: await int8File(model) }), model.folder, 'decode', {
      threads: 2,
    });
    const rounded = await logitsAt(eight, model, ids, positions);
    await eight.release();
    const change = perplexity(rounded, ids) / perplexity(exact, ids) - 1;
    expect(Math.abs(change)).toBeLessThan(0.01);
    const same = positions.filter(i => best(exact[i]) === best(rounded[i])).length;
    expect(same / positions.length).toBeGreaterThan(0.9);
  }, 300_000);
});

/** Logits of the base at some positions of one sequence, from either graph. */
async function logitsAt(session: Session, { config }: ModelFolder, ids: number[], positions: number[]): Promise<Float32Array[]> {
  const tokens = ids.length;
  const stack = stackLora(config, []);
  const cache = emptyCache(config);
  const capacity = session.inputNames.includes('widths') ? cache.capacity : 0;
  const inputs = {
    ids: int64(ids, [1, tokens]),
    rows: int64([1], [1]),
    positions: int64(
      ids.map((_, i) => i),
      [1, tokens],
    ),
    mask: attentionMask([0], capacity, tokens),
    widths: int64([capacity, tokens], [2]),
    logit_tokens: int64(positions, [positions.length]),
    labels: int64(
      positions.map(() => 0),
      [positions.length, 1],
    ),
    ...stack.matrices,
    ...stack.masks([-1], tokens),
    ...cache.feeds,
  };
  const wanted = Object.fromEntries(Object.entries(inputs).filter(([name]) => session.inputNames.includes(name)));
  const flat = (await session.run(wanted, ['logits'])).logits.data as Float32Array;
  return positions.map((_, i) => flat.subarray(i * config.vocab, (i + 1) * config.vocab));
}

const best = (logits: Float32Array): number => logits.reduce((at, value, i) => (value > logits[at] ? i : at), 0);

function perplexity(logits: Float32Array[], ids: number[]): number {
  const losses = logits.map((row, i) => {
    const largest = row[best(row)];
    return Math.log(row.reduce((sum, value) => sum + Math.exp(value - largest), 0)) + largest - row[ids[i + 1]];
  });
  return Math.exp(losses.reduce((sum, loss) => sum + loss, 0) / losses.length);
}
