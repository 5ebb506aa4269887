// Outside truth: transformers (test/fixtures/make/tokens.py).
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTokenizer, type Turn } from '../../src/model/tokenizer.ts';
import { copyOf, editJson, readFixture, temporaryFolder, tinyFolder } from '../support/models.ts';
import { realModel } from '../support/real-model.ts';

type Truth = {
  strings: { text: string; ids: number[]; decoded: string }[];
  chats: { turns: Turn[]; generationPrompt: boolean; text: string }[];
};
const tiny = readFixture<Record<string, Truth>>('tokens', 'tiny.json');
const smollm2 = readFixture<Record<string, Truth>>('tokens', 'smollm2.json').smollm2;
const folder = await realModel();

const models: [string, Truth, string | undefined][] = [
  ['tiny-llama', tiny['tiny-llama'], tinyFolder('tiny-llama')],
  ['tiny-qwen2', tiny['tiny-qwen2'], tinyFolder('tiny-qwen2')],
  ['tiny-qwen3', tiny['tiny-qwen3'], tinyFolder('tiny-qwen3')],
  ['SmolLM2-135M-Instruct', smollm2, folder],
];

describe.each(models)('%s', (name, truth, path) => {
  it.skipIf(!path)('encodes, decodes and renders as transformers does', async () => {
    const tokenizer = await openTokenizer(path!);
    expect(truth.strings.length).toBeGreaterThanOrEqual(name.startsWith('tiny') ? 80 : 200);
    for (const { text, ids, decoded } of truth.strings) {
      expect(tokenizer.encode(text), JSON.stringify(text)).toEqual(ids);
      expect(tokenizer.decode(ids), JSON.stringify(text)).toBe(decoded);
    }
    expect(truth.chats.length).toBeGreaterThanOrEqual(20);
    for (const { turns, generationPrompt, text } of truth.chats) expect(tokenizer.render(turns, { generationPrompt })).toBe(text);
  });
});

describe('openTokenizer', () => {
  it('knows what ends an answer: the template’s end of turn and generation_config’s list', async () => {
    const tokenizer = await openTokenizer(tinyFolder('tiny-qwen3'));
    const ids = (text: string) => tokenizer.encode(text);
    expect(tokenizer.endOfTurn).toBe('<|im_end|>');
    expect(new Set(tokenizer.endTokens)).toEqual(new Set([...ids('<|im_end|>'), ...ids('<|endoftext|>')]));
    expect(tokenizer.controlTokens).toEqual(expect.arrayContaining(['<|im_start|>', '<|im_end|>', '<|endoftext|>', '<think>', '</think>']));
  });

  it('leaves nothing of no tokens, and of ids that no token has', async () => {
    const tokenizer = await openTokenizer(tinyFolder('tiny-llama'));
    expect(tokenizer.encode('')).toEqual([]);
    expect(tokenizer.decode([])).toBe('');
    expect(tokenizer.decode([999_999])).toBe('');
  });

  it('decodes without tidying blanks when the folder does not say so, as transformers 5 does', async () => {
    const path = copyOf('tiny-llama');
    editJson(join(path, 'tokenizer_config.json'), { clean_up_tokenization_spaces: undefined });
    const tokenizer = await openTokenizer(path);
    const text = "one , two . do n't you ?";
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  });

  it.skipIf(!folder)('splits at every Unicode digit where tokenizer.json says Digits, as SmolLM2’s own does', async () => {
    const path = temporaryFolder();
    for (const file of ['tokenizer.json', 'tokenizer_config.json']) copyFileSync(join(folder!, file), join(path, file));
    const pre_tokenizer = {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Digits', individual_digits: true },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      ],
    };
    editJson(join(path, 'tokenizer.json'), { pre_tokenizer });
    const tokenizer = await openTokenizer(path);
    for (const { text, ids } of smollm2.strings) expect(tokenizer.encode(text), JSON.stringify(text)).toEqual(ids);
  });

  it('takes the template named "default" where there are several', async () => {
    const path = copyOf('tiny-llama');
    const template = (text: string) => `{% for m in messages %}${text}{{ m.content }}{% endfor %}`;
    editJson(join(path, 'tokenizer_config.json'), {
      chat_template: [
        { name: 'tool_use', template: template('T') },
        { name: 'default', template: template('D') },
      ],
    });
    expect((await openTokenizer(path)).render([{ role: 'user', content: 'x' }], { generationPrompt: false })).toBe('Dx');
  });

  it('says what is missing or cannot be used', async () => {
    const noTemplate = copyOf('tiny-qwen2');
    rmSync(join(noTemplate, 'chat_template.jinja'));
    await expect(openTokenizer(noTemplate)).rejects.toMatchObject({ problem: { code: 'model.templateMissing' } });
    const noTokenizer = copyOf('tiny-llama');
    rmSync(join(noTokenizer, 'tokenizer.json'));
    await expect(openTokenizer(noTokenizer)).rejects.toMatchObject({
      problem: { code: 'model.fileMissing', values: { file: 'tokenizer.json' } },
    });
    const otherKind = copyOf('tiny-llama');
    editJson(join(otherKind, 'tokenizer.json'), { model: { type: 'Telepathy' } });
    await expect(openTokenizer(otherKind)).rejects.toMatchObject({ problem: { code: 'model.tokenizerUnsupported' } });
    const broken = copyOf('tiny-llama');
    editJson(join(broken, 'tokenizer_config.json'), { chat_template: '{% for %}' });
    await expect(openTokenizer(broken)).rejects.toMatchObject({ problem: { code: 'model.templateUnsupported' } });
  });
});
