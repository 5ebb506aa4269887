// Finding again what somebody wrote, in texts that may have cut it, wrapped it or stripped its mark-up: by the beginnings of its lines.

const PIECE_CHARACTERS = 24;
/** Shorter lines ("Yes, done") are anybody's. A Chinese character says about as much as two letters. */
const LEAST_WEIGHT = 6;
const BULLET = /^(?:[-–•·+]|\d{1,3}[.)、])\s*/u;

/** How each line of `texts` begins, but for lines that stand in `others`, too: those are the team's form and nobody's words. */
export function piecesOf(texts: string[], others: string[]): string[] {
  const shared = new Set(others.flatMap(text => text.split('\n').map(plain)));
  const lines = texts.flatMap(text => text.split('\n').map(plain)).filter(line => !shared.has(line));
  const begun = lines.map(line => line.replace(BULLET, '')).filter(line => weight(line) >= LEAST_WEIGHT);
  return [...new Set(begun.map(line => [...line].slice(0, PIECE_CHARACTERS).join('').trimEnd()))];
}

/** Does `text` hold one of the pieces? */
export function isQuoting(text: string, pieces: string[]): boolean {
  const said = plain(text);
  return pieces.some(piece => said.includes(piece));
}

/** Every string of a JSON value as `change` wants it; `key`: of the property that it is, or stands in a list of. */
export function mapStrings(value: unknown, change: (text: string, key: string) => string, key = ''): unknown {
  if (typeof value === 'string') return change(value, key);
  if (Array.isArray(value)) return value.map(item => mapStrings(item, change, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapStrings(item, change, name)]));
}

const plain = (text: string): string =>
  text
    .replace(/[*_`[\]<>#|\\~]+/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();

const weight = (line: string): number =>
  (line.match(/[\p{L}\p{Nd}]/gu) ?? []).reduce((sum, letter) => sum + (/\p{Script=Han}/u.test(letter) ? 2 : 1), 0);
