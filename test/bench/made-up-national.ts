// Made-up identity numbers of several countries with the check digits of their published rules, written apart from the detectors.
import { luhnDigit } from './check-digits.ts';
import { DIGITS, type Maker, pick, type Random, some } from './made-up-keys.ts';

const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
const birth = (random: Random) => ({ year: two(60 + random() * 39), month: two(1 + random() * 12), day: two(1 + random() * 28) });
const weighed = (digits: string, weights: number[]) => [...digits].reduce((sum, digit, at) => sum + Number(digit) * weights[at], 0);

/** Hong Kong: letter and six digits, weights 8 … 2 after a blank worth 36 × 9, modulo 11. */
const hkid: Maker = random => {
  const letter = pick('ACDEGKPRVYZ', random);
  const number = some(DIGITS, 6, random);
  const sum = 36 * 9 + (letter.charCodeAt(0) - 55) * 8 + weighed(number, [7, 6, 5, 4, 3, 2]);
  return `${letter}${number}(${'0123456789A'[(11 - (sum % 11)) % 11]})`;
};

/** Taiwan: the letter counts as two digits, then weights 8 … 1, modulo 10. */
const twid: Maker = random => {
  const letter = pick('ABEFH', random);
  const place = { A: 10, B: 11, E: 14, F: 15, H: 17 }[letter] ?? 10;
  const number = pick('12', random) + some(DIGITS, 7, random);
  const sum = Math.floor(place / 10) + (place % 10) * 9 + weighed(number, [8, 7, 6, 5, 4, 3, 2, 1]);
  return `${letter}${number}${(10 - (sum % 10)) % 10}`;
};

/** Singapore: weights 2 7 6 5 4 3 2, modulo 11, a letter (series S and T). */
const nric: Maker = random => {
  const series = pick('ST', random);
  const number = some(DIGITS, 7, random);
  return series + number + 'JZIHGFEDCBA'[(weighed(number, [2, 7, 6, 5, 4, 3, 2]) + (series === 'T' ? 4 : 0)) % 11];
};

/** Korea: date of birth, sex and century, region, and the check digit of weights 2 … 9, 2 … 5. */
const rrn: Maker = random => {
  const { year, month, day } = birth(random);
  const body = year + month + day + pick('12', random) + some(DIGITS, 5, random);
  return `${body.slice(0, 6)}-${body.slice(6)}${(11 - (weighed(body, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10}`;
};

/** Japan's My Number: eleven digits, weights 6 5 4 3 2 7 6 5 4 3 2, modulo 11. */
const myNumber: Maker = random => {
  const body = some(DIGITS, 11, random);
  const rest = weighed(body, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  const whole = body + (rest <= 1 ? 0 : 11 - rest);
  return `${whole.slice(0, 4)} ${whole.slice(4, 8)} ${whole.slice(8)}`;
};

/** Canada's social insurance number: nine digits by Luhn. */
const sin: Maker = random => {
  const body = pick('1234567', random) + some(DIGITS, 7, random);
  const whole = body + luhnDigit(body);
  return `${whole.slice(0, 3)}-${whole.slice(3, 6)}-${whole.slice(6)}`;
};

/** Switzerland's AHV number: an EAN-13 of country 756. */
const ahv: Maker = random => {
  const body = `756${some(DIGITS, 9, random)}`;
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  const whole = body + ((10 - (sum % 10)) % 10);
  return `${whole.slice(0, 3)}.${whole.slice(3, 7)}.${whole.slice(7, 11)}.${whole.slice(11)}`;
};

/** Sweden's personal number: date, serial, Luhn over the nine digits before. */
const personnummer: Maker = random => {
  const { year, month, day } = birth(random);
  const body = year + month + day + some(DIGITS, 3, random);
  return `${body.slice(0, 6)}-${body.slice(6)}${luhnDigit(body)}`;
};

/** The United Kingdom's national insurance number: it has no check digit. */
const nino: Maker = random =>
  `${pick('ABCEHJKLMNPRSTWXY', random)}${pick('ABCEHJKLMPRSTWXYZ', random)} ${some(DIGITS, 2, random)} ${some(DIGITS, 2, random)} ${some(DIGITS, 2, random)} ${pick('ABCD', random)}`;

const diners: Maker = random => {
  const body = `3056${some(DIGITS, 9, random)}`;
  return body + luhnDigit(body);
};
const jcb: Maker = random => {
  const body = `3528${some(DIGITS, 11, random)}`;
  const whole = body + luhnDigit(body);
  return whole.replace(/(.{4})(?=.)/g, '$1 ');
};

export const NATIONAL = { hkid, twid, nric, rrn, myNumber, sin, ahv, personnummer, nino, diners, jcb } satisfies Record<string, Maker>;
