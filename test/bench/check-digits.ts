// Check digits from the published rules, written apart from the detectors that are measured with them.

/** ISO/IEC 7812-1, annex B (Luhn): the digit that completes `body`. */
export function luhnDigit(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

/** GB 11643-1999 with ISO 7064 MOD 11-2: the last place of an identity number whose first 17 digits are `body`. */
export function identityDigit(body: string): string {
  const sum = [...body].reduce((total, digit, place) => total + Number(digit) * (2 ** (17 - place) % 11), 0);
  return '10X98765432'[sum % 11];
}

/** ISO 13616 with ISO 7064 MOD 97-10: the two check digits of an IBAN. */
export function ibanDigits(country: string, account: string): string {
  const digits = [...`${account}${country}00`].map(place => Number.parseInt(place, 36)).join('');
  return String(98n - (BigInt(digits) % 97n)).padStart(2, '0');
}
