// What people read when a server does not do what it should, and what is not left to a server: adapters out of use, requests given up, patience.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openModelFolder } from '../../src/model/folder.ts';
import { openTokenizer } from '../../src/model/tokenizer.ts';
import { Refusal } from '../../src/problem.ts';
import { say } from '../../src/words/words.ts';
import { openAnswering } from '../../worker/answering.ts';
import type { Adapter } from '../../worker/engine/generator.ts';
import { MOST_LOADED } from '../../worker/serving/loaded.ts';
import { openServer } from '../../worker/serving/server.ts';
import { openServing, type Serving } from '../../worker/serving/serving.ts';
import { openBase } from '../../worker/workplace.ts';
import { BASE } from '../contracts/generator.ts';
import { tinyFolder } from '../support/models.ts';
import { type FakeVllm, type FakeVllmOptions, openFakeVllm } from '../support/serving/fake-vllm.ts';

const never = new AbortController().signal;
const LORA = tinyFolder('tiny-llama-lora');
let closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

async function served(options: FakeVllmOptions = {}): Promise<{ server: FakeVllm; serving: Serving }> {
  const server = await openFakeVllm(BASE, options);
  closing.push(server.close);
  const tokenizer = await openTokenizer(BASE);
  const { maxPositions } = (await openModelFolder(BASE)).config;
  const serving = await openServing({ url: server.url, model: 'base', tokenizer, maxPositions });
  closing.push(serving.close);
  return { server, serving };
}

const adapter = (name: string, folder = LORA): Adapter => ({ name, folder, rank: 4, fingerprint: '' });
const ask = (serving: Serving, speaker: Adapter | 'base', signal = never) =>
  serving.generate(
    {
      prompt: [210, 142, 244],
      speakers: [speaker],
      sampling: { temperature: 0, topP: 1, repetitionPenalty: 1, seed: 0 },
      stop: { tokens: [], maxTokens: 2, repeatedLine: false },
    },
    signal,
  );
