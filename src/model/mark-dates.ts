// The dates of a text, however written: 3月5日 · 03-05 · 5 March · Tue · 星期二 · W31 · 第31周 · tomorrow.
import { isoWeek } from './iso-week.ts';
import type { TextFact } from './mark-fact.ts';
import { HAN_NUMERAL, hanNumeral } from './mark-numerals.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH =
  'Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?';
const DAYS = 'mon tue wed thu fri sat sun'.split(' ');
const HAN_DAYS = '一二三四五六日';
const DAY = 'Mon(?:day)?s?|Tue(?:s(?:day)?)?s?|Wed(?:nesday)?s?|Thu(?:r(?:s(?:day)?)?)?s?|Fri(?:day)?s?|Sat(?:urday)?s?|Sun(?:day)?s?';
const HAN_NUMBER = `\\d{1,2}|${HAN_NUMERAL}{1,3}`;

type Match = RegExpMatchArray & { index: number };
type Rule = { pattern: RegExp; keys: (match: Match, years: number[]) => string[] | undefined; parts?: (match: Match) => string[] };

const number = (text: string): number => (/^\d/u.test(text) ? Number(text) : hanNumeral(text));
const monthOf = (word: string): number => MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;
const dayOf = (word: string): number => DAYS.indexOf(word.slice(0, 3).toLowerCase()) + 1;

/** Every way to name this day: by month and day, by weekday and week where the year is known. Undefined where there is no such day. */
function day(month: number, date: number, years: number[], year?: number): string[] | undefined {
  if (month < 1 || month > 12 || date < 1 || date > 31) return undefined;
  const known = year === undefined ? years : [year];
  const named = known.flatMap(one => {
    const at = new Date(Date.UTC(one, month - 1, date));
    return [`~wd:${at.getUTCDay() || 7}`, `~week:${isoWeek(at)}`];
  });
  return [`md:${month}-${date}`, ...(year === undefined ? [] : [`y:${year}`]), ...named];
}

const range = (from: number, to: number): string[] =>
  from && to >= from ? Array.from({ length: to - from + 1 }, (_, i) => `wd:${from + i}`) : [`wd:${from}`, `wd:${to}`];

const hanDay = (character: string): number => HAN_DAYS.indexOf(character === '天' ? '日' : character) + 1;

