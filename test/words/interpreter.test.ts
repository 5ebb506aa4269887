// The interpreter that stories are told through where the bot speaks Chinese: what it makes of every sentence of ours.
import { describe, expect, it } from 'vitest';
import { words as en } from '../../src/words/en.ts';
import { say, type WordCode } from '../../src/words/words.ts';
import { words as zh } from '../../src/words/zh.ts';
import { englishLeftIn, inEnglish } from '../support/interpreter.ts';

/** The sentence as a reader sees it, with a number in each place. */
function shown(lang: 'en' | 'zh', code: WordCode): string {
  const values = Object.fromEntries([...zh[code].matchAll(/\{(\w+)/g)].map(([, name], i) => [name, i + 3]));
  return say(lang, code, values)
    .replace(/\[([^\][]*)\]\([^()]*\)/g, '$1')
    .replace(/\*\*|`/g, '')
    .replace(/^- /gm, '');
}
const codes = (Object.keys(en) as WordCode[]).filter(code => /\p{Script=Han}{2}/u.test(zh[code]));

describe('the interpreter', () => {
  it('says every Chinese sentence as the English one of the same code, but for two that Chinese has one word for', () => {
    const others = codes.filter(code => inEnglish(shown('zh', code)) !== shown('en', code));
    const told = others.filter(code => codes.some(other => other !== code && zh[other] === zh[code]));
    expect(others.filter(code => !told.includes(code))).toEqual([]);
    expect(told.length).toBeLessThan(10);
  });

  it('keeps values and people’s own words, and finds sentences in one another and beside each other', () => {
    const who = { a: say('zh', 'vote.side.base', { side: 'A' }), b: say('zh', 'vote.side.version', { side: 'B', version: 2 }) };
    const kept = say('zh', 'vote.kept', { choice: say('zh', 'vote.a'), ...who });
    expect(inEnglish(`怎么停船？\n${kept}${say('zh', 'vote.guest')}`)).toBe(
      `怎么停船？\nYour vote: A is better. A was the base model; B was v2, tuned on your examples. You can change it until the comparison closes. ${say('en', 'vote.guest')}`,
    );
  });

  it('reads a sentence whose value is Chinese, beside which no space stands', () => {
    const value = { champion: 2, every: 5, against: say('zh', 'verdict.the-base') };
    const standing = say('zh', 'standing.champion', value);
    expect(standing).toContain('会和基础模型比较');
    expect(inEnglish(standing)).toBe(say('en', 'standing.champion', { ...value, against: say('en', 'verdict.the-base') }));
    expect(inEnglish(say('zh', 'admin.owner', { name: '林然' }))).toBe(say('en', 'admin.owner', { name: '林然' }));
  });

  it('tells English of ours where Chinese should be', () => {
    expect(englishLeftIn(`第 1 次训练 · 完成：v1\n${say('en', 'run.cancelling')}`)).toBe(say('en', 'run.cancelling'));
    expect(codes.map(code => shown('zh', code)).filter(text => englishLeftIn(text) !== undefined)).toEqual([]);
  });
});
