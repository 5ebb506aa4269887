// The gate before everything that is learned: no row becomes an example but as it comes out here, without secrets and personal data.
import type { Problem } from '../problem.ts';
import { ANY_PLACEHOLDER, maskSecrets, type SecretCounts } from './secrets/mask.ts';

type Texts = { instruction: string; input: string; output: string };

/** `masked`: how many of each kind were replaced; null where nothing was found, and then the row is the same to the last character. */
export type Gated<Row extends Texts> = { row: Row; masked: SecretCounts | null } | { refused: Problem };

/** Pure. What comes out goes through once more unchanged. */
export function throughGate<Row extends Texts>(row: Row): Gated<Row> {
  const found = maskSecrets([row.instruction, row.input, row.output]);
  if ('refused' in found) return { refused: found.refused };
  const [instruction, input, output] = found.texts;
  const masked = Object.keys(found.counts).length > 0 ? found.counts : null;
  return { row: { ...row, instruction, input, output }, masked };
}

/** Characters shown on each side of a placeholder. */
const AROUND = 24;

/** Every place where a masked row has a placeholder, with a few words on both sides, on one line; at most `most`. */
export function maskedPlaces({ instruction, input, output }: Texts, most: number): string[] {
  const places = [instruction, input, output].flatMap(text =>
    [...text.matchAll(ANY_PLACEHOLDER)].map(({ 0: placeholder, index }) => {
      const before = [...text.slice(0, index)];
      const after = [...text.slice(index + placeholder.length)];
      const shown = [...before.slice(-AROUND), placeholder, ...after.slice(0, AROUND)].join('').replace(/[\s`]+/gu, ' ');
      return `${before.length > AROUND ? '…' : ''}${shown}${after.length > AROUND ? '…' : ''}`;
    }),
  );
  // Two placeholders in one short text are seen at one look.
  const different = [...new Set(places)];
  return different.length > most ? [...different.slice(0, most), '…'] : different;
}
