// What the marks compare texts by: same-length plain text, clauses, and the stems of the words that carry meaning.

/** Full-width digits and letters as plain ones, a colon between digits too; every offset stays what it was. A full-width comma stays one: it parts, never groups. */
export const plainSameLength = (text: string): string =>
  text.replace(/[０-９Ａ-Ｚａ-ｚ％＃＠－／．]/gu, character => character.normalize('NFKC')).replace(/(?<=\d)：(?=\d)/gu, ':');

/** The same text with these parts blanked; offsets stay. */
export function blankOut(text: string, parts: { start: number; end: number }[]): string {
  let blanked = text;
  for (const { start, end } of parts) blanked = blanked.slice(0, start) + ' '.repeat(end - start) + blanked.slice(end);
  return blanked;
}

/** Where a line's clauses begin and end: at commas and semicolons, at brackets and full stops; a "12 -> 14" stays together. */
export function clausesOf(line: string): { start: number; end: number }[] {
  const ends = [...line.matchAll(/[,;，；。()（）、]+\s*|\.\s+|$/gu)].map(({ index, 0: gap }) => ({ at: index, next: index + gap.length }));
  return ends.map(({ at }, i) => ({ start: ends[i - 1]?.next ?? 0, end: at })).filter(({ start, end }) => end > start);
}

const STOP = new Set(
  (
    'a an and are as at be been before by can did do does for from get got had has have he her his i if in into is it its me my new next no not now of off ' +
    'on or our out over she so some still than that the their them then there they this to too up us was we were will with w week you your about after all also'
  ).split(' '),
);
const STOP_PAIRS = new Set([
  '本周',
  '下周',
  '上周',
  '完成',
  '问题',
  '需要',
  '一个',
  '没有',
  '我们',
  '进行',
  '已经',
  '原来',
  '以前',
  '之前',
  '现在',
  '目前',
  '其中',
  '大约',
]);

/** Stems of English words without the little ones; Han characters as overlapping pairs. */
export function contentWords(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{Script=Han}+|[\p{L}\p{N}]+?(?=\p{Script=Han}|[^\p{L}\p{N}]|$)/gu) ?? [];
  const kept = words.flatMap(word => {
    if (/\p{Script=Han}/u.test(word)) {
      const characters = [...word];
      return characters.slice(1).map((character, i) => characters[i] + character);
    }
    if (STOP.has(word) || word.length < 2) return [];
    const letters = /^\p{L}{2,}(?=\d+$)/u.exec(word)?.[0];
    return [stemOf(word), ...(letters ? [stemOf(letters)] : [])];
  });
  return new Set(kept.filter(word => !STOP_PAIRS.has(word) && !/^\d+$/u.test(word)));
}

/** "swapped", "swaps" and "swapping" in one; a crude cut is enough to see that two lines speak of the same thing. */
export function stemOf(word: string): string {
  const lower = word.toLowerCase().replace(/['’]s?$/u, '');
  const cut = lower.length > 4 ? lower.replace(/(?:ings?|ed|ers?|es|s)$/u, '') : lower.replace(/(?<=\w{3})s$/u, '');
  return cut.replace(/([b-df-hj-np-tv-z])\1$/u, '$1').replace(/e$/u, '');
}

export const shared = (a: Set<string>, b: Set<string>): number => [...a].filter(word => b.has(word)).length;