async function sentence(doing: Promise<unknown>): Promise<string> {
  const error = await doing.then(
    () => expect.unreachable('it was not refused'),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(Refusal);
  const { code, values } = (error as Refusal).problem;
  return say('en', code, values);
}

describe('one sentence, with what would help', () => {
  it('a rank above the server’s limit: the flag and the number to start it with', async () => {
    const { serving } = await served({ maxRank: 3 });
    expect(await sentence(ask(serving, adapter('v1-a')))).toMatch(
      /up to rank 3, and v1-a has rank 4: start vLLM with --max-lora-rank 64\.$/,
    );
  });

  it('a rank that only a larger limit takes', async () => {
    const { url } = await answering((_, response) =>
      response.writeHead(500).end('{"error":{"message":"LoRA rank 200 is greater than max_lora_rank 64."}}'),
    );
    const loading = openServer({ url }).load({ name: 'v1-a', path: LORA, rank: 200 }, never);
    expect(await sentence(loading)).toMatch(/--max-lora-rank 256\.$/);
  });

  it('a folder that the server does not see', async () => {
    const { serving } = await served();
    expect(await sentence(ask(serving, adapter('v1-a', '/nowhere')))).toMatch(
      /does not find the folder of v1-a.*ARTIFACTS_DIR under the same path/,
    );
  });

  it('anything else that it says against an adapter is passed on', async () => {
    const { url } = await answering((_, response) => response.writeHead(500).end('{"error":{"message":"unexpected modules: lm_head"}}'));
    expect(await sentence(openServer({ url }).load({ name: 'v1-a', path: LORA, rank: 4 }, never))).toMatch(
      /did not load v1-a: unexpected modules: lm_head/,
    );
  });

  it('a server that puts its own template around the prompt', async () => {
    const { url } = await answering((path, response) => {
      if (path !== '/v1/completions') return response.writeHead(path === '/v1/models' ? 200 : 404).end('{"data":[{"id":"base"}]}');
      response.end(JSON.stringify({ choices: [{ text: 'a' }], usage: { prompt_tokens: 99 } }));
    });
    const tokenizer = await openTokenizer(BASE);
    expect(await sentence(openServing({ url, model: 'base', tokenizer, maxPositions: 320 }))).toMatch(
      /reads 99 tokens where I sent \d+: it puts a template/,
    );
  });
});

describe('a server that takes text only', () => {
  /** Begins every text with `extra` tokens of its own, and tells how many it read. */
  const texts = async (extra: number) => {
    const tokenizer = await openTokenizer(BASE);
    const prompts: string[] = [];
    const { url } = await answering((path, response, body) => {
      if (path !== '/v1/completions') return response.writeHead(path === '/v1/models' ? 200 : 404).end('{"data":[]}');
      if (typeof body.prompt !== 'string') return response.writeHead(400).end('{"detail":"prompt must be a string."}');
      prompts.push(body.prompt);
      const prompt_tokens = tokenizer.encode(body.prompt).length + extra;
      response.end(JSON.stringify({ choices: [{ text: 'a', finish_reason: 'stop' }], usage: { prompt_tokens } }));
    });
    const serving = await openServing({ url, model: 'base', tokenizer, maxPositions: 320 });
    closing.push(serving.close);
    return { tokenizer, serving, prompts };
  };
  const RENDERED = '<|im_start|>user\nWhere is boat 3?<|im_end|>\n<|im_start|>assistant\n';

  it('gets the rendered prompt with its control tokens', async () => {
    const { tokenizer, serving, prompts } = await texts(0);
    await serving.generate({ ...asking, prompt: tokenizer.encode(RENDERED) }, never);
    expect(prompts.at(-1)).toBe(RENDERED);
  });

  it('and begins it with a token of its own: ours is left out', async () => {
    const { tokenizer, serving, prompts } = await texts(1);
    await serving.generate({ ...asking, prompt: tokenizer.encode(RENDERED) }, never);
    expect(prompts.at(-1)).toBe(RENDERED.slice('<|im_start|>'.length));
  });
});

const asking = {
  speakers: ['base'] as const satisfies string[],
  sampling: { temperature: 0, topP: 1, repetitionPenalty: 1, seed: 0 },
  stop: { tokens: [], maxTokens: 2, repeatedLine: false },
};

it('a server that passes over no token: the answer ends before what may not be written, at once', async () => {
  const tokenizer = await openTokenizer(BASE);
  const PROMPT = tokenizer.encode('Numbers:');
  const greedy = tokenizer.encode('boats 99 in');
  let asked = 0;
  const { url } = await answering((path, response, body) => {
    if (path !== '/v1/completions') return response.writeHead(path === '/v1/models' ? 200 : 404).end('{"data":[]}');
    asked++;
    const begun = (body.prompt as number[]).length - PROMPT.length;
    const ids = greedy.slice(Math.max(0, begun)).slice(0, Number(body.max_tokens));
    response.end(JSON.stringify({ choices: [{ text: tokenizer.decode(ids), finish_reason: 'length' }] }));
  });
  const serving = await openServing({ url, model: 'base', tokenizer, maxPositions: 320 });
  closing.push(serving.close);
  const request = { ...asking, prompt: PROMPT, stop: { tokens: [], maxTokens: 20, repeatedLine: false }, guard: { notes: 'boats: 17' } };
  const [{ text, why }] = await serving.generate(request, never);
  expect({ text: text.trim(), why }).toEqual({ text: 'boats', why: 'length' });
  expect(asked).toBeLessThan(5);
});

describe('what lies on the server', () => {
  it('is taken off when its files are gone; what is still there, and what is others’, stays', async () => {
    const { server, serving } = await served();
    const artifacts = mkdtempSync(join(tmpdir(), 'apprentice-artifacts-'));
    closing.push(() => rmSync(artifacts, { recursive: true, force: true }));
    const folders = ['versions/run-1-1', 'versions/run-2-1'].map(name => join(artifacts, name));
    for (const folder of folders) cpSync(LORA, folder, { recursive: true });
    const elsewhere = mkdtempSync(join(tmpdir(), 'apprentice-elsewhere-'));
    cpSync(LORA, elsewhere, { recursive: true });
    for (const [i, folder] of [...folders, elsewhere].entries()) await ask(serving, adapter(`v${i}`, folder));
    rmSync(elsewhere, { recursive: true });

    await serving.takeOffGone(artifacts, never);
    expect(server.loaded()).toEqual(['v0', 'v1', 'v2']);
    rmSync(folders[0], { recursive: true });
    await serving.takeOffGone(artifacts, never);
    expect(server.loaded()).toEqual(['v1', 'v2']);
  });

  it('is as much as it keeps in memory: who was not asked for longest goes, and comes back when asked for', async () => {
    const { server, serving } = await served();
    for (let i = 0; i < MOST_LOADED; i++) await ask(serving, adapter(`v${i}`));
    await ask(serving, adapter('v0'));
    await ask(serving, adapter('one-more'));
    await expect.poll(() => server.loaded()).toHaveLength(MOST_LOADED);
    expect(server.loaded()).toContain('v0');
    expect(server.loaded()).not.toContain('v1');
    await ask(serving, adapter('v1'));
    expect(server.loaded()).toContain('v1');
  });
});

describe('time', () => {
  it('a question that nobody waits for is given up at the server, too', async () => {
    const { server, serving } = await served();
    server.hang();
    const before = server.calls.length;
    const leaving = new AbortController();
    const asked = ask(serving, 'base', leaving.signal);
    await expect.poll(() => server.calls.slice(before)).toEqual(['POST /v1/completions base']);
    expect(server.abandoned()).toBe(0);
    leaving.abort();
    expect(await asked).toMatchObject([{ why: 'aborted', tokens: [] }]);
    await expect.poll(() => server.abandoned()).toBe(1);
  });

  it('a call that takes its whole time is not begun again', async () => {
    const { server } = await served();
    server.hang();
    const before = server.calls.length;
    const asked = openServer({ url: server.url, timeoutMs: 50 }).complete(
      { model: 'base', prompt: [1], max_tokens: 1, temperature: 0 },
      never,
    );
    expect(await sentence(asked)).toMatch(/cannot be reached \(timeout\)/);
    expect(server.calls).toHaveLength(before + 1);
  });
});

describe('at the start', () => {
  it('a server that is not there yet is waited for, said once, and used as soon as it is', async () => {
    const server = await openFakeVllm(BASE);
    closing.push(server.close);
    server.failWith(503);
    const said: string[] = [];
    const opening = openAnswering({ answer: { url: server.url, model: 'base' }, threads: 1, precision: 'f32' }, await openBase(BASE), {
      spinMicroseconds: 0,
      onWaiting: ({ code, values }) => void said.push(say('en', code, values)),
      signal: never,
    });
    await expect.poll(() => said, { timeout: 20_000 }).toEqual([expect.stringMatching(/not there yet \(503\).*I begin as soon as it is/)]);
    server.failWith(undefined);
    const { generator } = await opening;
    closing.push(generator.close);
    expect(generator.canAdapt).toBe(true);
    expect(said).toHaveLength(1);
  }, 30_000);

  it('who leaves meanwhile leaves at once', async () => {
    const leaving = new AbortController();
    const answer = { url: 'http://127.0.0.1:9/v1', model: 'base' };
    const opening = openAnswering({ answer, threads: 1, precision: 'f32' }, await openBase(BASE), {
      spinMicroseconds: 0,
      onWaiting: () => leaving.abort(),
      signal: leaving.signal,
    });
    await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
  });
});

/** A server that answers by `answer`; gone after the test. */
async function answering(
  answer: (path: string, response: ServerResponse, body: Record<string, unknown>) => void,
): Promise<{ url: string }> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request
      .on('data', piece => pieces.push(piece))
      .on('end', () => answer(request.url ?? '', response, pieces.length ? JSON.parse(String(Buffer.concat(pieces))) : {}));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise(resolve => server.close(resolve)));
  closing.push(() => server.closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
