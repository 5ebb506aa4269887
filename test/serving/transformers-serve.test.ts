// A real OpenAI-compatible server, `transformers serve`, with the tiny base and its adapter merged into it. It knows no adapters, takes text only and
// passes over no token: it answers as one model, and says how to get two. Runs where TORCH_SERVING_PYTHON names a Python that has it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openModelFolder } from '../../src/model/folder.ts';
import { promptIds } from '../../src/model/prompt.ts';
import { type ChatTokenizer, openTokenizer } from '../../src/model/tokenizer.ts';
import type { Generator } from '../../worker/engine/generator.ts';
import { openLocalEngine } from '../../worker/engine/local.ts';
import { openServing, type Serving } from '../../worker/serving/serving.ts';
import { BASE } from '../contracts/generator.ts';
import { tinyFolder } from '../support/models.ts';

const python = process.env.TORCH_SERVING_PYTHON || undefined;
if (!python)
  console.warn(
    'SKIPPED: transformers serve. Set TORCH_SERVING_PYTHON to a Python with torch, peft and transformers[serving] to try a real server.',
  );

const LORA = tinyFolder('tiny-llama-lora');
const never = new AbortController().signal;
const MERGE = `
import sys, torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer
base, lora, out = sys.argv[1:]
model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
PeftModel.from_pretrained(model, lora).merge_and_unload().save_pretrained(out)
AutoTokenizer.from_pretrained(base).save_pretrained(out)
`;

describe.skipIf(!python)('transformers serve', () => {
  const folder = mkdtempSync(join(tmpdir(), 'apprentice-transformers-serve-'));
  const merged = join(folder, 'merged');
  let child: ChildProcess;
  let tokenizer: ChatTokenizer;
  let serving: Serving;
  /** What its answers are compared with. */
  let engine: Generator;
  let url: string;

  beforeAll(async () => {
    execFileSync(python!, ['-W', 'ignore', '-c', MERGE, BASE, LORA, merged], { stdio: 'pipe' });
    // It lists models of a cache that must be there, and looks for nothing outside.
    mkdirSync(join(folder, 'hub'));
    const env = { ...process.env, HF_HOME: folder, HF_HUB_OFFLINE: '1', OMP_NUM_THREADS: '1' };
    const port = await freePort();
    const args = ['-W', 'ignore', '-m', 'transformers.cli.transformers', 'serve', merged, '--port', String(port), '--device', 'cpu'];
    child = spawn(python!, [...args, '--dtype', 'float32'], { env, stdio: 'ignore' });
    url = `http://localhost:${port}`;
    await vi.waitFor(() => fetch(`${url}/health`), { timeout: 120_000, interval: 250 });
    tokenizer = await openTokenizer(BASE);
    serving = await open(merged);
    engine = await openLocalEngine({ folder: BASE, precision: 'f32', threads: 1 });
  }, 180_000);
  afterAll(async () => {
    await serving?.close();
    await engine?.close();
    if (child?.exitCode === null) await new Promise(resolve => child.once('exit', resolve).kill('SIGKILL'));
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (model: string) => {
    const { maxPositions } = (await openModelFolder(BASE)).config;
    return openServing({ url, model, tokenizer, maxPositions });
  };
  const adapter = async () => ({ name: 'v1-0123456789ab', folder: LORA, rank: 4, fingerprint: (await openModelFolder(BASE)).fingerprint });
  const request = (text: string) => ({
    prompt: promptIds(tokenizer, [{ role: 'user', content: text }]),
    sampling: { temperature: 0, topP: 1, repetitionPenalty: 1, seed: 0 },
    stop: { tokens: tokenizer.endTokens, maxTokens: 24, repeatedLine: true },
  });

  it('answers as our engine does with the adapter, and not as without it', async () => {
    for (const text of ['Where is boat 3?', 'Weekly report, please.']) {
      const [base, tuned] = await engine.generate({ ...request(text), speakers: ['base', await adapter()] }, never);
      const [there] = await serving.generate({ ...request(text), speakers: ['base'] }, never);
      expect(there.text).toBe(tuned.text);
      expect(there.text).not.toBe(base.text);
    }
  });

  it('cannot take adapters, and says how to get both', async () => {
    expect(serving.canAdapt).toBe(false);
    await expect(serving.generate({ ...request('Hello'), speakers: [await adapter()] }, never)).rejects.toMatchObject({
      problem: { code: 'answers.noAdapters' },
    });
    await expect(serving.score([{ prompt: [1, 2], answer: [3] }], 'base', never)).rejects.toMatchObject({
      problem: { code: 'answers.noLogprobs' },
    });
  });

  it('keeps to the one model that it was started with', async () => {
    await expect(open('another')).rejects.toMatchObject({
      problem: { code: 'answers.refused', values: { status: 400, why: expect.stringContaining('another') } },
    });
  });

  it('passes over no token: the answer ends before what the guard forbids, where our engine would go on', async () => {
    const prompt = tokenizer.encode('boats in: ');
    const stop = { tokens: tokenizer.endTokens, maxTokens: 40, repeatedLine: false };
    const asked = { ...request(''), prompt, stop };
    const guarded = { ...asked, guard: { notes: 'no number' } };
    const [there] = await serving.generate({ ...guarded, speakers: ['base'] }, never);
    const [free] = await serving.generate({ ...asked, speakers: ['base'] }, never);
    const [here] = await engine.generate({ ...guarded, speakers: [await adapter()] }, never);
    expect(there.why).toBe('length');
    expect(free.text.length).toBeGreaterThan(there.text.length);
    expect(here.text.length).toBeGreaterThan(there.text.length);
    expect(here.text.startsWith(there.text)).toBe(true);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
