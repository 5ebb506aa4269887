// Whether a piece of text can be a password or a key: not a placeholder, not code that fetches one, not a plain word.

const PLACEHOLDER =
  /^(?:[$%<{[(]|\*+|[x•*.…-]+$|![a-z]+$|(?:your|my|the|some|new|old)[_-]|(?:change|replace)[_-]?me(?:$|[_-])|(?:example|placeholder|redacted|masked|hidden|null|nil|none|undefined|true|false|required|optional|yes|no|on|off|env|process|config|secrets?|vault|os|self|this|req(?:uest)?|file|ref)(?![A-Za-z\d]))/i;
const PLAIN_NAME =
  /^(?:pass(?:word|wd|phrase)?|pwd|secret|token|key|user(?:name)?|string|text|str|value|host|todo|tbd|n\/a|varchar.*|密码|口令)$/i;
const CODE = /[(){}[\]<>]|\$\{|::|->/;
const PROPERTY = /^[A-Za-z_]+(?:\.[A-Za-z_]+)+$/;
const SHOUTED_NAME = /^[A-Z]+(?:_[A-Z]+)*$/;
const TECHNIQUE =
  /^(?:(?:sha|md|aes|rsa|oauth|utf|http|tls|ssl|base|bcrypt|scrypt|argon|pbkdf|hmac|blake|des|ed|ipv|iso|rfc|jwt|saml|ldap|sso|mfa|totp|fido|passkey)[-_/.]?[\da-z]{0,6}(?:[-_/.]\w{1,6})*|\d+fa|v\d[\w.]*|s3|ec2|k8s|i18n|1password|keepass\w*|bitwarden|lastpass)$/i;
const ABOUT_PASSWORDS =
  /^(?:missing|unknown|empty|expired|invalid|incorrect|correct|wrong|changed|unchanged|rotated|reset|strong|medium|weak|enabled|disabled|forgotten|protected|encrypted|hashed|mandatory|needed|pending|default|change|rotate|manager|policy|string|number|boolean|varchar|object|update|failed|passed|denied|accepted|internal|private|public|nothing|nobody|anyone|someone|everyone)$/i;
const DATE_OR_TIME = /^\d{2,4}[-/.:]\d{1,2}(?:[-/.:]\d{1,4})?(?:T.*)?$/;
const PATH = /^(?:~|\.{1,2})?\//;
const TICKET = /^[A-Z]{2,6}-\d+$/;

/** A variable, a blank to fill in, or a name in capitals: never a value itself. */
export function isSymbol(value: string): boolean {
  return /^(?:[$%<{[]|\*+|[x•*.…-]+$|(?:your|my)[_-]|密码|口令)/i.test(value) || SHOUTED_NAME.test(value);
}

/** `after` begins with the host of an address: does it only say "a host"? Then user and password are just as made up. */
export function isTemplateHost(after: string): boolean {
  return /^(?:host(?:name)?|server|domain|your[-_.]\w+|[A-Z_]+)(?![\w.-])/.test(after);
}

/** `user:pass@` in documentation: both halves only name what belongs there. */
export function isTemplateLogin(user: string, password: string): boolean {
  return /^(?:user(?:name)?|usr|login|name)$/i.test(user) && PLAIN_NAME.test(password);
}

/** Filled up with one letter, as documentation shows keys. */
export function isBlankKey(key: string): boolean {
  return /(.)\1{7}/i.test(key);
}

/** Stands for a value that is elsewhere, or names a thing instead of being one. */
export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value) || PLAIN_NAME.test(value) || SHOUTED_NAME.test(value);
}

const hasDigit = (value: string) => /\d/.test(value);
const hasLetter = (value: string) => /[A-Za-z]/.test(value);
const hasSign = (value: string) => /[!@#$%^&*+=~?|_]/.test(value);

/** Said with `=`, or in quotes: nearly everything that is no placeholder and no code. */
export function canBeAssigned(value: string): boolean {
  return value.length >= 4 && !isPlaceholder(value) && !PROPERTY.test(value) && !/[(){[]/.test(value);
}

/** Behind a colon and at the end of its clause even a plain word is a password, if it does not say something about one. */
export function canBeWord(value: string, after: string): boolean {
  return (
    /^[a-z]{6,20}$/i.test(value) && /^\s*(?:$|[\n,;，；。]|\.(?:\s|$))/.test(after) && !isPlaceholder(value) && !ABOUT_PASSWORDS.test(value)
  );
}

/** A key of few characters, said to be one: letters and digits mixed in one piece. */
export function isShortKey(value: string): boolean {
  return canBeSaid(value) && value.split(/[-_./]/).some(part => part.length >= 8 && hasDigit(part) && hasLetter(part));
}

/** Said in a sentence: must differ from a word, a date, a ticket, the name of a technique. */
export function canBeSaid(value: string): boolean {
  if (value.length < 4 || isPlaceholder(value) || CODE.test(value)) return false;
  if (TECHNIQUE.test(value) || DATE_OR_TIME.test(value) || TICKET.test(value) || value.includes('://') || PATH.test(value)) return false;
  return (hasDigit(value) && hasLetter(value)) || (hasSign(value) && (hasLetter(value) || hasDigit(value)));
}

/** Shannon's entropy in bits a character. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const sign of value) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / value.length) * Math.log2(count / value.length), 0);
}

/** As licences are printed: ABCD1-EFGH2-… */
const PRINTED = /^(?=.*\d)(?=.*[A-Z])(?:[A-Z\d]{4,6}-){3,}[A-Z\d]{4,6}$/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** Measured on made-up keys: 16 random hex digits stay above it nearly always, names of classes, files and models below. */
const RANDOM_BITS = 2.8;

/** Drawn by a machine: long, mixed, and without the separators that names of things have. */
export function looksRandom(value: string): boolean {
  if (UUID.test(value) || PRINTED.test(value)) return true;
  const longest = value.split(/[-_.:/]/).reduce((best, part) => (part.length > best.length ? part : best), '');
  const mixed = (hasDigit(longest) && hasLetter(longest)) || (/[a-z][A-Z]/.test(longest) && /[A-Z]{2}|\d/.test(value));
  return value.length >= 16 && longest.length >= 10 && mixed && entropy(value) >= RANDOM_BITS && !isPlaceholder(value);
}
