// An OpenAI-compatible server as vLLM 0.33 is one, with its run-time adapters and its quirks; behind it our engine writes with a tiny model.
// Paths, statuses and messages: vLLM's documentation ("LoRA Adapters") and its source, vllm/entrypoints/openai/serving_models.py.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openModelFolder } from '../../../src/model/folder.ts';
import { openTokenizer } from '../../../src/model/tokenizer.ts';
import { openDecoding } from '../../../worker/engine/decoding.ts';
import { openWriter } from '../../../worker/engine/generate.ts';
import type { Adapter } from '../../../worker/engine/generator.ts';
import { openLocalEngine } from '../../../worker/engine/local.ts';
import { openSpeakers } from '../../../worker/engine/speakers.ts';

export type FakeVllmOptions = {
  key?: string;
  /** VLLM_ALLOW_RUNTIME_LORA_UPDATING and --enable-lora */
  adapters?: boolean;
  /** --max-lora-rank */
  maxRank?: number;
  /** The bug of vllm-project/vllm#48421: a base request that is batched with an adapter's gets the adapter's weights. */
  mixesBase?: boolean;
};

export type FakeVllm = {
  url: string;
  /** What was asked of it, in order: method, path, the model. */
  calls: string[];
  /** As after a restart: no adapter is loaded. */
  forget(): void;
  /** Answers every call with this status from now on; undefined = works again. */
  failWith(status: number | undefined): void;
  /** Takes completions and does not answer them. */
  hang(): void;
  /** Requests that were given up by whoever asked. */
  abandoned(): number;
  /** From now on it is this one, under the old address. */
  becomes(other: FakeVllm): void;
  loaded(): string[];
  answer(method: string, path: string, body: Record<string, unknown>, authorization?: string): Promise<Answer>;
  close(): Promise<void>;
};

type Answer = { status: number; text: string; json: boolean };
const ok = (value: unknown): Answer => ({ status: 200, text: JSON.stringify(value), json: true });
const plain = (text: string): Answer => ({ status: 200, text, json: false });
const refuse = (status: number, type: string, message: string, param: string | null = null): Answer => ({
  status,
  text: JSON.stringify({ error: { message, type, param, code: status } }),
  json: true,
});

/** So long apart, two requests still count as batched. */
const MOMENT_MS = 1_500;

/** Every field that a completion may have here; another one is an error, so that nothing is asked in vain. */
const FIELDS = new Set([
  'model',
  'prompt',
  'max_tokens',
  'temperature',
  'top_p',
  'seed',
  'stop',
  'logit_bias',
  'stop_token_ids',
  'repetition_penalty',
  'return_token_ids',
  'prompt_logprobs',
]);

