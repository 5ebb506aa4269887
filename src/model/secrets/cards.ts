// Payment cards: the ranges and lengths of the networks (ISO/IEC 7812), the usual ways to group the digits, and Luhn.
import { luhnHolds } from './check-digits.ts';
import { type Found, found } from './found.ts';
import { isNumbered } from './numbered.ts';

const NETWORKS = [
  /^4\d{12}(?:\d{3}){0,2}$/, // Visa
  /^(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/, // Mastercard
  /^3[47]\d{13}$/, // American Express
  /^(?:6011|65\d{2}|64[4-9]\d)\d{12}(?:\d{3})?$/, // Discover
  /^62\d{14}(?:\d{3})?$/, // UnionPay
  /^9558\d{15}$/, // ICBC's cards before UnionPay's range
  /^35(?:2[89]|[3-8]\d)\d{12}$/, // JCB
  /^3(?:0[0-5]|[68]\d)\d{11}$/, // Diners
];
const GROUPINGS = [
  /\d{13,19}/g,
  /\d{4}([ -])\d{4}\1\d{4}\1\d{4}\1\d{3}/g,
  /\d{4}([ -])\d{4}\1\d{4}\1\d{4}/g,
  /\d{4}([ -])\d{6}\1\d{4,5}/g,
  /\d{6}([ -])\d{10}(?:\d{3})?/g,
];
/** Digits, letters, decimal points or an account number's groups beside it: the middle of something longer. */
const INSIDE_BEFORE = /(?:[A-Za-z\d]|\d[.,-]|(?<![A-Za-z\d])[A-Z]{2}\d{2}(?: [A-Z\d]{4})* )$/;
const INSIDE_AFTER = /^(?:[A-Za-z\d]|[.,-]\d)/;
/** Then even behind "ticket:" it is one. */
const CARD_WORD = /\b(?:card|visa|master ?card|amex|pan|cvv|cvc)\b|卡号|银行卡|信用卡|储蓄卡/i;

export function cards(text: string): Found[] {
  return GROUPINGS.flatMap(grouping =>
    [...text.matchAll(grouping)].flatMap(({ 0: number, index }) => {
      const digits = number.replace(/\D/g, '');
      const before = text.slice(0, index);
      const inside = INSIDE_BEFORE.test(before.slice(-45)) || INSIDE_AFTER.test(text.slice(index + number.length));
      if (inside || !NETWORKS.some(network => network.test(digits)) || !luhnHolds(digits) || (isNumbered(before) && !CARD_WORD.test(text)))
        return [];
      return [found('card', index, number.length)];
    }),
  );
}
