// The fake server says what vLLM says, word for word where our client reads it: each row of the table in vLLM's documentation and source, by fetch.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BASE } from '../contracts/generator.ts';
import { tinyFolder } from '../support/models.ts';
import { type FakeVllm, openFakeVllm } from '../support/serving/fake-vllm.ts';

const PATH = tinyFolder('tiny-llama-lora');
let server: FakeVllm;
beforeAll(async () => {
  server = await openFakeVllm(BASE, { key: 'secret', maxRank: 3 });
});
beforeEach(() => server.forget());
afterAll(() => server.close());

async function call(method: 'GET' | 'POST', path: string, body?: unknown, key = 'secret') {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const response = await fetch(server.url.replace(/\/v1$/, path), {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}
const load = (lora_name: string, lora_path = tinyFolder('tiny-llama-lora-qv-bf16')) =>
  call('POST', '/v1/load_lora_adapter', { lora_name, lora_path });
/** OpenAI's frame of an error. */
const error = (status: number, type: string, message: string, param: string | null = null) =>
  JSON.stringify({ error: { message, type, param, code: status } });

describe('loading', () => {
  it('succeeds in plain text', async () => {
    expect(await load('x')).toEqual({ status: 200, type: 'text/plain', text: "Success: LoRA adapter 'x' added successfully." });
  });

  it('a name that is loaded', async () => {
    await load('x');
    expect(await load('x')).toMatchObject({ status: 400, text: expect.stringMatching(/InvalidUserInput/) });
    expect((await load('x')).text).toMatch(/has already been loaded.*set 'load_inplace' to True/);
  });

  it.each([
    [
      'a path that is not there',
      { lora_name: 'x', lora_path: '/nowhere' },
      404,
      error(404, 'NotFoundError', 'Loading lora x failed: No adapter found for /nowhere'),
    ],
    ['the name of the base', { lora_name: 'base', lora_path: PATH }, 400, expect.stringContaining('InvalidUserInput')],
    ['a field missing', { lora_name: 'x' }, 400, expect.stringMatching(/"Bad Request","param":"body.lora_path"/)],
    [
      'a rank above the limit',
      { lora_name: 'x', lora_path: PATH },
      500,
      error(500, 'InternalServerError', 'LoRA rank 4 is greater than max_lora_rank 3.'),
    ],
  ])('%s', async (_, body, status, text) => {
    expect(await call('POST', '/v1/load_lora_adapter', body)).toEqual({ status, type: 'application/json', text });
    expect(server.loaded()).toEqual([]);
  });
});

describe('unloading', () => {
  it('succeeds in plain text, once', async () => {
    await load('x');
    const unload = () => call('POST', '/v1/unload_lora_adapter', { lora_name: 'x' });
    expect(await unload()).toEqual({ status: 200, type: 'text/plain', text: "Success: LoRA adapter 'x' removed successfully." });
    expect(await unload()).toMatchObject({ status: 404, text: expect.stringContaining('cannot be found') });
  });
});

describe('asking', () => {
  it('a model that is not loaded', async () => {
    const body = { model: 'nope', prompt: [1], max_tokens: 1 };
    expect(await call('POST', '/v1/completions', body)).toMatchObject({
      status: 404,
      text: error(404, 'NotFoundError', 'The model `nope` does not exist.'),
    });
  });

  it('what there is: the base without a parent, an adapter with it and its path', async () => {
    await load('x', tinyFolder('tiny-llama-lora-qv-bf16'));
    const { data } = JSON.parse((await call('GET', '/v1/models')).text);
    expect(data).toMatchObject([
      { id: 'base', parent: null },
      { id: 'x', parent: 'base', root: tinyFolder('tiny-llama-lora-qv-bf16') },
    ]);
  });

  it('how likely a prompt is: nothing for the first token, one entry by its id for each other', async () => {
    const body = { model: 'base', prompt: [210, 142, 244], max_tokens: 1, temperature: 0, prompt_logprobs: 0 };
    const { choices, usage } = JSON.parse((await call('POST', '/v1/completions', body)).text);
    expect(choices[0].prompt_logprobs).toMatchObject([
      null,
      { 142: { logprob: expect.any(Number) } },
      { 244: { rank: expect.any(Number) } },
    ]);
    expect(usage.prompt_tokens).toBe(3);
  });

  it('the key guards /v1 and not /health', async () => {
    expect(await call('GET', '/v1/models', undefined, 'wrong')).toMatchObject({ status: 401 });
    expect(await call('GET', '/health', undefined, 'wrong')).toMatchObject({ status: 200 });
  });
});
