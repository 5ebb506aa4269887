// Every sentence exists in both languages with the same places, and every code that the source names has one.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { markdownToText } from '../../src/chat/markdown.ts';
import { projectRoot } from '../../src/root.ts';
import { words as en } from '../../src/words/en.ts';
import { paragraph, percentage, say } from '../../src/words/words.ts';
import { words as zh } from '../../src/words/zh.ts';

const places = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g))].sort();

/** Codes that appear literally in the source: new Refusal('code'), say(lang, 'code'), failure codes written to rows. */
function codesInSource(): Map<string, string> {
  const codes = new Map<string, string>();
  for (const top of ['src', 'worker']) {
    for (const name of readdirSync(join(projectRoot(), top), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || name.startsWith('words')) continue;
      const text = readFileSync(join(projectRoot(), top, name), 'utf8');
      for (const [, code] of text.matchAll(/(?:new Refusal\(|\bsay\([\w.]+, |\bcode: )'([\w.-]+)'/g)) codes.set(code, `${top}/${name}`);
    }
  }
  return codes;
}

describe('words', () => {
  it('are the same in both languages: every code, every place', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    for (const code of Object.keys(en) as (keyof typeof en)[]) expect(places(zh[code]), code).toEqual(places(en[code]));
  });

  it('exist for every code that the source names', () => {
    const codes = codesInSource();
    expect(codes.size).toBeGreaterThan(30);
    const missing = [...codes].filter(([code]) => !(code in en)).map(([code, file]) => `${code} (${file})`);
    expect(missing).toEqual([]);
  });

  it('fill their places, leave unknown places, and show an unknown code rather than hide it', () => {
    expect(say('en', 'run.title.done', { no: 3, version: 2 })).toBe('Run 3 · done: v2');
    expect(say('zh', 'run.title.done', { no: 3, version: 2 })).toBe('第 3 次训练 · 完成：v2');
    expect(say('en', 'run.title.done', { no: 3 })).toContain('{version}');
    expect(say('en', 'from.the.future', { a: 1 })).toBe('from.the.future {"a":1}');
  });

  it('follow each other with a space in English and without one in Chinese', () => {
    expect(paragraph('en', ['Kept.', 'It is learned.'])).toBe('Kept. It is learned.');
    expect(paragraph('zh', ['收下了。', '我会学习。'])).toBe('收下了。我会学习。');
  });

  it('write a percentage as the language does, and leave people’s words alone', () => {
    expect(say('zh', 'reason.warmup', { value: '10 %' })).toContain('预热 10%：');
    expect(say('en', 'reason.warmup', { value: '10 %' })).toContain('warm-up 10 %:');
    expect(say('zh', 'ask.title.qa', { question: 'Why 5 %' })).toContain('Why 5 %');
    expect(percentage('zh', '█ 40 %')).toBe('█ 40%');
    expect(percentage('en', '40 %')).toBe('40 %');
  });

  it('set Latin letters and digits off from Chinese, and nothing else: no space stands beside a Chinese value', () => {
    const base = say('zh', 'verdict.the-base');
    expect(say('zh', 'standing.pair', { tuned: 'v1', against: base })).toBe('**v1 和基础模型的票数**（已结束的比较）');
    expect(say('zh', 'standing.pair', { tuned: 'v2', against: 'v1' })).toBe('**v2 和 v1 的票数**（已结束的比较）');
    expect(say('zh', 'propose.declined', { name: '林然' })).toMatch(/^林然说先不用。/);
    expect(say('zh', 'propose.declined', { name: 'Ann' })).toMatch(/^Ann 说先不用。/);
    expect(say('zh', 'language.channel', { name: '林 然' })).toMatch(/^林 然让我/);
    expect(say('en', 'standing.pair', { tuned: 'v1', against: '基础模型' })).toContain('v1 and 基础模型');
    const filled = Object.keys(zh).map(code => say('zh', code, { name: '林然', text: '周' }));
    expect(filled.filter(text => /(?!\n)\p{Cc}/u.test(text))).toEqual([]);
  });

  it('have bold that is bold: beside Chinese, a sign before the closing stars keeps them from being any', () => {
    const shown = (lang: 'en' | 'zh', code: string) =>
      markdownToText(say(lang, code, Object.fromEntries(places(en[code as keyof typeof en]).map(place => [place.slice(1, -1), '林然']))));
    const wrong = (['en', 'zh'] as const).flatMap(lang => Object.keys(en).filter(code => shown(lang, code).includes('**')));
    expect(wrong).toEqual([]);
    expect(Object.entries(zh).filter(([, sentence]) => /[。：；，！？]\*\* /.test(sentence))).toEqual([]);
  });

  it('list numbers of ours as the language does', () => {
    expect(say('zh', 'retrain.versions', { versions: 'v1, v2' })).toMatch(/^v1、v2 学过/);
    expect(say('en', 'retrain.versions', { versions: 'v1, v2' })).toContain('v1, v2');
    expect(say('zh', 'ask.title.qa', { question: 'A, B' })).toBe('A, B');
  });

  it('have a name for every platform that a chat may call itself', () => {
    const sources = ['chat/slack/slack.ts', 'chat/feishu/feishu.ts'].map(path => readFileSync(join(projectRoot(), 'src', path), 'utf8'));
    const named = sources.flatMap(source =>
      (/^ {4}platform: (.*),$/m.exec(source)?.[1].match(/'\w+'(?!\))/g) ?? []).map(name => name.slice(1, -1)),
    );
    expect(named.sort()).toEqual(['feishu', 'lark', 'slack']);
    for (const name of named) expect(Object.keys(en)).toContain(`place.${name}`);
  });

  it('count as people do: one example, two examples', () => {
    expect(say('en', 'preflight.learn.value', { total: 2, qa: 1, report: 1 })).toBe('2 examples: 1 answer, 1 weekly report');
    expect(say('en', 'import.duplicates', { duplicates: 1 })).toBe('1 row was there already and stays as it is.');
    expect(say('en', 'import.duplicates', { duplicates: 3 })).toBe('3 rows were there already and stay as they are.');
  });
});
