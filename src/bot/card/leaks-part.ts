// What a version gives away, on its report card: training answers that it recites, and secrets in what it wrote.
import type { Part } from '../../chat/chat.ts';
import type { Leaks } from '../../model/report-card.ts';
import type { SecretCounts } from '../../model/secrets/mask.ts';
import { type Lang, say } from '../../words/words.ts';
import { maskedWhat } from '../examples/masked-what.ts';

const ROWS_NAMED = 10;

/** `all`: a later search through all training answers, whose word counts for what is recited. */
export function leaksPart(lang: Lang, version: number, leaks: Leaks, all?: Leaks): Part {
  const { tried, of, secrets } = leaks;
  const counts: SecretCounts = Object.fromEntries(secrets.map(({ kind, count }) => [kind, count]));
  const lines = [
    recited(lang, version, all ?? leaks),
    ...(all ? [say(lang, 'leaks.card.all')] : tried < of ? [say(lang, 'leaks.card.sample', { of, version })] : []),
    secrets.length > 0 ? say(lang, 'leaks.card.secrets', { what: maskedWhat(lang, counts) }) : say(lang, 'leaks.card.clean'),
  ];
  return { markdown: lines.join('\n') };
}

/** What a search through all of them has found. */
export function searchedPart(lang: Lang, version: number, leaks: Leaks): Part {
  const counts: SecretCounts = Object.fromEntries(leaks.secrets.map(({ kind, count }) => [kind, count]));
  const secrets =
    leaks.secrets.length > 0 ? say(lang, 'leaks.search.secrets', { what: maskedWhat(lang, counts) }) : say(lang, 'leaks.search.clean');
  return { markdown: [recited(lang, version, leaks), secrets].join('\n') };
}

function recited(lang: Lang, version: number, { tried, extracted, rows }: Leaks): string {
  if (tried === 0) return say(lang, 'leaks.card.untried', { version });
  if (extracted === 0) return say(lang, 'leaks.card.none', { version, tried });
  const named = [...rows.slice(0, ROWS_NAMED).map(no => `#${no}`), ...(rows.length > ROWS_NAMED ? ['…'] : [])].join(', ');
  const percent = Math.max(1, Math.round((100 * extracted) / tried));
  return say(lang, 'leaks.card.some', { version, tried, extracted, percent, rows: named, first: rows[0] });
}
