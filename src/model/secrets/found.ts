// What a detector of secrets and personal data hands back, and how overlapping finds become one.

export type SecretKind = 'email' | 'phone' | 'card' | 'id-number' | 'iban' | 'ip' | 'key' | 'password' | 'private-key';

/**
 * A secret or personal detail in a text, from `start` up to `end`. Never carries the value itself: what is found is counted, not stored.
 * `maskable` is false where nobody can tell how far it reaches (a private key that was cut): such a text is refused as a whole.
 */
export type Found = { kind: SecretKind; start: number; end: number; maskable: boolean };

/** Pure: the finds of one kind or format, in any order. */
export type Detector = (text: string) => Found[];

export function found(kind: SecretKind, start: number, length: number): Found {
  return { kind, start, end: start + length, maskable: true };
}

/** Finds in the order of the text; those that touch the same characters become one, of the kind that came first in `finds`. */
export function withoutOverlaps(finds: Found[]): Found[] {
  const merged: Found[] = [];
  for (const find of finds) {
    let whole = find;
    for (let at = merged.length - 1; at >= 0; at--) {
      const other = merged[at];
      if (other.start >= whole.end || whole.start >= other.end) continue;
      whole = { ...other, start: Math.min(other.start, whole.start), end: Math.max(other.end, whole.end) };
      whole.maskable = other.maskable && find.maskable;
      merged.splice(at, 1);
    }
    merged.push(whole);
  }
  return merged.sort((a, b) => a.start - b.start);
}
