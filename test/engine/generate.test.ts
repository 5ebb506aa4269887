// Writing answers with tiny models: with a cache or without, alone or in a batch, the tokens are the same (float32).
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openModelFolder } from '../../src/model/folder.ts';
import type { ModelFolder } from '../../src/model/model.ts';
import { type ChatTokenizer, openTokenizer } from '../../src/model/tokenizer.ts';
import { emptyCache } from '../../worker/engine/cache.ts';
import { type Decoding, openDecoding } from '../../worker/engine/decoding.ts';
import { openWriter, type Writer } from '../../worker/engine/generate.ts';
import type { Adapter, GenerateRequest, Sampling, Stop } from '../../worker/engine/generator.ts';
import type { Permits } from '../../worker/engine/guard.ts';
import { openSpeakers, openStacks, type Speaker, type Speaking } from '../../worker/engine/speakers.ts';
import { tinyFolder } from '../support/models.ts';

const GREEDY: Sampling = { temperature: 0, topP: 1, repetitionPenalty: 1, seed: 0 };
const STOP: Stop = { tokens: [], maxTokens: 12, repeatedLine: false };
const PROMPT = [210, 142, 244, 145, 298, 306, 200];
const never = new AbortController().signal;

let model: ModelFolder;
let tokenizer: ChatTokenizer;
let decoding: Decoding;
let writer: Writer;
let speakerOf: (speaker: Adapter | 'base') => Speaker;
let stacked: (speakers: Speaker[]) => Speaking;
let full: Adapter;
let some: Adapter;

/** A writer that has the engine to itself. */
const newWriter = (cacheBytes = 2 ** 30) =>
  openWriter({ model, tokenizer, decoding, takeTurn: async () => () => {}, keepsTurn: true, cacheBytes });

beforeAll(async () => {
  const folder = tinyFolder('tiny-llama');
  model = await openModelFolder(folder);
  tokenizer = await openTokenizer(folder);
  decoding = openDecoding(model, { threads: 1 });
  writer = newWriter();
  speakerOf = openSpeakers(model);
  stacked = openStacks(model.config);
  full = { name: 'full', folder: tinyFolder('tiny-llama-lora'), rank: 4, fingerprint: model.fingerprint };
  some = { name: 'some', folder: tinyFolder('tiny-llama-lora-qv-bf16'), rank: 2, fingerprint: model.fingerprint };
});
afterAll(() => decoding.close());

const ask = async (request: Partial<GenerateRequest>, signal = never, permits?: Permits) => {
  const whole = { prompt: PROMPT, speakers: ['base' as const], sampling: GREEDY, stop: STOP, ...request };
  return writer.generate(whole, whole.speakers.map(speakerOf), signal, permits);
};
const tokensOf = async (request: Partial<GenerateRequest>) => (await ask(request)).map(({ tokens }) => tokens);

/** Greedy tokens without any cache: the whole sequence again for every token. */
async function uncached(speaker: Adapter | 'base', count: number): Promise<number[]> {
  const { stack, places } = stacked([speakerOf(speaker)]);
  const ids = [...PROMPT];
  for (let i = 0; i < count; i++) ids.push((await decoding.step(emptyCache(model.config), [ids], places, stack, false)).best[0]);
  return ids.slice(PROMPT.length);
}

test('cached = uncached, token for token, for base and adapters', async () => {
  for (const speaker of ['base' as const, full, some])
    expect(await tokensOf({ speakers: [speaker] })).toEqual([await uncached(speaker, STOP.maxTokens)]);
});

test('batched = alone, whatever speaks beside it and in which order', async () => {
  const alone = await Promise.all([['base' as const], [full], [some]].map(async speakers => (await tokensOf({ speakers }))[0]));
  expect(new Set(alone.map(String)).size).toBe(3);
  expect(await tokensOf({ speakers: ['base', full, some] })).toEqual(alone);
  expect(await tokensOf({ speakers: [some, 'base', some, full] })).toEqual([alone[2], alone[0], alone[2], alone[1]]);
});

test('longer than the cache grows at once: a hundred tokens are the same as without a cache', async () => {
  const whole = await uncached(full, 100);
  expect(await tokensOf({ speakers: ['base', full], stop: { ...STOP, maxTokens: 100 } })).toEqual([expect.anything(), whole]);
});

