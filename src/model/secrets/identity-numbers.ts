// Numbers that name a person: the Chinese identity number (GB 11643-1999) and the US social security number.
import { identityHolds } from './check-digits.ts';
import { type Found, found } from './found.ts';
import { isNumbered } from './numbered.ts';

/** GB/T 2260: the provinces. */
const CHINESE =
  /(?<![A-Za-z\d])(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{4}([ -]?)((?:18|19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\1\d{3}[\dXx](?![A-Za-z\d])/g;

/** SSA: no area 000, 666 or 9xx, no group 00, no serial 0000. */
const SOCIAL_SECURITY = /(?<![\w-]|[\d.]\.)(?!000|666|9)\d{3}([- ]?)(?!00)\d{2}\1(?!0000)\d{4}(?![\w-]|\.\d)/g;
const SOCIAL_SECURITY_WORDS = /(?:\bSSN\b|social security|社会安全|社安)[^\d\n]{0,30}$/i;

export function identityNumbers(text: string): Found[] {
  return [...chinese(text), ...socialSecurity(text)];
}

function chinese(text: string): Found[] {
  return [...text.matchAll(CHINESE)].flatMap(({ 0: number, 2: year, 3: month, 4: day, index }) => {
    const exists = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
    return exists && identityHolds(number.replace(/[ -]/g, '')) ? [found('id-number', index, number.length)] : [];
  });
}

/** Without dashes nine digits are a person's only where the words say so. */
function socialSecurity(text: string): Found[] {
  return [...text.matchAll(SOCIAL_SECURITY)].flatMap(({ 0: number, 1: between, index }) => {
    const before = text.slice(0, index);
    const named = SOCIAL_SECURITY_WORDS.test(before);
    return named || (between === '-' && !isNumbered(before)) ? [found('id-number', index, number.length)] : [];
  });
}
