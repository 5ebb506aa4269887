// Several people at once: what is written together is what would be written alone, nobody is lost, and nobody takes too much memory.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openModelFolder } from '../../src/model/folder.ts';
import type { ModelFolder } from '../../src/model/model.ts';
import { type ChatTokenizer, openTokenizer } from '../../src/model/tokenizer.ts';
import { bytesPerToken } from '../../worker/engine/cache.ts';
import { type Decoding, openDecoding } from '../../worker/engine/decoding.ts';
import { openWriter } from '../../worker/engine/generate.ts';
import type { Adapter, GenerateRequest } from '../../worker/engine/generator.ts';
import { openSpeakers } from '../../worker/engine/speakers.ts';
import { newTurns } from '../../worker/engine/turns.ts';
import { tinyFolder } from '../support/models.ts';

const never = new AbortController().signal;
let model: ModelFolder;
let tokenizer: ChatTokenizer;
let decoding: Decoding;
let full: Adapter;
let some: Adapter;
beforeAll(async () => {
  const folder = tinyFolder('tiny-llama');
  model = await openModelFolder(folder);
  tokenizer = await openTokenizer(folder);
  decoding = openDecoding(model, { threads: 1 });
  full = { name: 'full', folder: tinyFolder('tiny-llama-lora'), rank: 4, fingerprint: model.fingerprint };
  some = { name: 'some', folder: tinyFolder('tiny-llama-lora-qv-bf16'), rank: 2, fingerprint: model.fingerprint };
});
afterAll(() => decoding.close());

/** A writer, and how many rows each of its steps had that wrote a token. */
function newWriter({ cacheBytes = 2 ** 30, takeTurn = async () => () => {}, keepsTurn = true } = {}) {
  const rows: number[] = [];
  const read: number[] = [];
  let breaks = false;
  const watched: Decoding = {
    ...decoding,
    step(cache, tokens, ...rest) {
      if (breaks) {
        breaks = false;
        throw new Error('the graph broke');
      }
      if (tokens[0].length === 1) rows.push(tokens.length);
      else read.push(tokens.length * tokens[0].length);
      return decoding.step(cache, tokens, ...rest);
    },
  };
  const speakerOf = openSpeakers(model);
  const writer = openWriter({ model, tokenizer, decoding: watched, takeTurn, keepsTurn, cacheBytes });
  const ask = (request: GenerateRequest, signal = never, onToken: () => unknown = () => {}) => {
    const permits = () => {
      onToken();
      return true;
    };
    return writer.generate(request, request.speakers.map(speakerOf), signal, permits);
  };
  return { rows, read, ask, breakNext: () => (breaks = true) };
}

/** Questions of different length, speakers and limits. */
const question = (n: number): GenerateRequest => ({
  prompt: Array.from({ length: 2 + ((n * 37) % 150) }, (_, i) => 20 + ((i * 7 + n * 13) % 280)),
  speakers: [['base' as const], ['base' as const, full], [some], [full, some]][n % 4],
  sampling: { temperature: n % 5 === 4 ? 0.8 : 0, topP: 0.9, repetitionPenalty: 1, seed: n },
  stop: { tokens: [], maxTokens: 5 + ((n * 29) % 60), repeatedLine: n % 2 === 0 },
  ...(n % 3 === 0 && { guard: { notes: 'nothing but words' } }),
});
const tokensOf = (answers: { tokens: number[] }[]) => answers.map(({ tokens }) => tokens);

test('twelve who ask while others are being answered get what they would get alone', async () => {
  const { ask, rows } = newWriter();
  const alone = [];
  for (let n = 0; n < 12; n++) alone.push(tokensOf(await ask(question(n))));
  const stepsAlone = rows.length;
  rows.length = 0;
  const together: Promise<number[][]>[] = [];
  // Each one asks when the one before has its third token.
  const askNext = () => {
    const n = together.length;
    if (n === 12) return;
    let heard = 0;
    together.push(ask(question(n), never, () => ++heard === 3 && askNext()).then(tokensOf));
  };
  askNext();
  await together[0];
  while (together.length < 12) await Promise.all(together);
  expect(await Promise.all(together)).toEqual(alone);
  expect(Math.max(...rows)).toBeGreaterThan(4);
  expect(rows.length).toBeLessThan(stepsAlone / 2);
});

