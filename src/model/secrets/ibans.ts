// International bank account numbers (ISO 13616): a country's length and the check digits.
import { ibanHolds } from './check-digits.ts';
import { type Found, found } from './found.ts';

/** The SWIFT registry: characters of an account number by country. */
const LENGTHS: Record<number, string> = {
  15: 'NO',
  16: 'BE',
  18: 'DK FI FO GL NL SD',
  19: 'MK SI',
  20: 'AT BA EE KZ LT LU MN XK',
  21: 'CH HR LI LV UA',
  22: 'BG BH CR DE GB GE IE ME RS VA',
  23: 'AE GI IL IQ OM SO TL',
  24: 'AD CZ ES MD PK RO SA SE SK TN VG',
  25: 'LY PT ST',
  26: 'IS TR',
  27: 'BI DJ FR GR IT MC MR SM',
  28: 'AL AZ BY CY DO GT HU LB NI PL SV',
  29: 'BR EG PS QA',
  30: 'JO KW MU',
  31: 'MT SC',
  32: 'LC',
  33: 'RU',
};
const LENGTH_OF = new Map(Object.entries(LENGTHS).flatMap(([length, countries]) => countries.split(' ').map(one => [one, Number(length)])));

const BEGINNING = /(?<![A-Za-z\d])[A-Za-z]{2}\d{2}/g;

export function ibans(text: string): Found[] {
  return [...text.matchAll(BEGINNING)].flatMap(({ 0: beginning, index }) => {
    const length = LENGTH_OF.get(beginning.slice(0, 2).toUpperCase());
    if (length === undefined) return [];
    const [written] = text.slice(index).match(new RegExp(`^[A-Za-z\\d](?:[ -]?[A-Za-z\\d]){${length - 1}}(?![A-Za-z\\d])`)) ?? [];
    return written && ibanHolds(written.replace(/[ -]/g, '')) ? [found('iban', index, written.length)] : [];
  });
}
