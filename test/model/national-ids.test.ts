// Identity numbers of other countries and passports: the examples that their authorities and standards print, and the same with one digit changed.
import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../src/model/secrets/find.ts';

const found = (text: string): string[] => findSecrets(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);

describe.each([
  ['Spain, DNI', 'DNI ', '12345678Z'],
  ['Spain, NIE', 'NIE ', 'X1234567L'],
  ['Brazil, CPF', '', '529.982.247-25'],
  ['Poland, PESEL', 'PESEL ', '44051401458'],
  ['Netherlands, BSN', 'BSN ', '111222333'],
  ['France, NIR', 'NIR ', '2 69 05 49 588 157 80'],
  ['India, Aadhaar', 'Aadhaar ', '2341 2341 2346'],
  ['Italy, codice fiscale', '', 'RSSMRA85T10A562S'],
  ['Hong Kong', '', 'A123456(3)'],
  ['Taiwan', 'Taiwan ID ', 'A123456789'],
  ['Singapore, NRIC', 'NRIC ', 'S1234567D'],
  ['Canada, SIN', 'social insurance number ', '046 454 286'],
  ['Sweden, personnummer', 'personnummer ', '811218-9876'],
  ['Germany, tax id', 'Steuer-ID ', '86 095 742 719'],
])('%s', (_, name, number) => {
  it('is found as it is printed', () => {
    expect(found(`Please note: ${name}${number}, thank you.`)).toEqual([`id-number ${number}`]);
  });

  it('is none with another digit in it', () => {
    const digit = /\d(?=\D*$)/.exec(number)!;
    const wrong = `${number.slice(0, digit.index)}${(Number(digit[0]) + 1) % 10}${number.slice(digit.index + 1)}`;
    expect(found(`Please note: ${name}${wrong}, thank you.`).filter(one => one.startsWith('id-number'))).toEqual([]);
  });
});

const NAMES = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<';
const NUMBERS = 'L898902C36UTO7408122F1204159ZE184226B<<<<<10';

describe('a passport', () => {
  it('is found by the lines that machines read (ICAO 9303, part 4), both or the second alone', () => {
    expect(found(`Scan:\n${NAMES}\n${NUMBERS}`)).toEqual([`id-number ${NAMES}\n${NUMBERS}`]);
    expect(found(`Scan: ${NUMBERS}`)).toEqual([`id-number ${NUMBERS}`]);
    expect(found(`Scan: ${NUMBERS.replace('740812', '740813')}`)).toEqual([]);
  });

  it('is found where its name stands before the number, and is a code of something else without', () => {
    expect(found('护照号 E53920174，passport no. EJ4417283')).toEqual(['id-number E53920174', 'id-number EJ4417283']);
    expect(found('Error E53920174 in passport-jwt 4.0.1')).toEqual([]);
  });
});
