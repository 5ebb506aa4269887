// Passports: the two lines that machines read (ICAO 9303, with their check digits), and numbers that the word passport names.
import { type Found, found } from './found.ts';
import { icaoHolds } from './national-checks.ts';

const NAMES = 'P[A-Z<][A-Z<]{3}[A-Z<]{39}';
const NUMBERS = '([A-Z\\d<]{9})(\\d)[A-Z<]{3}(\\d{6})(\\d)[MFX<](\\d{6})(\\d)[A-Z\\d<]{14}[\\d<]\\d';
/** The second line also without the first: it holds the number and the day of birth. */
const MACHINE_READ = new RegExp(`(?<![A-Z\\d<])(?:${NAMES}\\s{0,3})?${NUMBERS}(?![A-Z\\d<])`, 'g');

/** As states print them: one or two letters and digits, nine digits, or nine letters and digits mixed. */
const NUMBER = /(?<![A-Za-z\d-])(?:[A-Z]{1,2}\d{6,8}|\d{9}|(?=(?:[A-Z]*\d){3})(?=\d*[A-Z])[A-Z\d]{9})(?![A-Za-z\d]|-\w)/g;
const NAMED = /(?:(?<![\w-])pass ?ports?(?![\w-])|passeport|pasaporte|reisepass|护照|護照)[^!?。！？\n;]{0,45}$/i;

export function passports(text: string): Found[] {
  const read = [...text.matchAll(MACHINE_READ)].filter(
    ([, number, one, birth, two, expiry, three]) => icaoHolds(number, one) && icaoHolds(birth, two) && icaoHolds(expiry, three),
  );
  const named = [...text.matchAll(NUMBER)].filter(({ index }) => NAMED.test(text.slice(Math.max(0, index - 60), index)));
  return [...read, ...named].map(({ 0: written, index }) => found('id-number', index, written.length));
}
