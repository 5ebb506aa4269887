// Numbers written in words, English and Chinese.

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const LARGE: Record<string, number> = { hundred: 100, thousand: 1000, million: 1e6, billion: 1e9 };
const ATOM = [...SMALL, ...TENS, ...Object.keys(LARGE)].join('|');

/** "seventeen", "forty-two", "three hundred and five"; "one" alone is a pronoun more often than a number. */
export const ENGLISH_NUMERAL = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:(?:${ATOM})(?:[ -](?:and )?(?:${ATOM}))*|a dozen|dozen)(?![\\p{L}\\p{N}])`,
  'giu',
);

export function englishNumeral(text: string): number {
  const words = text.toLowerCase().split(/[ -]+/u);
  if (words.includes('dozen')) return 12;
  let [total, group] = [0, 0];
  for (const word of words) {
    const small = SMALL.indexOf(word);
    const ten = TENS.indexOf(word);
    if (small >= 0) group += small;
    else if (ten >= 0) group += 20 + 10 * ten;
    else if (word === 'hundred') group = Math.max(1, group) * 100;
    else if (word in LARGE) {
      total += Math.max(1, group) * LARGE[word];
      group = 0;
    }
  }
  return total + group;
}

const DIGITS = '零一二三四五六七八九';
export const HAN_NUMERAL = '[零〇一二两三四五六七八九十百千万亿]';
const STEPS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };

/** 二十四, 两百, 一万二千; digit by digit where there is no step (二〇二五). */
export function hanNumeral(text: string): number {
  const digits = [...text].map(character => (character === '两' ? 2 : character === '〇' ? 0 : DIGITS.indexOf(character)));
  if (digits.length > 1 && digits.every(digit => digit >= 0)) return Number(digits.join(''));
  let [total, group, digit] = [0, 0, 0];
  for (const [i, character] of [...text].entries()) {
    if (digits[i] >= 0) digit = digits[i];
    else if (character in STEPS) {
      group += (digit || 1) * STEPS[character];
      digit = 0;
    } else {
      total += (group + digit || 1) * (character === '万' ? 1e4 : 1e8);
      [group, digit] = [0, 0];
    }
  }
  return total + group + digit;
}
