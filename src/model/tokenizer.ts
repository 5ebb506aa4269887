// Tokenizer and chat template of a Hugging Face folder, over @huggingface/tokenizers and @huggingface/jinja.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Template } from '@huggingface/jinja';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { Refusal } from '../problem.ts';
import { readJson } from './folder.ts';

export type Turn = { role: 'system' | 'user' | 'assistant'; content: string };

export type ChatTokenizer = {
  /** Token ids of a text that may hold control tokens: for what a template rendered. People's text goes through prompt.ts. */
  encode(text: string): number[];
  /** Text of token ids; control tokens and ids without a token leave nothing. */
  decode(ids: number[]): string;
  /** Text of token ids, control tokens included: `encode` gives the ids again, for a rendered prompt to the token. */
  spell(ids: number[]): string;
  /** Ids that end an answer. */
  endTokens: number[];
  /** What ends an assistant's turn in the template, e.g. `<|im_end|>`. */
  endOfTurn: string;
  /** Strings that become one control token wherever they stand, e.g. `<|im_start|>`, `<think>`; longest first. */
  controlTokens: string[];
  /** The template's text. Throws what the template throws (some refuse a system turn). */
  render(turns: Turn[], options: { generationPrompt: boolean }): string;
};

/** A token in tokenizer_config.json: a string, or an object around it. */
const Token = z
  .union([z.string(), z.looseObject({ content: z.string() }).transform(token => token.content)])
  .nullish()
  .transform(token => token ?? '');
const TokenizerConfig = z.looseObject({
  bos_token: Token,
  eos_token: Token,
  clean_up_tokenization_spaces: z.boolean().nullish(),
  chat_template: z.union([z.string(), z.array(z.looseObject({ name: z.string(), template: z.string() }))]).nullish(),
});
const AddedTokens = z.looseObject({
  added_tokens: z.array(z.looseObject({ content: z.string(), special: z.boolean().nullish() })).nullish(),
});
const Ends = z.looseObject({ eos_token_id: z.union([z.int(), z.array(z.int())]).nullish() });

/**
 * `folder` is the path that people gave, not `ModelFolder.folder`, which may be elsewhere. Throws a Refusal when the tokenizer or the
 * template is missing, damaged or of a kind that is not supported.
 */
export async function openTokenizer(folder: string): Promise<ChatTokenizer> {
  const json = withUnicodeDigits(await readJson(join(folder, 'tokenizer.json')));
  const config = parse(TokenizerConfig, await readJson(join(folder, 'tokenizer_config.json')), 'tokenizer_config.json', folder);
  const tokenizer = attempt('model.tokenizerUnsupported', folder, () => new Tokenizer(json as object, config));
  const source = await templateSource(folder, config.chat_template);
  const template = attempt('model.templateUnsupported', folder, () => new Template(source));

  const render: ChatTokenizer['render'] = (turns, { generationPrompt }) =>
    template.render({
      messages: turns,
      add_generation_prompt: generationPrompt,
      bos_token: config.bos_token,
      eos_token: config.eos_token,
      enable_thinking: false, // Qwen3: the answer at once, without a chain of thought before it
    });
  const added = parse(AddedTokens, json, 'tokenizer.json', folder).added_tokens ?? [];
  const controlTokens = added
    .filter(({ content, special }) => special || /^(<.+>|\[.+\])$/s.test(content))
    .map(({ content }) => content)
    .sort((a, b) => b.length - a.length);
  const endOfTurn = attempt('model.templateUnsupported', folder, () => endOfAnswer(render, controlTokens)) ?? config.eos_token;
  const endTokens = [...(await endIds(folder)), tokenizer.token_to_id(endOfTurn), tokenizer.token_to_id(config.eos_token)];
  function decoded(ids: number[], skip_special_tokens: boolean): string {
    // Left out, the clean-up option means true to this library and false to transformers 5; and an empty list throws.
    const known = ids.filter(id => tokenizer.id_to_token(id) !== undefined);
    const clean_up_tokenization_spaces = config.clean_up_tokenization_spaces ?? false;
    return known.length ? tokenizer.decode(known, { skip_special_tokens, clean_up_tokenization_spaces }) : '';
  }

  return {
    encode: text => (text === '' ? [] : tokenizer.encode(text, { add_special_tokens: false }).ids),
    decode: ids => decoded(ids, true),
    spell: ids => decoded(ids, false),
    endTokens: [...new Set(endTokens.filter(id => id !== undefined))],
    endOfTurn,
    controlTokens,
    render,
  };
}

/** The library's Digits step knows ASCII digits only; the original splits at every Unicode number. */
function withUnicodeDigits(json: unknown): unknown {
  return JSON.parse(JSON.stringify(json), (_key, value: { type?: string; individual_digits?: boolean } | null) =>
    value?.type === 'Digits' && value.individual_digits
      ? { type: 'Split', pattern: { Regex: '\\p{N}' }, behavior: 'Isolated', invert: false }
      : value,
  );
}

/** transformers 5 keeps the template in a file of its own, 4 in tokenizer_config.json, sometimes as one of several by name. */
async function templateSource(folder: string, fromConfig: z.infer<typeof TokenizerConfig>['chat_template']): Promise<string> {
  const own = await readFile(join(folder, 'chat_template.jinja'), 'utf8').catch(() => undefined);
  const source = own ?? (Array.isArray(fromConfig) ? fromConfig.find(({ name }) => name === 'default')?.template : fromConfig);
  if (!source) throw new Refusal('model.templateMissing', { folder });
  return source;
}

/** The control token that follows an assistant's text: not always the eos token (Llama 3: `<|eot_id|>`). */
function endOfAnswer(render: ChatTokenizer['render'], controlTokens: string[]): string | undefined {
  const turns: Turn[] = [
    { role: 'user', content: 'question' },
    { role: 'assistant', content: 'answer' },
  ];
  const after = render(turns, { generationPrompt: false }).split('answer').at(-1)!.trimStart();
  return controlTokens.find(token => after.startsWith(token));
}

/** eos_token_id of generation_config.json and config.json: a number or a list. */
async function endIds(folder: string): Promise<number[]> {
  const files = ['generation_config.json', 'config.json'];
  const found = await Promise.all(files.map(file => readJson(join(folder, file)).catch(() => ({}))));
  return found.flatMap((json, i) => parse(Ends, json, files[i], folder).eos_token_id ?? []);
}

function parse<T extends z.ZodType>(schema: T, json: unknown, file: string, folder: string): z.infer<T> {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new Refusal('model.jsonDamaged', { file, folder }, { cause: parsed.error });
  return parsed.data;
}

function attempt<T>(code: string, folder: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw new Refusal(code, { folder, why: cause instanceof Error ? cause.message : String(cause) }, { cause });
  }
}
