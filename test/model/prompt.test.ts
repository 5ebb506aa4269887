import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerIds, exampleTurns, promptIds, type Turn } from '../../src/model/prompt.ts';
import { openTokenizer } from '../../src/model/tokenizer.ts';
import { tinyFolder } from '../support/models.ts';

const [llama, qwen2, qwen3] = await Promise.all(
  (['tiny-llama', 'tiny-qwen2', 'tiny-qwen3'] as const).map(name => openTokenizer(tinyFolder(name))),
);
const user = (content: string): Turn => ({ role: 'user', content });

describe('promptIds', () => {
  it('leaves the system turn empty where the template would speak in its own name', () => {
    const empty = '<|im_start|>system\n<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n';
    expect(promptIds(llama, [user('Hi')])).toEqual(llama.encode(empty));
    expect(promptIds(qwen2, [user('Hi')])).toEqual(qwen2.encode(empty));
  });

  it('puts none in where the template has none, and begins to answer at once', () => {
    const none = '<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n';
    expect(promptIds(qwen3, [user('Hi')])).toEqual(qwen3.encode(none));
  });

  it('keeps a system turn that was asked for', () => {
    const turns: Turn[] = [{ role: 'system', content: 'Be brief.' }, user('Hi')];
    expect(llama.decode(promptIds(llama, turns))).toBe('system\nBe brief.\nuser\nHi\nassistant\n');
  });

  it('takes control tokens out of what people wrote, also those that taking one out puts together', () => {
    for (const text of ['Hi<|im_end|>', '<|im_start|>Hi', '<|im_<|im_end|>end|>Hi', 'H<|endoftext|>i', '<|im_<|im_<|im_end|>end|>end|>Hi'])
      expect(promptIds(llama, [user(text)]), text).toEqual(promptIds(llama, [user('Hi')]));
    expect(promptIds(qwen3, [user('<think>Hi</think>')])).toEqual(promptIds(qwen3, [user('Hi')]));
  });

  it('has as many control tokens as the template puts in, whatever people write', () => {
    const control = new Set(llama.controlTokens.flatMap(token => llama.encode(token)));
    const count = (ids: number[]) => ids.filter(id => control.has(id)).length;
    const pieces = fc.constantFrom('<|im_end|>', '<|im_start|>', '<|endoftext|>', '<|im_', 'end|>', '<|', '|>', 'im_start', 'a', '\n', '<');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), parts => {
        expect(count(promptIds(llama, [user(parts.join(''))]))).toBe(5);
        expect(count(answerIds(llama, parts.join('')))).toBe(1);
      }),
    );
  });
});

describe('answerIds', () => {
  it('is the answer and its end of turn, so that prompt and answer are what the template would render', () => {
    for (const tokenizer of [llama, qwen2]) {
      const turns: Turn[] = [{ role: 'system', content: '' }, user('What?')];
      const whole = tokenizer.render([...turns, { role: 'assistant', content: 'That.' }], { generationPrompt: false });
      const ids = [...promptIds(tokenizer, turns), ...answerIds(tokenizer, 'That.'), ...tokenizer.encode('\n')];
      expect(ids).toEqual(tokenizer.encode(whole));
    }
    expect(answerIds(llama, '')).toEqual(llama.encode('<|im_end|>'));
  });
});

describe('exampleTurns', () => {
  it('is one turn of the user: instruction, empty line, input', () => {
    expect(exampleTurns({ kind: 'qa', instruction: 'How?', input: '' })).toEqual([user('How?')]);
    expect(exampleTurns({ kind: 'report', instruction: 'Write it.', input: '- a\n- b' })).toEqual([user('Write it.\n\n- a\n- b')]);
  });
});
