// sacreBLEU's tokenizers 13a (mteval-v13a) and zh, to the letter: scores of other tokenizers cannot be compared.
import type { TextLanguage } from './language.ts';

/** White space as Python's str.split and str.strip know it; JavaScript's \s differs in six characters. */
const BLANK = '[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const BLANKS = new RegExp(`${BLANK}+`, 'u');
const OUTER_BLANKS = new RegExp(`^${BLANK}+|${BLANK}+$`, 'gu');

/** U+2001 to U+2A6D stand for sacreBLEU's range of extension B, which Python reads as two characters each. */
const CHINESE =
  /[\u3400-\u4db5\u4e00-\u9fbb\uf900-\ufa2d\ufa30-\ufa6a\ufa70-\ufad9\u2001-\u2a6d\u2f81-\u2fa1\uff00-\uffef\u2e80-\u2eff\u3000-\u303f\u31c0-\u31ef\u2f00-\u2fdf\u2ff0-\u2fff\u3100-\u312f\u31a0-\u31bf\ufe10-\ufe1f\ufe30-\ufe4f\u2600-\u27bf\u3200-\u33ff]/gu;

/** The tokens that sacreBLEU sees. */
export function bleuTokens(text: string, language: TextLanguage): string[] {
  const trimmed = text.replace(OUTER_BLANKS, found => (language === 'zh' || text.endsWith(found) ? '' : found));
  return language === 'zh' ? western(trimmed.replace(CHINESE, ' $& ')) : western(` ${unescaped(trimmed)} `);
}

function unescaped(text: string): string {
  return text
    .replaceAll('<skipped>', '')
    .replaceAll('-\n', '')
    .replaceAll('\n', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}

function western(text: string): string[] {
  return text
    .replace(/[{-~[-` -&(-+:-@/]/gu, ' $& ')
    .replace(/([^0-9])([.,])/gu, '$1 $2 ')
    .replace(/([.,])([^0-9])/gu, ' $1 $2')
    .replace(/([0-9])(-)/gu, '$1 $2 ')
    .split(BLANKS)
    .filter(Boolean);
}
