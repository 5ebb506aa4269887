// Other countries' identity numbers, by form and check digit. A form that is common elsewhere counts only where its name stands beside it.
import { luhnHolds } from './check-digits.ts';
import { type Found, found } from './found.ts';
import {
  bsnHolds,
  cpfHolds,
  finnishHolds,
  fiscalCodeHolds,
  germanTaxHolds,
  hongKongHolds,
  koreanHolds,
  myNumberHolds,
  nirHolds,
  peselHolds,
  singaporeHolds,
  spanishHolds,
  swedishHolds,
  swissHolds,
  taiwanHolds,
  turkishHolds,
  verhoeffHolds,
} from './national-checks.ts';
import { isNumbered } from './numbered.ts';

/** `holds` reads the number without separators; `named`: what must stand near it. */
type Rule = { form: RegExp; holds(number: string): boolean; named?: RegExp };

const RULES: Rule[] = [
  { form: /\d{8}-?[A-Z]|[XYZ]-?\d{7}-?[A-Z]/g, holds: spanishHolds, named: /\b(?:DNI|NI[EF])\b|documento nacional|extranjer/i },
  { form: /\d{3}\.\d{3}\.\d{3}-\d{2}/g, holds: cpfHolds },
  { form: /\d{11}/g, holds: cpfHolds, named: /\bCPF\b/i },
  { form: /\d{11}/g, holds: peselHolds, named: /\bPESEL\b/i },
  { form: /\d{9}/g, holds: bsnHolds, named: /\bBSN\b|burgerservicenummer|sofinummer/i },
  {
    form: /[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3} ?\d{2}/g,
    holds: nirHolds,
    named: /\bNIR\b|s[ée]cu\b|s[ée]curit[ée] sociale|social security/i,
  },
  { form: /[2-9]\d{3}([ -]?)\d{4}\1\d{4}/g, holds: verhoeffHolds, named: /aadhaa?r|आधार/i },
  { form: /[A-Z]{6}\d{2}[ABCDEHLMPRST]\d{2}[A-Z]\d{3}[A-Z]/g, holds: fiscalCodeHolds },
  { form: /[A-Z]\d{6}\([\dA]\)/g, holds: hongKongHolds },
  { form: /[A-Z][12]\d{8}/g, holds: taiwanHolds, named: /taiwan|台[湾灣]|身[份分][证證]|national id/i },
  { form: /[ST]\d{7}[A-Z]/g, holds: singaporeHolds, named: /\bNRIC\b|singapore|新加坡/i },
  { form: /\d{3}([ -]?)\d{3}\1\d{3}/g, holds: luhnHolds, named: /\bsocial insurance\b|\bSIN\b(?! \d{1,2}\b)/i },
  { form: /\d{6}[-+]\d{4}/g, holds: swedishHolds, named: /person(?:al )?(?:nummer|number)|samordningsnummer/i },
  {
    form: /[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]/g,
    holds: () => true,
    named: /\bNI (?:number|no\b)|\bNINO\b|national insurance/i,
  },
  { form: /\d{2} ?\d{3} ?\d{3} ?\d{3}/g, holds: germanTaxHolds, named: /steuer[- ]?(?:id|nummer)|steuerliche|\bIdNr\b|tax id/i },
  { form: /\d{6}-[1-8]\d{6}/g, holds: koreanHolds },
  { form: /\d{4}([ -]?)\d{4}\1\d{4}/g, holds: myNumberHolds, named: /マイナンバー|個人番号|\bmy number\b/i },
  { form: /756\.\d{4}\.\d{4}\.\d{2}/g, holds: swissHolds },
  { form: /756\d{10}/g, holds: swissHolds, named: /\bAHV\b|\bAVS\b|sozialversicherung/i },
  { form: /\d{6}[-+A-FU-Y]\d{3}[\dA-FHJ-NPR-Y]/g, holds: finnishHolds, named: /henkil[öo]tunnus|\bHETU\b|finnish/i },
  { form: /[1-9]\d{10}/g, holds: turkishHolds, named: /\bT\.?C\.? ?(?:kimlik|no)|\bTCKN\b/i },
];

/** How far from the number its name may stand. */
const BEFORE = 60;
const AFTER = 40;

export const nationalIds = (text: string): Found[] => RULES.flatMap(rule => findsOf(rule, text));

function findsOf({ form, holds, named }: Rule, text: string): Found[] {
  return [...text.matchAll(form)].flatMap(({ 0: written, index }) => {
    const end = index + written.length;
    if (/[A-Za-z\d]$|\d[.,-]$/.test(text.slice(0, index)) || /^[A-Za-z\d]|^[.,-]\d/.test(text.slice(end))) return [];
    const before = text.slice(Math.max(0, index - BEFORE), index);
    if (named ? !named.test(`${before} ${text.slice(end, end + AFTER)}`) : isNumbered(before)) return [];
    return holds(written.replace(/[^A-Z\d]/g, '')) ? [found('id-number', index, written.length)] : [];
  });
}