test('a row that does not fit beside the others waits its turn, in the order of asking; alone it always fits', async () => {
  const request = { ...question(1), speakers: ['base' as const], stop: { tokens: [], maxTokens: 20, repeatedLine: false } };
  const tokens = request.prompt.length + request.stop.maxTokens;
  const order: number[] = [];
  const all = async ({ ask }: ReturnType<typeof newWriter>) =>
    Promise.all([0, 1, 2, 3, 4].map(n => ask(request).then(() => order.push(n))));
  const narrow = newWriter({ cacheBytes: 2 * tokens * bytesPerToken(model.config) });
  await all(narrow);
  expect(Math.max(...narrow.rows)).toBe(2);
  expect(order).toEqual([0, 1, 2, 3, 4]);
  const tight = newWriter({ cacheBytes: 1 });
  await all(tight);
  expect(Math.max(...tight.rows)).toBe(1);
});

test('who gives up leaves, the others go on', async () => {
  const { ask } = newWriter();
  const [first, second, third] = [1, 2, 3].map(question);
  const expected = tokensOf(await ask(third));
  const abort = new AbortController();
  let heard = 0;
  const leaving = ask(first, abort.signal, () => ++heard === 4 && abort.abort());
  const waiting = ask(second, abort.signal);
  const staying = ask(third);
  expect((await leaving).map(({ why }) => why)).toEqual(['aborted', 'aborted']);
  expect((await waiting).map(({ why }) => why)).toEqual(['aborted']);
  expect(tokensOf(await staying)).toEqual(expected);
});

test('what goes wrong in one answer fails that one alone, wherever it is', async () => {
  const { ask } = newWriter();
  const breaking = new Error('broken');
  const expected = tokensOf(await ask(question(3)));
  const breaksAt = (token: number) => {
    let heard = 0;
    return ask(question(7), never, () => {
      if (++heard === token) throw breaking;
    });
  };
  const all = await Promise.allSettled([breaksAt(1), ask(question(3)), breaksAt(6), ask(question(3))]);
  expect(all.map(each => (each.status === 'rejected' ? each.reason : tokensOf(each.value)))).toEqual([
    breaking,
    expected,
    breaking,
    expected,
  ]);
});

test('a step that fails fails whoever is in it, and the next ones are written', async () => {
  const { ask, breakNext } = newWriter();
  const expected = tokensOf(await ask(question(3)));
  let heard = 0;
  const both = [ask(question(3), never, () => ++heard === 5 && breakNext()), ask(question(2))];
  for (const each of both) await expect(each).rejects.toThrow('the graph broke');
  expect(tokensOf(await ask(question(3)))).toEqual(expected);
});

test('what was read last is not read again: a text that goes on is written as if it were, and so is one that only begins alike', async () => {
  const { ask, read } = newWriter();
  const fresh = (request: GenerateRequest) => newWriter().ask(request).then(tokensOf);
  const first = { ...question(1), prompt: question(3).prompt.slice(0, 100) };
  const [base] = tokensOf(await ask(first));
  const goesOn = { ...first, prompt: [...first.prompt, ...base, 7, 8, 9] };
  const beginsAlike = { ...first, prompt: [...first.prompt.slice(0, 60), 7, 8, 9], speakers: [full] };
  const another = { ...goesOn, speakers: [some] };
  read.length = 0;
  for (const request of [goesOn, beginsAlike, first, another]) expect(tokensOf(await ask(request))).toEqual(await fresh(request));
  // The last token of a prompt is always read, alone: those steps are counted as written.
  expect(read).toEqual([2 * (base.length + 3), 3, goesOn.prompt.length]);
});

test('what is measured lets answers go first after every token, and who waits for the engine may leave at once', async () => {
  const turns = newTurns();
  const measuring = newWriter({ takeTurn: () => turns.take(false, never), keepsTurn: false });
  const answering = newWriter({ takeTurn: () => turns.take(true, never) });
  const order: string[] = [];
  let answered: Promise<unknown> | undefined;
  let tokens = 0;
  const onToken = () => {
    if (++tokens === 3) answered = answering.ask(question(3)).then(() => order.push('answered'));
  };
  await measuring.ask(question(1), never, onToken).then(() => order.push('measured'));
  await answered;
  expect(order).toEqual(['answered', 'measured']);

  const endTurn = await turns.take(true, never);
  const abort = new AbortController();
  const waiting = measuring.ask(question(1), abort.signal);
  abort.abort();
  expect((await waiting).map(({ why }) => why)).toEqual(['aborted', 'aborted']);
  endTurn();
});
