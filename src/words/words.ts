// Every sentence for people, in English and Chinese. A leaf: every edge may import it, it imports nothing of ours.
import * as en from './en.ts';
import * as zh from './zh.ts';

export type Lang = 'en' | 'zh';
export type WordCode = keyof typeof en.words;

const languages: Record<Lang, Record<WordCode, string>> = { en: en.words, zh: zh.words };

/** Whether there are words for `code`. */
export const isWord = (code: string): code is WordCode => Object.hasOwn(en.words, code);

/** The code of the sentence for people on `platform`, where there is one of their own. */
export const codeOn = (platform: string, code: string): string => (isWord(`${code}.${platform}`) ? `${code}.${platform}` : code);

/** All sentences whose code begins with `prefix`, for a reader elsewhere (the page). */
export function sentences(lang: Lang, prefix: string): Record<string, string> {
  return Object.fromEntries(Object.entries(languages[lang]).filter(([code]) => code.startsWith(prefix)));
}

/** Sentences one after the other in a paragraph: Chinese has no space between them. */
export const paragraph = (lang: Lang, sentences: string[]): string => sentences.join(lang === 'zh' ? '' : ' ');

/** A text that ends in a percentage ("40 %") as the language writes it: Chinese has no space before the sign. */
export const percentage = (lang: Lang, text: string): string => (lang === 'zh' ? text.replace(/(\d) %$/, '$1%') : text);

/**
 * The sentence for `code` with its `{value}` places filled in; `{value|one|more}` is a word that follows a number: "one" where it is 1.
 * An unknown code (a newer worker, an older bot) is shown as it is rather than hidden.
 */
export function say(lang: Lang, code: string, values: Record<string, string | number> = {}): string {
  const sentence: string = languages[lang][code as WordCode] ?? `${code} ${JSON.stringify(values)}`;
  const filled = sentence
    .replace(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g, (place, name: string, one: string, more: string) =>
      name in values ? (Number(values[name]) === 1 ? one : more) : place,
    )
    .replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? `${OPENS}${valueIn(lang, values[name])}${ENDS}` : place));
  return (lang === 'zh' ? filled.replace(APART, '') : filled).replace(EDGES, '');
}

/** Where a value stands, while its sentence is being made: two characters that no text holds. */
const [OPENS, ENDS] = ['\u0001', '\u0002'];
const EDGES = new RegExp(`[${OPENS}${ENDS}]`, 'g');
const CHINESE = '[\\p{Script=Han}“”《》【】（）、，。；：！？]';
/** The space that sets a number or a Latin name off from Chinese words, where the value is Chinese itself: “v1 和基础模型”. */
const APART = new RegExp(`(?<=${CHINESE}${ENDS}?) (?=${OPENS}${CHINESE})|(?<=${CHINESE}${ENDS}) (?=${OPENS}?${CHINESE})`, 'gu');

/** People's own words are put in as they are; what is nothing but a percentage, or a list of numbers of ours (v1, #12), is a figure of ours. */
function valueIn(lang: Lang, value: string | number): string {
  const text = String(value);
  if (/^[\d.]+ %$/.test(text)) return percentage(lang, text);
  return lang === 'zh' && /^[v#]\d+(?:, (?:[v#]\d+|…))+$/.test(text) ? text.replaceAll(', ', '、') : text;
}
