// The page's sentences, in the language that its reader picked.

let words: Record<string, string> = {};
let picked = 'en';

/** Loads them; without a choice the server's language. */
export async function loadSentences(lang: string | null): Promise<void> {
  const answer = await fetch(`/words.json${lang ? `?lang=${lang}` : ''}`);
  if (!answer.ok) throw new Error((await answer.json()).problem);
  ({ lang: picked, words } = await answer.json());
  document.documentElement.lang = picked === 'zh' ? 'zh-CN' : 'en';
}

export const language = (): string => picked;

/** The sentence `page.CODE` with its `{value}` places filled in. */
export function t(code: string, values: Record<string, string | number> = {}): string {
  const sentence = words[`page.${code}`] ?? code;
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place));
}

/** Hour and minute as the reader's language writes them. */
export const clock = (at: number): string =>
  new Intl.DateTimeFormat(picked, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

/** Today, Yesterday, or the date. */
export function day(at: number): string {
  const midnight = new Date().setHours(0, 0, 0, 0);
  if (at >= midnight) return t('today');
  if (at >= midnight - 24 * 3600 * 1000) return t('yesterday');
  return new Intl.DateTimeFormat(picked, { weekday: 'long', day: 'numeric', month: 'long' }).format(at);
}
