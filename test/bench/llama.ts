// llama.cpp's two answers, base and then base with the adapter, through node-llama-cpp if that is installed beside the project.
// The files hold our weights in Q8_0. Rows of q and k are not put into llama.cpp's order: that changes what is said, not what it costs.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoraWeights } from '../../src/model/lora.ts';
import type { ModelFolder } from '../../src/model/model.ts';
import { readTensor } from '../../src/model/safetensors.ts';
import { type GgufSource, writeGguf } from './gguf-writer.ts';

export type Llama = {
  /** Milliseconds of each step: token n of the base's answer plus token n of the tuned one. */
  twoAnswers(prompt: number[], newTokens: number): Promise<number[]>;
  close(): Promise<void>;
};

/** The part of node-llama-cpp 3 that is used here. */
type Sequence = { evaluate(tokens: number[], options: object): AsyncIterable<number>; clearHistory(): Promise<void> };
type Context = { getSequence(): Sequence };
type Library = {
  getLlama(options: object): Promise<{
    loadModel(options: object): Promise<{ createContext(options: object): Promise<Context> }>;
    dispose(): Promise<void>;
  }>;
};

/** GGUF's names for the layers of a block. */
const NAMES: Record<string, string> = {
  'self_attn.q_proj': 'attn_q',
  'self_attn.k_proj': 'attn_k',
  'self_attn.v_proj': 'attn_v',
  'self_attn.o_proj': 'attn_output',
  'mlp.gate_proj': 'ffn_gate',
  'mlp.up_proj': 'ffn_up',
  'mlp.down_proj': 'ffn_down',
  input_layernorm: 'attn_norm',
  post_attention_layernorm: 'ffn_norm',
};

/** undefined where node-llama-cpp is not found. `folder` is the model's, with its tokenizer.json. */
export async function openLlama(
  model: ModelFolder,
  adapter: LoraWeights,
  { folder, threads, tokens }: { folder: string; threads: number; tokens: number },
): Promise<Llama | undefined> {
  const name = 'node-llama-cpp';
  const library = (await import(name).catch(() => undefined)) as Library | undefined;
  if (!library) return undefined;
  const files = mkdtempSync(join(tmpdir(), 'apprentice-bench-'));
  const base = join(files, 'base.gguf');
  const lora = join(files, 'lora.gguf');
  writeBase(base, model, folder);
  writeLora(lora, adapter);
  const llama = await library.getLlama({ gpu: false, build: 'never', maxThreads: threads, logLevel: 'error' });
  const loaded = await llama.loadModel({ modelPath: base, gpuLayers: 0 });
  const context = { contextSize: Math.ceil((tokens + 8) / 256) * 256, threads, sequences: 1 };
  const plain = (await loaded.createContext(context)).getSequence();
  const tuned = (await loaded.createContext({ ...context, lora: { adapters: [{ filePath: lora, scale: 1 }] } })).getSequence();
  return {
    async twoAnswers(prompt, newTokens) {
      const first = await stepTimes(plain, prompt, newTokens);
      const second = await stepTimes(tuned, prompt, newTokens);
      return first.map((ms, i) => ms + second[i]);
    },
    async close() {
      await llama.dispose();
      rmSync(files, { recursive: true, force: true });
    },
  };
}

async function stepTimes(sequence: Sequence, prompt: number[], newTokens: number): Promise<number[]> {
  await sequence.clearHistory();
  const times: number[] = [];
  let last: number | undefined;
  for await (const _ of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
    const now = performance.now();
    // The first token's time is the prompt's.
    if (last !== undefined) times.push(now - last);
    if (times.length === newTokens) break;
    last = performance.now();
  }
  return times;
}

function writeBase(path: string, model: ModelFolder, folder: string): void {
  const { config, tensors } = model;
  const { model: bpe, added_tokens: added } = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')) as {
    model: { vocab: Record<string, number>; merges: (string | [string, string])[] };
    added_tokens: { id: number; content: string }[];
  };
  const words = Array.from({ length: config.vocab }, (_, id) => `[${id}]`);
  for (const [word, id] of Object.entries(bpe.vocab)) words[id] = word;
  const control = new Set(added.map(({ id }) => id));
  const metadata = {
    'general.architecture': { string: 'llama' },
    'llama.context_length': { u32: config.maxPositions },
    'llama.embedding_length': { u32: config.hidden },
    'llama.block_count': { u32: config.layers },
    'llama.feed_forward_length': { u32: config.intermediate },
    'llama.attention.head_count': { u32: config.heads },
    'llama.attention.head_count_kv': { u32: config.kvHeads },
    'llama.attention.layer_norm_rms_epsilon': { f32: config.rmsNormEps },
    'llama.rope.dimension_count': { u32: config.headDim },
    'llama.rope.freq_base': { f32: config.ropeTheta },
    'llama.vocab_size': { u32: config.vocab },
    'tokenizer.ggml.model': { string: 'gpt2' },
    'tokenizer.ggml.pre': { string: 'smollm' },
    'tokenizer.ggml.tokens': { strings: words },
    'tokenizer.ggml.token_type': { i32s: words.map((_, id) => (control.has(id) ? 3 : 1)) },
    'tokenizer.ggml.merges': { strings: bpe.merges.map(merge => (Array.isArray(merge) ? merge.join(' ') : merge)) },
    'tokenizer.ggml.bos_token_id': { u32: 1 },
    'tokenizer.ggml.eos_token_id': { u32: 2 },
  };
  const sources = [...tensors].map(([name, { shape }]): GgufSource => {
    return { name: ggufName(name), shape, type: shape.length === 2 ? 'Q8_0' : 'F32', read: () => readTensor(model, name) };
  });
  writeGguf(path, metadata, sources);
}

function writeLora(path: string, { spec, matrices, flat }: LoraWeights): void {
  const metadata = {
    'general.architecture': { string: 'llama' },
    'general.type': { string: 'adapter' },
    'adapter.type': { string: 'lora' },
    'adapter.lora.alpha': { f32: spec.alpha },
  };
  let at = 0;
  const sources = matrices.map(({ name, shape }): GgufSource => {
    const values = flat.slice(at, (at += shape[0] * shape[1]));
    const module = name.replace(/\.lora_[AB]$/, '');
    return { name: `${ggufName(`${module}.weight`)}.lora_${name.at(-1)!.toLowerCase()}`, shape, type: 'F32', read: () => values };
  });
  writeGguf(path, metadata, sources);
}

/** model.layers.0.self_attn.q_proj.weight → blk.0.attn_q.weight */
function ggufName(name: string): string {
  if (name === 'model.embed_tokens.weight') return 'token_embd.weight';
  if (name === 'model.norm.weight') return 'output_norm.weight';
  if (name === 'lm_head.weight') return 'output.weight';
  const [, block, layer] = /^model\.layers\.(\d+)\.(.+)\.weight$/.exec(name)!;
  return `blk.${block}.${NAMES[layer]}.weight`;
}
