// The check digits of national identity numbers, each as its authority publishes it. Digits and capital letters only, without separators.
import { luhnHolds } from './check-digits.ts';

const weighed = (digits: string, weights: number[]): number => weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0);
/** 0 to 9, then A is 10, B is 11 …, as ISO 7064 and ICAO count letters. */
const value = (sign: string): number => Number.parseInt(sign, 36);

const SPANISH = 'TRWAGMYFPDXBNJZSQVHLCKE';
/** Spain, DNI and NIE: the letter is the number modulo 23; X, Y, Z stand for 0, 1, 2. */
export const spanishHolds = (id: string): boolean =>
  SPANISH[Number(id.slice(0, -1).replace(/^[XYZ]/, first => String('XYZ'.indexOf(first)))) % 23] === id.at(-1);

/** Brazil, CPF: two digits modulo 11; one digit repeated is none. */
export function cpfHolds(cpf: string): boolean {
  const digit = (count: number) => {
    const rest =
      weighed(
        cpf,
        Array.from({ length: count }, (_, at) => count + 1 - at),
      ) % 11;
    return rest < 2 ? 0 : 11 - rest;
  };
  return !/^(\d)\1+$/.test(cpf) && digit(9) === Number(cpf[9]) && digit(10) === Number(cpf[10]);
}

/** Poland, PESEL: weights 1 3 7 9; the sum with the last digit is a multiple of ten. */
export const peselHolds = (pesel: string): boolean =>
  isDate(
    pesel.slice(2, 4).replace(/^[2-9]/, tens => String(Number(tens) % 2)),
    pesel.slice(4, 6),
  ) && weighed(pesel, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;

/** Netherlands, BSN: the eleven test. */
export const bsnHolds = (bsn: string): boolean => Number(bsn) > 0 && weighed(bsn, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;

/** France, NIR: the key is 97 less the number modulo 97 (Corsica's 2A and 2B are left out). */
export const nirHolds = (nir: string): boolean => 97 - (Number(nir.slice(0, 13)) % 97) === Number(nir.slice(13));

const D5 = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const TURN = '1576283094';
/** India, Aadhaar: Verhoeff. */
export function verhoeffHolds(digits: string): boolean {
  let check = 0;
  for (let at = 0; at < digits.length; at++) {
    let digit = Number(digits[digits.length - 1 - at]);
    for (let turns = at % 8; turns > 0; turns--) digit = Number(TURN[digit]);
    check = Number(D5[check][digit]);
  }
  return check === 0;
}

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
/** Italy, codice fiscale: places counted from one, the odd ones by a table, the even ones by their value. */
export function fiscalCodeHolds(code: string): boolean {
  const place = (sign: string) => (/\d/.test(sign) ? Number(sign) : value(sign) - 10);
  const sum = [...code.slice(0, 15)].reduce((total, sign, at) => total + (at % 2 === 0 ? ODD[place(sign)] : place(sign)), 0);
  return String.fromCharCode(65 + (sum % 26)) === code[15];
}

/** Hong Kong, one letter: weights 9 to 1, a multiple of eleven; A stands for 10 at the end. */
export function hongKongHolds(id: string): boolean {
  const last = id[7] === 'A' ? 10 : Number(id[7]);
  return (9 * 36 + 8 * value(id[0]) + weighed(id.slice(1, 7), [7, 6, 5, 4, 3, 2]) + last) % 11 === 0;
}

const TAIWAN = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';
/** Taiwan: the letter is a number from 10 on; weights 1 9, then 8 to 1 and 1. */
export function taiwanHolds(id: string): boolean {
  const letter = 10 + TAIWAN.indexOf(id[0]);
  return (Math.floor(letter / 10) + 9 * (letter % 10) + weighed(id.slice(1), [8, 7, 6, 5, 4, 3, 2, 1, 1])) % 10 === 0;
}

/** Singapore, NRIC of the series S and T. */
export const singaporeHolds = (id: string): boolean =>
  'JZIHGFEDCBA'[(weighed(id.slice(1, 8), [2, 7, 6, 5, 4, 3, 2]) + (id[0] === 'T' ? 4 : 0)) % 11] === id[8];

/** Sweden: a date and Luhn. */
export const swedishHolds = (id: string): boolean => isDate(id.slice(2, 4), id.slice(4, 6)) && luhnHolds(id);

/** Germany, tax identification number: ISO 7064 MOD 11,10. */
export function germanTaxHolds(id: string): boolean {
  let product = 10;
  for (const digit of id.slice(0, 10)) product = (((Number(digit) + product) % 10 || 10) * 2) % 11;
  return (11 - product) % 10 === Number(id[10]);
}

/** Korea, resident registration number: a date, and a digit modulo 11. */
export const koreanHolds = (id: string): boolean =>
  isDate(id.slice(2, 4), id.slice(4, 6)) && (11 - (weighed(id, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 === Number(id[12]);

/** Japan, My Number: eleven places weighed 6 5 4 3 2 7 6 5 4 3 2, modulo eleven; 0 and 1 give 0. */
export function myNumberHolds(id: string): boolean {
  const rest = weighed(id, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return Number(id[11]) === (rest < 2 ? 0 : 11 - rest);
}

/** Switzerland, AHV: an EAN-13 of the country 756. */
export const swissHolds = (id: string): boolean => weighed(id, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0;

/** Finland: a date, the sign of the century, and the nine digits modulo 31 as a sign. Without separators where the century is - or +. */
export function finnishHolds(id: string): boolean {
  const digits = id.slice(0, 6) + id.slice(-4, -1);
  return isDate(id.slice(2, 4), id.slice(0, 2)) && '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(digits) % 31] === id.at(-1);
}

/** Turkey: the tenth digit from the sums of odd and even places, the eleventh from the sum of all before. */
export function turkishHolds(id: string): boolean {
  const tenth = weighed(id, [7, 9, 7, 9, 7, 9, 7, 9, 7]) % 10; // minus one is nine modulo ten
  return tenth === Number(id[9]) && weighed(id, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) % 10 === Number(id[10]);
}

/** ICAO 9303: weights 7 3 1, `<` counts nothing. */
export const icaoHolds = (field: string, digit: string): boolean =>
  [...field].reduce((sum, sign, at) => sum + [7, 3, 1][at % 3] * (sign === '<' ? 0 : value(sign)), 0) % 10 === Number(digit);

const isDate = (month: string, day: string): boolean => Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
