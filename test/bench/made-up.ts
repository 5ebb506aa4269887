// Made-up secrets and personal data in their published formats, and the same ones spoilt: nothing here was ever anybody's.
// Every value comes from a seed at run time, so no scanner of the repository takes one for a real key.
import { ibanDigits, identityDigit, luhnDigit } from './check-digits.ts';
import { BASE64, DIGITS, HEX, KEYS, LOWER, type Maker, pick, type Random, some, UPPER, uuid, WORD } from './made-up-keys.ts';
import { NATIONAL } from './made-up-national.ts';
import { TOLD_KEYS, VENDOR_KEYS } from './made-up-vendor-keys.ts';

const groups = (text: string, sizes: number[], between: string): string => {
  let at = 0;
  const parts = sizes.map(size => text.slice(at, (at += size)));
  return [...parts, text.slice(at)].filter(Boolean).join(between);
};
const fours = (text: string, between = ' ') => groups(text, [4, 4, 4, 4, 4, 4], between);

const card =
  (prefix: string, length: number): Maker =>
  random => {
    const body = prefix + some(DIGITS, length - prefix.length - 1, random);
    return body + luhnDigit(body);
  };
const visa = card('4', 16);
const mastercard = card('53', 16);
const amex = card('37', 15);
const unionpay16 = card('6225', 16);
const unionpay19 = card('622202', 19);

const REGIONS = ['110105', '310115', '440305', '330106', '510107', '320583', '610113', '420106'];
const day = (random: Random) => `${1955 + Math.floor(random() * 50)}${two(1 + random() * 12)}${two(1 + random() * 28)}`;
const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
const identity = (random: Random, region = pick(REGIONS, random), born = day(random)) => {
  const body = region + born + some(DIGITS, 3, random);
  return body + identityDigit(body);
};
const identityX: Maker = random => {
  for (;;) {
    const made = identity(random);
    if (made.endsWith('X')) return made;
  }
};

const iban = (country: string, account: Maker): Maker => {
  return random => {
    const number = account(random);
    return country + ibanDigits(country, number) + number;
  };
};
const ibanDe = iban('DE', random => some(DIGITS, 18, random));
const ibanGb = iban('GB', random => some(UPPER, 4, random) + some(DIGITS, 14, random));
const ibanFr = iban('FR', random => some(DIGITS, 23, random));

/** SSA: no area 000, 666 or 9xx, no group 00, no serial 0000. */
const ssn: Maker = random =>
  `${two(10 + random() * 50)}${1 + Math.floor(random() * 9)}-${two(1 + random() * 98)}-${1000 + Math.floor(random() * 8999)}`;

const octet = (random: Random) => String(1 + Math.floor(random() * 253));
const ip: Maker = random => {
  const last = [octet(random), octet(random)];
  return [
    ...pick(
      [
        ['10', octet(random)],
        ['192', '168'],
        ['172', '20'],
        ['203', '0'],
        [String(81 + Math.floor(random() * 18)), octet(random)],
      ],
      random,
    ),
    ...last,
  ].join('.');
};

const block = (kind: string, lines: number, random: Random, end = true) => {
  const rule = (word: string) => `-----${word} ${kind}${'PRIVATE'} KEY-----`;
  const body = Array.from({ length: lines }, () => some(BASE64, 64, random));
  return [rule('BEGIN'), ...body, ...(end ? [rule('END')] : [])].join('\n');
};

/** Keys and passwords that only the words around them give away. */
const NAMELESS = {
  awsSecret: random => some(BASE64, 40, random),
  aliyunSecret: random => some(WORD, 30, random),
  tencentKey: random => some(WORD, 32, random),
  azureKey: random => `${some(BASE64, 86, random)}==`,
  hwAk: random => some(UPPER + DIGITS, 20, random),
  base64key: random => `${some(BASE64, 43, random)}=`,
  hex24: random => some(HEX, 24, random),
  hex32: random => some(HEX, 32, random),
  hex64: random => some(HEX, 64, random),
  random32: random => some(WORD, 32, random),
  random40: random => some(WORD, 40, random),
  uuid,
  mailcode: random => some(LOWER, 16, random),
  pemRsa: random => block('RSA ', 13, random),
  pemEc: random => block('EC ', 3, random),
  pemOpenssh: random => block('OPENSSH ', 6, random),
  pgp: random => block('PGP ', 6, random).replaceAll('KEY-----', 'KEY BLOCK-----'),
  sasSig: random => `${some(WORD, 43, random)}%3D`,
  pemPkcs8: random => block('', 13, random),
  pemCut: random => block('RSA ', 3, random, false),
} satisfies Record<string, Maker>;

