// GGUF metadata → tokenizer.json and tokenizer_config.json, for the byte-level BPE tokenizers of Llama 3, SmolLM and Qwen.
import { basename } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../problem.ts';
import type { Gguf } from './gguf.ts';

const byteLevel = (use_regex: boolean) => ({ type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex });
const isolated = (Regex: string) => ({ type: 'Split', pattern: { Regex }, behavior: 'Isolated', invert: false });
const sequence = (...pretokenizers: object[]) => ({ type: 'Sequence', pretokenizers });
/** GPT-4's split; `numbers` says how many digits stay together. */
const split = (numbers: string) =>
  isolated(
    `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${numbers}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`,
  );

type Before = { preTokenizer: object; normalizer: object | null; ignoreMerges: boolean };
/**
 * `tokenizer.ggml.pre` → what happens before the merges, as in the original tokenizer.json files. A wrong one still encodes
 * everything, only differently: so unknown names are refused.
 */
const PRE: Record<string, Before> = {
  'gpt-2': { preTokenizer: byteLevel(true), normalizer: null, ignoreMerges: false },
  smollm: { preTokenizer: sequence(isolated('\\p{N}'), byteLevel(true)), normalizer: null, ignoreMerges: false },
  qwen2: { preTokenizer: sequence(split('\\p{N}'), byteLevel(false)), normalizer: { type: 'NFC' }, ignoreMerges: false },
  'llama-bpe': { preTokenizer: sequence(split('\\p{N}{1,3}'), byteLevel(false)), normalizer: null, ignoreMerges: true },
};
/** Token types of llama.h. */
const CONTROL = 3;
const USER_DEFINED = 4;

const id = z.coerce.number().int().nonnegative().optional();
const Vocabulary = z.object({
  model: z.string(),
  pre: z.string().optional(),
  tokens: z.array(z.string()),
  token_type: z.array(z.number()).default([]),
  merges: z.array(z.string()),
  bos_token_id: id,
  eos_token_id: id,
  eot_token_id: id,
  unknown_token_id: id,
  padding_token_id: id,
  add_bos_token: z.boolean().default(false),
});

export type TokenizerFiles = { tokenizer: object; tokenizerConfig: object; endTokens: number[] };

/** Throws a Refusal for a tokenizer that is not byte-level BPE, or one whose pre-tokenizer is not known. */
export function ggufTokenizer({ path, metadata }: Gguf): TokenizerFiles {
  const file = basename(path);
  const get = (key: string) => metadata.get(`tokenizer.ggml.${key}`);
  if (get('model') !== 'gpt2')
    throw new Refusal('model.ggufUnsupported', { file, what: 'tokenizer.ggml.model', found: String(get('model')), supported: 'gpt2' });
  const parsed = Vocabulary.safeParse(Object.fromEntries(Object.keys(Vocabulary.shape).map(key => [key, get(key)])));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Refusal('model.ggufKeyMissing', { file, key: `tokenizer.ggml.${String(issue.path[0])}` }, { cause: parsed.error });
  }
  const v = parsed.data;
  const before = Object.hasOwn(PRE, v.pre ?? '') ? PRE[v.pre ?? ''] : undefined;
  if (!before)
    throw new Refusal('model.ggufUnsupported', {
      file,
      what: 'tokenizer.ggml.pre',
      found: String(v.pre),
      supported: Object.keys(PRE).join(', '),
    });
  const token = (at: number | undefined) => (at === undefined ? undefined : v.tokens[at]);
  const template = metadata.get('tokenizer.chat_template');
  const context = [...metadata].find(([key]) => key.endsWith('.context_length'))?.[1];
  return {
    tokenizer: {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: addedTokens(v.tokens, v.token_type),
      normalizer: before.normalizer,
      pre_tokenizer: before.preTokenizer,
      post_processor: v.add_bos_token && v.bos_token_id !== undefined ? beginWith(v.bos_token_id, v.tokens[v.bos_token_id]) : null,
      decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
      model: {
        type: 'BPE',
        dropout: null,
        unk_token: null,
        continuing_subword_prefix: '',
        end_of_word_suffix: '',
        fuse_unk: false,
        byte_fallback: false,
        ignore_merges: before.ignoreMerges,
        vocab: Object.fromEntries(v.tokens.map((text, at) => [text, at])),
        merges: v.merges.map(merge => merge.split(' ')),
      },
    },
    tokenizerConfig: {
      tokenizer_class: 'PreTrainedTokenizerFast',
      bos_token: token(v.bos_token_id),
      eos_token: token(v.eos_token_id),
      unk_token: token(v.unknown_token_id),
      pad_token: token(v.padding_token_id) ?? token(v.eos_token_id),
      add_bos_token: v.add_bos_token,
      add_prefix_space: false,
      clean_up_tokenization_spaces: false,
      model_max_length: Number(context ?? 2048),
      chat_template: typeof template === 'string' ? template : undefined,
    },
    endTokens: [...new Set([v.eos_token_id, v.eot_token_id].filter(at => at !== undefined))],
  };
}

const addedTokens = (tokens: string[], types: number[]) =>
  tokens.flatMap((content, at) =>
    types[at] === CONTROL || types[at] === USER_DEFINED
      ? [{ id: at, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: types[at] === CONTROL }]
      : [],
  );

/** The step that puts one token before every text, for those who ask for special tokens. */
function beginWith(at: number, token: string): object {
  const begin = { SpecialToken: { id: token, type_id: 0 } };
  const text = (name: string, type_id: number) => ({ Sequence: { id: name, type_id } });
  return {
    type: 'TemplateProcessing',
    single: [begin, text('A', 0)],
    pair: [begin, text('A', 0), text('B', 1)],
    special_tokens: { [token]: { id: token, ids: [at], tokens: [token] } },
  };
}
