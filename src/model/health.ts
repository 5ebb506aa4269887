// How good a team's examples look before anything is trained: what is said twice, what contradicts, what falls out of form, what is too long.
// Looks only, never changes anything; all of it is a guess from the text, so whoever says it says "probably".
import { factsOf } from './facts.ts';
import { formOf } from './form.ts';
import { languageOf, type TextLanguage } from './language.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { MOST_ROW_TOKENS, type Row } from './row.ts';
import { sectionsOf } from './scores.ts';

/** `no`: the number that people see. `tokens`: measured by a worker, null where none has looked yet. */
export type HealthRow = Row & { no: number; tokens?: number | null };

export type Health = {
  /** The later one of two rows whose question and answer are nearly the same, with the earlier one. */
  duplicates: { no: number; of: number }[];
  /** Two rows with the same question whose answers differ: in wording, or in a number, ticket or command. */
  contradictions: { no: number; of: number }[];
  /** Reports that have every usual section line in the usual order; null with fewer than two reports. */
  reports: { same: number; total: number } | null;
  languages: Record<TextLanguage, number>;
  /** Rows that a run would leave out as too long. */
  long: number[];
};

/** Jaccard similarity of character trigrams, as for the rows that are held out together (./split.ts). */
const NEAR = 0.8;
/** Tokens a character, measured with SmolLM2's tokenizer (English 0.37, Chinese 1.07). */
const TOKENS_A_CHARACTER: Record<TextLanguage, number> = { en: 0.37, zh: 1.07 };

/** Looks at all rows at once; some 10 000 take a second or two. */
export function healthOf(rows: HealthRow[]): Health {
  const reports = rows.filter(({ kind }) => kind === 'report');
  const languages = { en: 0, zh: 0 };
  for (const { output } of rows) languages[languageOf(output)]++;
  return {
    ...twins(rows),
    reports: reports.length < 2 ? null : { same: reports.filter(inForm(reports)).length, total: reports.length },
    languages,
    long: rows.filter(row => (row.tokens ?? guessedTokens(row)) > MOST_ROW_TOKENS).map(({ no }) => no),
  };
}

/** Rows with one question: the same answer again is a duplicate, another answer a contradiction. A row is named once, for the first reason. */
function twins(rows: HealthRow[]): Pick<Health, 'duplicates' | 'contradictions'> {
  const answersAlike = pairSet(rows.map(({ output }) => output));
  const duplicates = new Map<number, number>();
  const contradictions = new Map<number, number>();
  const asked = new Map<string, number>();
  for (const [j, row] of rows.entries()) {
    // Without a single letter or digit two questions have nothing in common that could be compared.
    const question = plain(askedBy(row));
    const i = asked.get(question);
    if (i === undefined) {
      if (question !== '') asked.set(question, j);
    } else if (answersAlike.has(`${i} ${j}`) && sameFacts(rows[i].output, row.output)) duplicates.set(j, i);
    else if (row.kind === 'qa') contradictions.set(j, i);
  }
  for (const [i, j] of nearDuplicates(rows.map(askedBy), NEAR)) {
    const said = duplicates.has(j) || contradictions.has(j);
    if (!said && answersAlike.has(`${i} ${j}`) && sameFacts(...textsOf(rows[i], rows[j]))) duplicates.set(j, i);
  }
  const numbered = (pairs: Map<number, number>) =>
    [...pairs].sort(([a], [b]) => a - b).map(([no, of]) => ({ no: rows[no].no, of: rows[of].no }));
  return { duplicates: numbered(duplicates), contradictions: numbered(contradictions) };
}

const askedBy = ({ instruction, input }: Row): string => `${instruction}\n${input}`;
const textsOf = (a: Row, b: Row): [string, string] => [`${askedBy(a)}\n${a.output}`, `${askedBy(b)}\n${b.output}`];
const pairSet = (texts: string[]): Set<string> => new Set(nearDuplicates(texts, NEAR).map(([i, j]) => `${i} ${j}`));

/** Letters and digits only, in lower case. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** "14 days" and "30 days" read alike and say something else; so do `kite ship` and `kite back`. */
function sameFacts(a: string, b: string): boolean {
  const facts = (text: string): string => [...factsOf(text), ...(text.match(/`[^`\n]+`/gu) ?? [])].sort().join('\n');
  return facts(a) === facts(b);
}

function inForm(reports: Row[]): (row: Row) => boolean {
  const { report: form } = formOf(reports);
  return ({ output }) => form !== null && sectionsOf(output, form) === 1;
}

function guessedTokens({ instruction, input, output }: Row): number {
  const text = `${instruction}\n${input}\n${output}`;
  return [...text].length * TOKENS_A_CHARACTER[languageOf(text)];
}
