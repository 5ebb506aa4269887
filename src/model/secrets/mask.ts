// The texts of one example with every secret replaced by a placeholder that says of what kind it was, or the reason why that cannot be done.
import type { Problem } from '../../problem.ts';
import { findSecrets } from './find.ts';
import type { Found, SecretKind } from './found.ts';

/** How many of each kind were found: all that may be stored about them. */
export type SecretCounts = Partial<Record<SecretKind, number>>;
export type Masked = { texts: string[]; counts: SecretCounts } | { refused: Problem; counts: SecretCounts };

/** No digits, since those count as facts of a report; braces, since they mean nothing in Markdown, HTML or a chat's own markup. */
const PLACEHOLDER: Record<SecretKind, string> = {
  email: 'EMAIL',
  phone: 'PHONE',
  card: 'CARD',
  'id-number': 'ID',
  iban: 'IBAN',
  ip: 'IP',
  key: 'KEY',
  password: 'PASSWORD',
  'private-key': 'PRIVATE_KEY',
};
export const ANY_PLACEHOLDER = new RegExp(`\\{(?:${Object.values(PLACEHOLDER).join('|')})(?:-[A-Z]+)?\\}`, 'g');

/**
 * `texts` are the parts of one example, in any order that stays: the same value gets the same placeholder in all of them
 * (`{EMAIL}`, then `{EMAIL-B}` …). In what comes back nothing more is found. Outside the finds no character changes.
 * Refused are texts with a find that cannot be masked, and texts of which nothing but placeholders would be left.
 */
export function maskSecrets(texts: string[]): Masked {
  const counts: SecretCounts = {};
  const names = new Map<string, string>();
  const used = new Map<SecretKind, number>();
  let cut = false;

  const nameOf = (kind: SecretKind, value: string): string => {
    const key = `${kind} ${value.replace(/[\s-]/g, '').toLowerCase()}`;
    const known = names.get(key);
    if (known !== undefined) return known;
    const before = used.get(kind) ?? 0;
    used.set(kind, before + 1);
    const name = `{${PLACEHOLDER[kind]}${before === 0 ? '' : `-${letters(before)}`}}`;
    names.set(key, name);
    return name;
  };
  const masked = texts.map(text => {
    let now = text;
    // Again until nothing is found: a placeholder may bring the words before and after a find together.
    for (let finds = findSecrets(now); finds.length > 0; finds = findSecrets(now)) {
      for (const { kind, maskable } of finds) {
        counts[kind] = (counts[kind] ?? 0) + 1;
        cut ||= !maskable;
      }
      now = replaced(now, finds, nameOf);
    }
    return now;
  });

  if (cut) return { refused: { code: 'secrets.privateKeyCut', values: {} }, counts };
  const emptied = masked.some((text, at) => text !== texts[at] && !/[\p{L}\p{N}]/u.test(text.replace(ANY_PLACEHOLDER, '')));
  return emptied ? { refused: { code: 'secrets.nothingElse', values: {} }, counts } : { texts: masked, counts };
}

function replaced(text: string, finds: Found[], nameOf: (kind: SecretKind, value: string) => string): string {
  let read = 0;
  const parts = finds.map(({ kind, start, end }) => {
    const part = text.slice(read, start) + nameOf(kind, text.slice(start, end));
    read = end;
    return part;
  });
  return parts.join('') + text.slice(read);
}

/** 1 → B, 25 → Z, 26 → AA, as columns of a sheet are named. */
function letters(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : letters(Math.floor(at / 26) - 1) + last;
}