export async function openFakeVllm(folder: string, options: FakeVllmOptions = {}): Promise<FakeVllm> {
  const { key, adapters = true, maxRank = 16, mixesBase = false } = options;
  const model = await openModelFolder(folder);
  const tokenizer = await openTokenizer(folder);
  const engine = await openLocalEngine({ folder, precision: 'f32', threads: 1 });
  const decoding = openDecoding(model, { threads: 1 });
  const speakerOf = openSpeakers(model);
  const writer = openWriter({ model, tokenizer, decoding, takeTurn: async () => () => {}, keepsTurn: true, cacheBytes: 2 ** 28 });
  const copies = mkdtempSync(join(tmpdir(), 'apprentice-fake-vllm-'));
  const loaded = new Map<string, Adapter>();
  /** The path that each was loaded from. */
  const roots = new Map<string, string>();
  const calls: string[] = [];
  const inFlight: string[] = [];
  let failure: number | undefined;
  let hangs = false;
  let successor: FakeVllm | undefined;
  let abandoned = 0;
  const never = new AbortController().signal;

  function load({ lora_name: name, lora_path: path }: Record<string, string>): Answer {
    const missing = [['lora_name', name] as const, ['lora_path', path] as const].find(([, value]) => value === undefined)?.[0];
    if (missing) return refuse(400, 'Bad Request', 'Field required', `body.${missing}`);
    if (name === 'base') return refuse(400, 'InvalidUserInput', `The lora adapter '${name}' has the name of the base model.`);
    if (loaded.has(name))
      return refuse(
        400,
        'InvalidUserInput',
        `The lora adapter '${name}' has already been loaded. If you want to load it in place, set 'load_inplace' to True.`,
      );
    const file = join(path, 'adapter_config.json');
    if (!existsSync(file)) return refuse(404, 'NotFoundError', `Loading lora ${name} failed: No adapter found for ${path}`);
    const { apprentice: _, ...config } = JSON.parse(readFileSync(file, 'utf8')) as { r: number; apprentice?: unknown };
    const { r: rank } = config;
    if (rank > maxRank) return refuse(500, 'InternalServerError', `LoRA rank ${rank} is greater than max_lora_rank ${maxRank}.`);
    // It does not look at the base that the adapter was made for: what is ours in the config means nothing to it.
    const copy = join(copies, name);
    cpSync(path, copy, { recursive: true });
    writeFileSync(join(copy, 'adapter_config.json'), JSON.stringify(config));
    loaded.set(name, { name, folder: copy, rank, fingerprint: model.fingerprint });
    roots.set(name, path);
    return plain(`Success: LoRA adapter '${name}' added successfully.`);
  }

  function unload({ lora_name: name }: Record<string, string>): Answer {
    if (!name) return refuse(400, 'Bad Request', 'Field required', 'body.lora_name');
    if (!loaded.delete(name)) return refuse(404, 'NotFoundError', `The lora adapter '${name}' cannot be found.`);
    return plain(`Success: LoRA adapter '${name}' removed successfully.`);
  }

  async function complete(body: Record<string, unknown>): Promise<Answer> {
    const unknown = Object.keys(body).find(field => !FIELDS.has(field));
    if (unknown) return refuse(400, 'BadRequestError', `unknown field ${unknown}`);
    const name = String(body.model);
    if (name !== 'base' && !loaded.has(name)) return refuse(404, 'NotFoundError', `The model \`${name}\` does not exist.`);
    const prompt = body.prompt as number[];
    const most = Number(body.max_tokens ?? 16);
    if (prompt.length + most > model.config.maxPositions)
      return refuse(400, 'BadRequestError', `This model's maximum context length is ${model.config.maxPositions} tokens.`);
    inFlight.push(name);
    const beside = mixesBase && name === 'base' ? await adapterBeside() : undefined;
    const speaks = loaded.get(beside ?? name) ?? 'base';
    try {
      const banned = new Set(Object.keys((body.logit_bias as object) ?? {}).map(Number));
      const stops = (body.stop_token_ids as number[]) ?? tokenizer.endTokens;
      const [said] = await writer.generate(
        {
          prompt,
          speakers: [speaks],
          sampling: {
            temperature: Number(body.temperature ?? 1),
            topP: Number(body.top_p ?? 1),
            repetitionPenalty: Number(body.repetition_penalty ?? 1),
            seed: Number(body.seed ?? 0),
          },
          stop: { tokens: stops, maxTokens: most, repeatedLine: false },
        },
        [speakerOf(speaks)],
        never,
        (_, id) => !banned.has(id),
      );
      const choice = {
        index: 0,
        text: said.text,
        finish_reason: said.why === 'end' ? 'stop' : 'length',
        ...(adapters && body.return_token_ids === true && { token_ids: said.tokens }),
        prompt_logprobs: adapters && body.prompt_logprobs !== undefined ? await promptLogprobs(prompt, speaks) : null,
      };
      const usage = { prompt_tokens: prompt.length, completion_tokens: said.tokens.length };
      return ok({ id: 'cmpl-1', object: 'text_completion', model: name, choices: [choice], usage });
    } finally {
      const over = () => void inFlight.splice(inFlight.indexOf(name), 1);
      // Who asks for both at once may not come in the same moment, on a busy machine.
      if (mixesBase && name !== 'base') setTimeout(over, MOMENT_MS);
      else over();
    }
  }

  /** The adapter of a request that arrives within a moment of another one. */
  async function adapterBeside(): Promise<string | undefined> {
    const other = () => inFlight.find(name => name !== 'base');
    for (const until = Date.now() + MOMENT_MS; !other() && Date.now() < until; ) await new Promise(resolve => setTimeout(resolve, 5));
    return other();
  }

  /** As `prompt_logprobs: 0`: the prompt's own token at each place, nothing at the first. */
  async function promptLogprobs(prompt: number[], speaks: Adapter | 'base') {
    const rows = prompt.slice(1).map((id, i) => ({ prompt: prompt.slice(0, i + 1), answer: [id] }));
    const scores = await engine.score(rows, speaks, never);
    return [null, ...scores.map(({ loss }, i) => ({ [prompt[i + 1]]: { logprob: -loss, rank: 1, decoded_token: '' } }))];
  }

  async function answer(method: string, path: string, body: Record<string, unknown>, authorization?: string): Promise<Answer> {
    if (successor) return successor.answer(method, path, body, authorization);
    if (failure) return { status: failure, text: 'upstream', json: false };
    if (path === '/health') return plain('');
    if (key && path.startsWith('/v1') && authorization !== `Bearer ${key}`)
      return { status: 401, text: JSON.stringify({ error: 'Unauthorized' }), json: true };
    if (method === 'GET' && path === '/v1/models') {
      const entries = [...loaded.keys()].map(id => ({ id, object: 'model', parent: 'base', root: roots.get(id) }));
      return ok({ object: 'list', data: [{ id: 'base', object: 'model', parent: null, root: folder }, ...entries] });
    }
    if (method === 'POST' && path === '/v1/completions') return complete(body);
    if (adapters && method === 'POST' && path === '/v1/load_lora_adapter') return load(body as Record<string, string>);
    if (adapters && method === 'POST' && path === '/v1/unload_lora_adapter') return unload(body as Record<string, string>);
    return { status: 404, text: JSON.stringify({ detail: 'Not Found' }), json: true };
  }

  const server = createServer((request, response) => {
    void bodyOf(request).then(async body => {
      const { method = '', url = '' } = request;
      calls.push(`${method} ${url} ${body.model ?? body.lora_name ?? ''}`.trim());
      response.once('close', () => void (response.writableEnded || abandoned++));
      if (hangs && url === '/v1/completions') return;
      const { status, text, json } = await answer(method, url, body, request.headers.authorization).catch(error =>
        refuse(500, 'InternalServerError', String(error)),
      );
      response.writeHead(status, { 'content-type': json ? 'application/json' : 'text/plain' }).end(text);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    forget: () => loaded.clear(),
    failWith: status => void (failure = status),
    becomes: other => void (successor = other),
    answer,
    hang: () => void (hangs = true),
    abandoned: () => abandoned,
    loaded: () => [...loaded.keys()],
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await engine.close();
      await decoding.close();
      rmSync(copies, { recursive: true, force: true });
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return pieces.length ? JSON.parse(Buffer.concat(pieces).toString('utf8')) : {};
}