const RULES: Rule[] = [
  {
    pattern: /(?<!\d)(\d{4})(?:[-/.]|\s?年\s?)(\d{1,2})(?:[-/.]|\s?月\s?)(\d{1,2})(?:\s?[日号]|(?!\d))/gu,
    keys: ({ 1: year, 2: month, 3: date }, years) => day(Number(month), Number(date), years, Number(year)),
  },
  {
    pattern: new RegExp(`(${HAN_NUMBER})\\s?月\\s?(${HAN_NUMBER})\\s?[日号]?`, 'gu'),
    keys: ({ 1: month, 2: date }, years) => day(number(month), number(date), years),
  },
  {
    pattern: new RegExp(`(?<![\\d.])(\\d{1,2})(?:st|nd|rd|th)?\\.? (?:of )?(${MONTH})\\b\\.?(?:,? (20\\d\\d))?`, 'giu'),
    keys: ({ 1: date, 2: month, 3: year }, years) => day(monthOf(month), Number(date), years, year ? Number(year) : undefined),
  },
  {
    pattern: new RegExp(`(?<!\\p{L})(${MONTH})\\.? (?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:%])(?:,? (20\\d\\d))?`, 'giu'),
    keys: ({ 1: month, 2: date, 3: year }, years) => day(monthOf(month), Number(date), years, year ? Number(year) : undefined),
  },
  {
    pattern: /(?<![\p{L}\d])(?:calendar week|week|wk|kw|cw|w) ?(\d{1,2})(?![\d.:\p{L}])/giu,
    keys: ({ 1: week }) => [`week:${Number(week)}`],
  },
  {
    pattern: new RegExp(`第\\s?(${HAN_NUMBER})\\s?周`, 'gu'),
    keys: ({ 1: week }) => [`week:${number(week)}`],
  },
  { pattern: /(?<![\p{L}\d])Q([1-4])(?!\d)|第([一二三四])季度/gu, keys: ({ 1: digit, 2: han }) => [`q:${digit ?? hanNumeral(han)}`] },
  {
    pattern: new RegExp(`(?<!\\p{L})(${DAY})(?: ?(?:[-–/+]|to|and|&|until|through) ?(${DAY}))?(?!\\p{L})`, 'giu'),
    // In small letters "sat" and "sun" are words; "mon:" and "tue/wed" are what people type.
    keys: ({ 0: whole, 1: from, 2: to }) =>
      /^(?:sat|sun|wed|fri)s?$/u.test(whole) ? [`~wd:${dayOf(from)}`] : to ? range(dayOf(from), dayOf(to)) : [`wd:${dayOf(from)}`],
  },
  {
    pattern:
      /(?:周|星期|礼拜)([一二三四五六日天])(?:\s?(至|到|[-~–—])\s?(?:周|星期|礼拜)?([一二三四五六日天])(?![个台次条张份本件])|、(?:周|星期|礼拜)?([一二三四五六日天])(?![\p{Script=Han}]))?/gu,
    keys: ({ 1: from, 3: to, 4: and }) =>
      to ? range(hanDay(from), hanDay(to)) : [`wd:${hanDay(from)}`, ...(and ? [`wd:${hanDay(and)}`] : [])],
  },
  {
    pattern: /(?<![\d./:-])(\d{1,2})\/(\d{1,2})(?![\d./:%])/gu,
    keys: ({ 1: a, 2: b }, years) => either(Number(a), Number(b), years),
    parts: ({ 1: a, 2: b }) => [`n:${Number(a)}`, `n:${Number(b)}`],
  },
  {
    pattern: /(?<![\d./:-])(\d{2})-(\d{2})(?![\d./:%-])/gu,
    keys: ({ 1: a, 2: b }, years) => day(Number(a), Number(b), years),
    parts: ({ 1: a, 2: b }) => [`n:${Number(a)}`, `n:${Number(b)}`],
  },
  {
    pattern: /(?<![\d./:-])(\d{1,2})\.(\d{1,2})\.(?![\d\p{L}])/gu,
    keys: ({ 1: date, 2: month }, years) => (date.length + month.length > 2 ? day(Number(month), Number(date), years) : undefined),
  },
  {
    pattern: new RegExp(`(?<=(?:in|of|by|until|since|for|from|early|late|mid) )(${MONTH})(?!\\p{L})`, 'gu'),
    keys: ({ 1: month }) => [`mo:${monthOf(month)}`],
  },
  {
    pattern: new RegExp(`(${HAN_NUMBER})月(?:份|底|初|中旬)?`, 'gu'),
    keys: ({ 1: month }) => (number(month) > 12 ? undefined : [`mo:${number(month)}`]),
  },
  { pattern: /(?<!\p{L})(?:(yesterday)|(tomorrow))(?!\p{L})|(昨天)|(明天)/giu, keys: ({ 1: y, 3: z }) => [y || z ? 'rel:-1' : 'rel:1'] },
  {
    pattern: /(?<![\d.,])(20[2-4]\d)(?:年|(?![\d.,:%]| ?\p{L}))/gu,
    keys: ({ 1: year }) => [`y:${year}`],
    parts: ({ 1: year }) => [`n:${year}`],
  },
];

/** 5/3 is the 5th of March or the 3rd of May. */
function either(a: number, b: number, years: number[]): string[] | undefined {
  const keys = [day(a, b, years), day(b, a, years)].filter(one => one !== undefined).flat();
  return keys.length ? keys : undefined;
}

/** `years`: what a date without a year may mean; empty where nothing is known. A key behind "~" follows from the date and is not written there. */
export function datesIn(text: string, years: number[]): TextFact[] {
  const found: TextFact[] = [];
  let rest = text;
  for (const { pattern, keys: read, parts } of RULES)
    for (const match of rest.matchAll(pattern)) {
      const keys = read(match as Match, years);
      if (!keys) continue;
      const [start, end] = [match.index, match.index + match[0].trimEnd().length];
      found.push({ kind: 'date', start, end, keys, ...(parts && { parts: parts(match as Match) }) });
      rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
    }
  return found.sort((a, b) => a.start - b.start);
}

/** Years that stand in a text. */
export const yearsIn = (text: string): number[] => [...new Set(text.match(/(?<!\d)20[2-4]\d(?!\d)/gu)?.map(Number))];

/** With a week and a weekday known the day itself is. */
export function daysOfWeek(week: number, weekday: number, years: number[]): string[] {
  return years.map(year => {
    const fourth = new Date(Date.UTC(year, 0, 4));
    const at = new Date(fourth.getTime() + ((week - 1) * 7 + weekday - (fourth.getUTCDay() || 7)) * 86_400_000);
    return `md:${at.getUTCMonth() + 1}-${at.getUTCDate()}`;
  });
}