test('a prompt read in pieces leaves the same cache', async () => {
  const { stack, places } = stacked(['base']);
  const whole = emptyCache(model.config);
  const pieces = emptyCache(model.config);
  const expected = await decoding.step(whole, [PROMPT], places, stack, true);
  await decoding.step(pieces, [PROMPT.slice(0, 3)], places, stack, false);
  const found = await decoding.step(pieces, [PROMPT.slice(3)], places, stack, true);
  expected.logits!.forEach((logit, i) => void expect(found.logits![i]).toBeCloseTo(logit, 4));
  expect(pieces.lengths).toEqual([PROMPT.length]);
});

describe('where an answer ends', () => {
  test('at a stop token, row by row: the others go on', async () => {
    const [base, tuned] = await tokensOf({ speakers: ['base', full] });
    const end = base.find(id => !tuned.includes(id))!;
    const rows = await ask({ speakers: ['base', full], stop: { ...STOP, tokens: [end] } });
    expect(rows.map(({ why }) => why)).toEqual(['end', 'length']);
    expect(rows.map(({ tokens }) => tokens)).toEqual([base.slice(0, base.indexOf(end)), tuned]);
  });

  test("at the context's end", async () => {
    const prompt = Array.from({ length: model.config.maxPositions - 3 }, (_, i) => 10 + (i % 200));
    const [row] = await ask({ prompt });
    expect([row.why, row.tokens.length]).toEqual(['length', 3]);
    await expect(ask({ prompt: [...prompt, 1, 2, 3] })).rejects.toMatchObject({
      problem: { code: 'engine.promptTooLong', values: { tokens: 512, most: 511 } },
    });
  });

  test('when the signal comes, with what there is', async () => {
    const abort = new AbortController();
    let asked = 0;
    const rows = await ask({}, abort.signal, () => {
      if (++asked === 4) abort.abort();
      return true;
    });
    expect(rows.map(({ why, tokens }) => [why, tokens.length])).toEqual([['aborted', 4]]);
    expect((await ask({}, AbortSignal.abort())).map(({ why, tokens }) => [why, tokens])).toEqual([['aborted', []]]);
  });
});

test('a token that is passed over gives way to the next best', async () => {
  const [plain] = await tokensOf({});
  const [row] = await ask({}, never, (_, id) => id !== plain[0]);
  expect(row.tokens).toHaveLength(STOP.maxTokens);
  expect(row.tokens).not.toContain(plain[0]);
});

test('the guard keeps numbers out that the notes lack', async () => {
  const speakers = ['base' as const, full, some];
  const long = { ...STOP, maxTokens: 100 };
  const free = await ask({ speakers, stop: long });
  const guarded = await ask({ speakers, stop: long, guard: { notes: 'nothing but words' } });
  expect(free.some(({ text }) => /\d/.test(text))).toBe(true);
  for (const { text } of guarded) expect(text.replace(/^\s*\d{1,2}[.)].*$/gm, '')).not.toMatch(/\d/);
});

test('the same seed says the same, another seed something else; the penalty changes what is said', async () => {
  const sampling = { ...GREEDY, temperature: 1, topP: 0.9, seed: 5 };
  const first = await tokensOf({ sampling, speakers: ['base', full] });
  expect(await tokensOf({ sampling, speakers: ['base', full] })).toEqual(first);
  expect((await tokensOf({ sampling, speakers: [full] }))[0]).toEqual(first[1]);
  expect(await tokensOf({ sampling: { ...sampling, seed: 6 }, speakers: ['base', full] })).not.toEqual(first);
  const plain = await tokensOf({ stop: { ...STOP, maxTokens: 60 } });
  expect(await tokensOf({ stop: { ...STOP, maxTokens: 60 }, sampling: { ...GREEDY, repetitionPenalty: 1.3 } })).not.toEqual(plain);
});

test('an adapter of another base is refused by name', async () => {
  await expect(async () => ask({ speakers: [{ ...full, fingerprint: 'f'.repeat(64) }] })).rejects.toMatchObject({
    problem: { code: 'engine.adapterOtherBase', values: { adapter: 'full', found: 'ffffffffffff' } },
  });
});
