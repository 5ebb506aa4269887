// The check digits of cards, Chinese identity numbers and bank accounts, as their standards compute them.

/** ISO/IEC 7812-1, annex B (Luhn). Digits only. */
export function luhnHolds(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]) * (at % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

const IDENTITY_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643-1999, ISO 7064 MOD 11-2: 17 digits and a last place that may be X. */
export function identityHolds(number: string): boolean {
  const sum = IDENTITY_WEIGHTS.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  return '10X98765432'[sum % 11] === number[17].toUpperCase();
}

/** ISO 13616, ISO 7064 MOD 97-10: letters and digits without spaces. */
export function ibanHolds(iban: string): boolean {
  let rest = 0;
  for (const place of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(place, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
