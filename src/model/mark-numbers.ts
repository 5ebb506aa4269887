// The numbers of a text, however written: 1,900 · 1.2k · 1.2 万 · 50 percent · 百分之五十 · 1h50 · 9:20 · 3 pm · seventeen.
import type { TextFact } from './mark-fact.ts';
import { ENGLISH_NUMERAL, englishNumeral, HAN_NUMERAL, hanNumeral } from './mark-numerals.ts';

/** Units as [measure, factor to the measure's own unit]. */
const UNITS: [words: string, measure: string, factor: number][] = [
  ['ms|milliseconds?|毫秒', 'time', 0.001],
  ['s|secs?|seconds?|秒', 'time', 1],
  ['min|mins|minutes?|分钟', 'time', 60],
  ['h|hrs?|hours?|小时|个小时', 'time', 3600],
  ['d|days?|天', 'time', 86_400],
  ['kb|kB', 'size', 1e3],
  ['mb|MB', 'size', 1e6],
  ['gb|GB', 'size', 1e9],
  ['tb|TB', 'size', 1e12],
  ['mm|毫米', 'length', 0.001],
  ['cm|厘米', 'length', 0.01],
  ['m|metres?|meters?|米', 'length', 1],
  ['km|kilometres?|kilometers?|公里|千米', 'length', 1000],
  ['%|percent|per cent|pct|个百分点', 'share', 1],
  ['€|\\$|£|eur|usd|euros?|dollars?|元|块钱|欧元|美元', 'money', 1],
];
const TIMES: Record<string, number> = {
  k: 1e3,
  m: 1e6,
  bn: 1e9,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  百: 100,
  千: 1e3,
  万: 1e4,
  亿: 1e8,
};
const UNIT = new RegExp(`^\\s?(?:(${UNITS.map(([words]) => words).join(')|(')}))(?![a-z])`, 'iu');
const TIMES_WORD = /^(?:(k|bn)(?![a-z])|(M)(?![A-Za-z])| ?(thousand|million|billion)\b| ?([百千万亿])(?!\d))/u;

const CLOCK =
  /(?<![\d:])(\d{1,2})(?:[:.](\d{2}))?\s?([ap])\.?m\b\.?|(?<![\d:])(\d{1,2}):(\d{2})(?![\d:])|(凌晨|早上|上午|中午|下午|傍晚|晚上)?\s?(\d{1,2}|[一二三四五六七八九十两]{1,3}) ?[点时](?!间)(?:(\d{1,2})分?|(半))?/giu;
const DURATION =
  /(?<![\d.])(\d+) ?h ?(\d{1,2})(?: ?min|m)?(?![\d\p{L}.])|(?<![\d.])(\d+) ?(?:hours?|hrs?|个?小时) ?(?:and )?(\d{1,2}) ?(?:minutes?|mins?|分钟?)/giu;
