// Which of our two languages a text is in. Chinese text keeps Latin words (commands, names), so the two are weighed.
import type { Row } from './row.ts';

export type TextLanguage = 'en' | 'zh';

const HAN = /\p{Script=Han}/gu;
const LATIN_WORD = /\p{Script=Latin}+/gu;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** 'zh' where Han characters are at least as many as Latin words. */
export function languageOf(text: string): TextLanguage {
  const han = count(text, HAN);
  return han > 0 && han >= count(text, LATIN_WORD) ? 'zh' : 'en';
}

/** The language of most of the texts. */
export function mainLanguage(texts: string[]): TextLanguage {
  const chinese = texts.filter(text => languageOf(text) === 'zh').length;
  return chinese * 2 > texts.length ? 'zh' : 'en';
}

/** The language of most of the rows' answers. */
export const rowsLanguage = (rows: Row[]): TextLanguage => mainLanguage(rows.map(row => row.output));

/** Words of an English text, characters without white space of a Chinese one: how people count length in each. */
export function lengthIn(language: TextLanguage, text: string): number {
  return language === 'zh' ? [...text.replace(/\s/gu, '')].length : text.split(/\s+/u).filter(Boolean).length;
}
