// Every sentence for people, in English and Chinese. A leaf: every edge may import it, it imports nothing of ours.
import * as en from './en.ts';
import * as zh from './zh.ts';

export type Lang = 'en' | 'zh';
export type WordCode = keyof typeof en.words;

const languages: Record<Lang, Record<WordCode, string>> = { en: en.words, zh: zh.words };

/** All sentences whose code begins with `prefix`, for a reader elsewhere (the page). */
export function sentences(lang: Lang, prefix: string): Record<string, string> {
  return Object.fromEntries(Object.entries(languages[lang]).filter(([code]) => code.startsWith(prefix)));
}

/** Sentences one after the other in a paragraph: Chinese has no space between them. */
export const paragraph = (lang: Lang, sentences: string[]): string => sentences.join(lang === 'zh' ? '' : ' ');

/**
 * The sentence for `code` with its `{value}` places filled in; `{value|one|more}` is a word that follows a number: "one" where it is 1.
 * An unknown code (a newer worker, an older bot) is shown as it is rather than hidden.
 */
export function say(lang: Lang, code: string, values: Record<string, string | number> = {}): string {
  const sentence: string = languages[lang][code as WordCode] ?? `${code} ${JSON.stringify(values)}`;
  return sentence
    .replace(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g, (place, name: string, one: string, more: string) =>
      name in values ? (Number(values[name]) === 1 ? one : more) : place,
    )
    .replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place));
}