const DIGITS = /(?<![\p{L}\d.,])\d{1,3}(?: \d{3})+(?![\d.,]\d|\d)|[\p{L}_]{0,6}(?<![\d.,])\d+(?:['’]\d{3}(?!\d)|[.,]\d+)*/gu;
const HUNDREDTHS = new RegExp(`百分之(${HAN_NUMERAL}{1,12}|[\\d.]{1,12})`, 'gu');
/** A Chinese number word counts only before a measure word: 一起, 三方 and 十分 are none. */
const COUNTED = new RegExp(
  `(?<![\\p{N}第周期拜])(${HAN_NUMERAL}{1,12})\\s?(?:多|余|几)?(?=[个台次条张份本件名位家项天秒晚班笔株人轮遍页套种倍元块万只支部辆行道门场封页节级组批根]|小时|分钟)`,
  'gu',
);

/** Times in words, in seconds. */
const SPOKEN: [pattern: RegExp, seconds: number][] = [
  [/(?<!\p{L})(?:an|one) hour and a half|(?<!\p{L})one and a half hours|一个半小时/giu, 5400],
  [/(?<!\p{L})half an hour|半(?:个)?小时/giu, 1800],
  [/(?<!\p{L})(?:an|one) hour(?!\p{L})|一(?:个)?小时/giu, 3600],
];

export function numbersIn(text: string): TextFact[] {
  const found: TextFact[] = [];
  let rest = text;
  const take = (pattern: RegExp, read: (match: RegExpMatchArray & { index: number }) => TextFact | undefined): void => {
    for (const match of rest.matchAll(pattern)) {
      const fact = read(match as RegExpMatchArray & { index: number });
      if (!fact) continue;
      found.push(fact);
      rest = rest.slice(0, fact.start) + ' '.repeat(fact.end - fact.start) + rest.slice(fact.end);
    }
  };
  for (const [pattern, seconds] of SPOKEN)
    take(pattern, ({ 0: whole, index }) => fact(index, whole, [`time:${seconds}`], { measure: 'time' }));
  take(DURATION, ({ 0: whole, 1: h1, 2: m1, 3: h2, 4: m2, index }) => {
    const [hours, minutes] = [Number(h1 ?? h2), Number(m1 ?? m2)];
    return fact(index, whole, [`time:${hours * 3600 + minutes * 60}`], { parts: [`n:${hours}`, `n:${minutes}`], measure: 'time' });
  });
  take(CLOCK, clock);
  take(HUNDREDTHS, ({ 0: whole, 1: amount, index }) => {
    const value = /\d/u.test(amount) ? Number(amount) : hanNumeral(amount);
    return fact(index, whole, [`n:${value}`, `share:${value}`], { measure: 'share' });
  });
  take(DIGITS, match => digits(rest, match));
  take(COUNTED, ({ 0: whole, 1: numeral, index }) => {
    const value = hanNumeral(numeral);
    return value < 2 ? undefined : quantity(rest, index, whole.trimEnd(), value);
  });
  take(ENGLISH_NUMERAL, ({ 0: whole, index }) => {
    const value = englishNumeral(whole);
    return value < 2 ? undefined : quantity(rest, index, whole, value);
  });
  return found.sort((a, b) => a.start - b.start);
}

const fact = (start: number, text: string, keys: string[], more: Partial<TextFact> = {}): TextFact => {
  const lead = text.length - text.trimStart().length;
  return { kind: 'number', start: start + lead, end: start + text.trimEnd().length, keys, ...more };
};

function clock({
  0: whole,
  1: hour12,
  2: minute12,
  3: half,
  4: hour24,
  5: minute24,
  6: part,
  7: hanHour,
  8: hanMinute,
  9: hanHalf,
  index,
}: RegExpMatchArray & { index: number }): TextFact | undefined {
  const hour = /^\p{Script=Han}/u.test(hanHour ?? '') ? hanNumeral(hanHour) : Number(hour12 ?? hour24 ?? hanHour);
  // 一点 is "a little".
  if (hour < 2 && hanHour && !part) return undefined;
  const minute = Number(minute12 ?? minute24 ?? hanMinute ?? (hanHalf ? 30 : 0));
  if (hour > 24 || minute > 59) return undefined;
  const late = half?.toLowerCase() === 'p' || /下午|傍晚|晚上/u.test(part ?? '');
  const known = half !== undefined || part !== undefined || hour24 !== undefined;
  const at = (hours: number): string => `clock:${hours * 60 + minute}`;
  const first = late && hour < 12 ? hour + 12 : half?.toLowerCase() === 'a' && hour === 12 ? 0 : hour;
  return fact(index, whole, known ? [at(first)] : [at(hour), at(hour + 12)], {
    parts: minute ? [`n:${hour}`, `n:${minute}`] : [`n:${hour}`],
  });
}

/** Letters right before the digits belong to it: p95, pg16, v4.2. */
function digits(text: string, { 0: whole, index }: RegExpMatchArray & { index: number }): TextFact | undefined {
  const written = /\d.*$/su.exec(whole)![0];
  const start = index + whole.length - written.length;
  const letters = whole.slice(0, whole.length - written.length);
  const latin = /[A-Za-z_]+$/u.exec(letters)?.[0] ?? '';
  const bare = written.replace(/[ '’]/gu, '');
  const plain = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(bare)
    ? bare.replaceAll(',', '')
    : /^\d+,\d+$/u.test(bare)
      ? bare.replace(',', '.')
      : bare;
  if (!/^\d+(?:\.\d+)?$/u.test(plain)) return fact(start - latin.length, latin + written, [`n:${plain}`], { named: true });
  const number = { ...quantity(text, start - latin.length, latin + written, Number(plain)), ...(latin && { named: true }) };
  // "2 300" is one number, or two that stand side by side.
  return written.includes(' ') ? { ...number, parts: written.split(' ').map(part => `n:${Number(part)}`) } : number;
}

/** The number with what follows it: "k" and 万 multiply, a unit makes 90 min and 1.5 h the same. */
function quantity(text: string, start: number, written: string, value: number): TextFact {
  let end = start + written.length;
  const times = TIMES_WORD.exec(text.slice(end));
  const keys = [`n:${value}`];
  if (times) {
    end += times[0].length;
    keys[0] = `n:${round(value * TIMES[(times[1] ?? times[2] ?? times[3] ?? times[4]).toLowerCase()])}`;
  }
  const unit = UNIT.exec(text.slice(end));
  // 7b, 9a and 3rd name something.
  if (!unit && !times && /\d$/u.test(written) && /^[a-z]/iu.test(text.slice(end)))
    return fact(start, text.slice(start, end), keys, { named: true });
  if (!unit) return fact(start, text.slice(start, end), keys, { counted: /^\s?\p{L}/u.test(text.slice(end)) });
  const [, measure, factor] = UNITS[unit.slice(1).findIndex(word => word !== undefined)];
  if (factor !== 1 || measure === 'time' || measure === 'length') keys.push(`${measure}:${round(Number(keys[0].slice(2)) * factor)}`);
  return fact(start, text.slice(start, end + unit[0].length), keys, { measure });
}

const round = (value: number): number => Number(value.toPrecision(9));