const PERSONAL = {
  visa,
  visaSpaced: random => fours(visa(random)),
  visaDashed: random => fours(visa(random), '-'),
  mastercard,
  mastercardDashed: random => fours(mastercard(random), '-'),
  mastercardSpaced: random => fours(mastercard(random)),
  amex,
  amexSpaced: random => groups(amex(random), [4, 6], ' '),
  discover: card('6011', 16),
  unionpay16,
  unionpay16Spaced: random => fours(unionpay16(random)),
  unionpay19,
  unionpay19Spaced: random => fours(unionpay19(random)),
  cnid: random => identity(random),
  cnidX: identityX,
  ssn,
  ssnPlain: random => ssn(random).replaceAll('-', ''),
  ibanDe,
  ibanDeSpaced: random => fours(ibanDe(random)),
  ibanGbSpaced: random => fours(ibanGb(random)),
  ibanFr,
  ibanFrSpaced: random => fours(ibanFr(random)),
  ip,
} satisfies Record<string, Maker>;

/** What `=NAME` in a labelled row stands for. */
export const MAKERS: Record<string, Maker> = { ...KEYS, ...VENDOR_KEYS, ...TOLD_KEYS, ...NAMELESS, ...PERSONAL, ...NATIONAL };

const passwords: Maker = random =>
  pick(['Mast', 'Boje', 'Quay', 'Lotse', 'Gang', 'Kran'], random) +
  pick('-_.!#', random) +
  some(LOWER, 3, random) +
  some(DIGITS, 3, random);
const cnMobile: Maker = random => `1${pick(['38', '39', '50', '86', '77', '91'], random)}${some(DIGITS, 8, random)}`;
const mail: Maker = random =>
  `${some(LOWER, 5, random)}.${some(LOWER, 6, random)}@${pick(['harbourline.example', 'quay.co.uk', 'beigang.com.cn', 'tide.io'], random)}`;

/** What fills the frames of each kind, taken in turn: valid by the published rules. */
export const VALID: Record<string, Maker[]> = {
  email: [mail],
  phone: [
    cnMobile,
    random => `+86 ${cnMobile(random)}`,
    random => `+1 ${some('23456', 3, random)} 555 01${some(DIGITS, 2, random)}`,
    random => `+44 7700 900${some(DIGITS, 3, random)}`,
    random => groups(cnMobile(random), [3, 4], ' '),
    random => `(${some('23456', 3, random)}) 555-01${some(DIGITS, 2, random)}`,
  ],
  card: [visa, PERSONAL.visaSpaced, mastercard, PERSONAL.unionpay19, PERSONAL.amexSpaced, PERSONAL.unionpay16Spaced],
  cnid: [PERSONAL.cnid, identityX],
  iban: [ibanDe, PERSONAL.ibanGbSpaced, ibanFr, PERSONAL.ibanDeSpaced],
  ssn: [ssn],
  ip: [ip],
  key: Object.values(KEYS),
  password: [passwords],
};

/** The valid value with its last digit moved on: by the rule it is none. */
const spoilt =
  (maker: Maker): Maker =>
  random =>
    maker(random).replace(/[\dX](?=\D*$)/, last => (last === 'X' ? '4' : String((Number(last) + 1 + Math.floor(random() * 8)) % 10)));

/** The same frames with values that the rules forbid. */
export const INVALID: Record<string, Maker[]> = {
  card: VALID.card.slice(0, 5).map(spoilt),
  cnid: [
    spoilt(identity),
    spoilt(identityX),
    spoilt(identity),
    random =>
      identity(random, pick(REGIONS, random), `19${two(50 + random() * 50)}1${3 + Math.floor(random() * 6)}${two(1 + random() * 28)}`),
    random => identity(random, pick(REGIONS, random), `19${two(50 + random() * 50)}0230`),
    random => identity(random, '990105'),
  ],
  iban: [ibanDe, PERSONAL.ibanGbSpaced, ibanFr, PERSONAL.ibanDeSpaced, PERSONAL.ibanFrSpaced].map(spoilt),
  ssn: [random => ssn(random).replace(/^\d{3}/, '000'), random => ssn(random).replace(/^\d/, '9')],
  ip: [
    random => ip(random).replace(/\d+$/, () => String(256 + Math.floor(random() * 700))),
    random => `${300 + Math.floor(random() * 600)}.${octet(random)}.${octet(random)}.${octet(random)}`,
  ],
};
