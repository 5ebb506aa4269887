// Phone numbers: international (E.164), Chinese mobiles and landlines, North American; others where the words say that it is one.
import { type Found, found } from './found.ts';
import { isNumbered } from './numbered.ts';

/** ITU-T E.164: the country codes in use. */
const COUNTRY =
  '(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2[1-689]\\d|3[578]\\d|42\\d|5[09]\\d|6[7-9]\\d|8[0578]\\d|9[679]\\d)';
/** MIIT: the first three places of mobiles on the mainland. */
const MOBILE = '1(?:3\\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\\d|9[0-35-9])';
const MOBILE_GROUPS = `${MOBILE}(?:\\d{8}|([ .-])\\d{4}\\1\\d{4}|[ -]\\d{3}[ -]\\d{5})`
  .replaceAll('\\1', '\\k<between>')
  .replace('([ .-])', '(?<between>[ .-])');
const BEGIN = '(?<![A-Za-z\\d]|\\d[.,_/-])';
const END = '(?![A-Za-z\\d]|[.,_-]\\d)';

const NORTH_AMERICA_ABROAD = new RegExp(`(?<![\\w+])\\+1[ .-]?\\(?\\d{3}\\)?[ .-]?\\d{3}[ .-]?\\d{4}${END}`, 'g');
const INTERNATIONAL = new RegExp(`(?<![\\w+])\\+${COUNTRY}(?:[ .-]?\\(?\\d{1,5}\\)?){1,6}${END}`, 'g');
const DIALLED = new RegExp(`${BEGIN}00${COUNTRY}(?:[ .-]\\(?\\d{1,5}\\)?){2,6}${END}`, 'g');
const IN_BRACKETS = new RegExp(`\\(\\+${COUNTRY}\\)[ -]?\\d{1,5}(?:[ .-]?\\d{2,8}){1,4}${END}`, 'g');
const MAINLAND = new RegExp(`(?:(?<![A-Za-z\\d])(?:00|\\+)?86[ -]?|${BEGIN})${MOBILE_GROUPS}${END}`, 'g');
const LANDLINE = new RegExp(`${BEGIN}(?:\\(0(?:10|2\\d|[3-9]\\d{2})\\) ?|0(?:10|2\\d|[3-9]\\d{2})[ -])[2-9]\\d{2,3}[ -]?\\d{4}${END}`, 'g');
const NORTH_AMERICAN = new RegExp(`${BEGIN}(?:1[ .-])?(?!400)(?:\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}[.-])\\d{3}[.-]\\d{4}${END}`, 'g');
/** Mobiles of the Netherlands, as they are written at home. */
const DUTCH = new RegExp(`${BEGIN}06[ -]\\d{8}${END}`, 'g');
/** Right after a word that says phone: anything of seven digits and more. */
const SPOKEN = new RegExp(`${BEGIN}\\(?\\d{2,5}\\)?(?:[ .-]?\\d{2,8}){1,4}${END}`, 'g');

const PHONE_WORD =
  /(?:\b(?:my|his|her|their|your) (?:\w+ )?number|\b(?:tel|telephone|phone|mobile|cell(?:phone)?|landline|fax|whats ?app|hotline|sms)(?: (?:number|no\.?|nr\.?|line))?|\b(?:call|dial|ring|text|phone|reach) (?:me|us|him|her|them|back|\w+)?(?: ?(?:on|at|under))?|电话|手机|座机|联系方式|传真|致电|拨打|拨|打)(?:号码?)?[\s:：=是为()（）]{0,3}(?:(?:is|on|at|was|his|her|my) ){0,2}$/i;
const PHONE_NEAR = /\b(?:tel|telephone|phone|mobile|cell|landline|fax|whats ?app|rings?|call|dial)\b|电话|手机|座机|传真/i;
/** Groups of digits beside a number in three groups: then it is the middle of a longer one. */
const GROUP_BEFORE = /(?<![A-Za-z\d])(?:[A-Za-z]{0,4}\d{1,6}|[A-Z]{2}\d{2}(?: [A-Z\d]{4})*) $/;
const GROUP_AFTER = /^ \d{1,6}(?!\d)/;
const DATE = /^(?:19|20)\d{2}([-./]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])/;
const COUNTED = /^#|^\s*(?:元|行|条|次|个|人|件|吨|字节|bytes?\b|rows?\b|users?\b|[mck]?m\b|ms\b|k?g\b|[kmg]b\b|records?\b|EUR\b|USD\b|€)/i;
const MONEY_BEFORE = /[$€£¥￥]\s*$/;

export function phones(text: string): Found[] {
  const clear = [NORTH_AMERICA_ABROAD, INTERNATIONAL, IN_BRACKETS, DIALLED, MAINLAND, LANDLINE, NORTH_AMERICAN, DUTCH].flatMap(form =>
    [...text.matchAll(form)].filter(isLong),
  );
  const spoken = [...text.matchAll(SPOKEN)].filter(match => isSpoken(text, match));
  const whole = [...clear, ...spoken].filter(match => !isCounted(text, match) && !isMiddle(text, match));
  return whole.map(({ 0: number, index }) => found('phone', index, number.length));
}

const digitsOf = (number: string) => number.replace(/\D/g, '');

/** E.164 allows 15 digits; fewer than 8 with a country code are an amount or a time zone. */
function isLong({ 0: number }: RegExpMatchArray): boolean {
  const { length } = digitsOf(number);
  return length >= 8 && length <= 15;
}

function isSpoken(text: string, { 0: number, index }: RegExpExecArray): boolean {
  const { length } = digitsOf(number);
  if (DATE.test(number) || length < 7 || length > 13) return false;
  const national = /^\(?0/.test(number) && length >= 9 && /\D/.test(number);
  const american = /^[2-9]\d{2} \d{3} \d{4}$/.test(number);
  return PHONE_WORD.test(text.slice(Math.max(0, index - 40), index)) || ((national || american) && PHONE_NEAR.test(text));
}

function isMiddle(text: string, { 0: number, index }: RegExpExecArray): boolean {
  const between = GROUP_BEFORE.test(text.slice(Math.max(0, index - 45), index)) || GROUP_AFTER.test(text.slice(index + number.length));
  return /^\(?0.* /.test(number) && between;
}

function isCounted(text: string, { 0: number, index }: RegExpExecArray): boolean {
  const before = text.slice(Math.max(0, index - 40), index);
  return COUNTED.test(text.slice(index + number.length)) || MONEY_BEFORE.test(before) || isNumbered(before);
}
