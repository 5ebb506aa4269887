// A file of examples, as people have it: Alpaca JSON in any of the forms they paste. Nothing by halves: one bad row, and no row is taken.
import type { Problem } from '../problem.ts';
import { type JsonValue, jsonValues } from './json-values.ts';
import { pastedText } from './pasted-text.ts';
import { kindOf } from './report-rule.ts';
import type { Row } from './row.ts';

export const MAX_FILE_BYTES = 20 * 2 ** 20;
/** Instruction, input and output together, in UTF-8. */
export const MAX_ROW_BYTES = 100 * 2 ** 10;

/** What is wrong with one row (counted from 1; 0 is the file itself). `line` is where the row begins, known only in files that are no proper JSON as a whole. */
export type RowProblem = Problem & { row: number; line?: number };

export type ReadRows = {
  /** The rows to learn from, each once; empty as soon as there is one problem. */
  rows: Row[];
  problems: RowProblem[];
  /** Rows that say the same as an earlier one of this file; they are left out of `rows`. */
  duplicates: { row: number; sameAs: number }[];
  /** Fields that rows have and nobody reads, each once. */
  ignored: string[];
};

const READ_FIELDS = new Set(['instruction', 'input', 'output', 'kind', 'thread']);

/** Reads a file of examples; never throws. Bytes may be UTF-8 or UTF-16, with a byte order mark or without. */
export function readRows(file: Uint8Array | string): ReadRows {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  if (bytes.length > MAX_FILE_BYTES) return nothing('rows.tooLarge', { megabytes: Math.ceil(bytes.length / 2 ** 20) });
  const text = pastedText(bytes);
  if (text === undefined) return nothing('rows.notText');
  if (text.trim() === '') return nothing('rows.empty');
  const values = jsonValues(text);
  if (values.length === 0) return nothing('rows.none');
  if (values.every(value => value.error?.kind === 'text')) return nothing('rows.notJson', { near: values[0].error!.near });
  return takeRows(values);
}

const nothing = (code: string, values: Problem['values'] = {}): ReadRows => ({
  rows: [],
  problems: [{ row: 0, code, values }],
  duplicates: [],
  ignored: [],
});

function takeRows(values: JsonValue[]): ReadRows {
  const problems: RowProblem[] = [];
  const duplicates: ReadRows['duplicates'] = [];
  const ignored = new Set<string>();
  const rows = new Map<string, { row: Row; number: number }>();
  const linesKnown = values.some(({ line }) => line > 1);
  for (const [index, value] of values.entries()) {
    const number = index + 1;
    const taken = value.error ? brokenValue(value.error) : takeRow(value.value, ignored);
    if ('code' in taken) problems.push({ row: number, ...(linesKnown && { line: value.line }), ...taken });
    else {
      const key = JSON.stringify([taken.instruction, taken.input, taken.output]);
      const earlier = rows.get(key);
      if (earlier) duplicates.push({ row: number, sameAs: earlier.number });
      else rows.set(key, { row: taken, number });
    }
  }
  return { rows: problems.length ? [] : [...rows.values()].map(({ row }) => row), problems, duplicates, ignored: [...ignored].sort() };
}

const brokenValue = ({ kind, line, near }: NonNullable<JsonValue['error']>): Problem => ({
  code: `rows.json.${kind}`,
  values: { line, near },
});

function takeRow(value: unknown, ignored: Set<string>): Row | Problem {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { code: 'rows.notRow', values: { found: shown(value) } };
  const fields = value as Record<string, unknown>;
  const wrong = wrongField(fields);
  if (wrong) return wrong;
  for (const name of Object.keys(fields)) if (!READ_FIELDS.has(name)) ignored.add(name);
  const instruction = tidy(fields.instruction);
  const output = tidy(fields.output);
  const row: Row = {
    kind: (fields.kind as Row['kind']) ?? kindOf({ instruction, output }),
    instruction,
    input: tidy(fields.input ?? ''),
    output,
  };
  const thread = fields.thread === undefined || fields.thread === null ? '' : String(fields.thread).trim();
  return thread === '' ? row : { ...row, thread };
}

const tidy = (text: unknown): string => (text as string).replace(/\r\n?/gu, '\n').trim();

function wrongField(fields: Record<string, unknown>): Problem | undefined {
  for (const field of ['instruction', 'output'] as const) {
    const found = fields[field];
    if (found === undefined || found === null)
      return { code: 'rows.missing', values: { field, found: Object.keys(fields).slice(0, 6).join(', ') || '–' } };
    if (typeof found !== 'string') return { code: 'rows.notString', values: { field, found: shown(found) } };
    if (found.trim() === '') return { code: 'rows.blank', values: { field } };
  }
  const { instruction, input = '', output, kind, thread } = fields;
  if (input !== null && typeof input !== 'string') return { code: 'rows.notString', values: { field: 'input', found: shown(input) } };
  if (kind !== undefined && kind !== null && kind !== 'qa' && kind !== 'report')
    return { code: 'rows.kind', values: { found: shown(kind) } };
  if (thread !== undefined && thread !== null && typeof thread !== 'string' && typeof thread !== 'number')
    return { code: 'rows.notString', values: { field: 'thread', found: shown(thread) } };
  const text = `${instruction}${input ?? ''}${output}`;
  // Postgres keeps no U+0000, and half of a surrogate pair is no character in any encoding.
  if (/\0|\p{Cs}/u.test(text)) return { code: 'rows.character', values: {} };
  const bytes = new TextEncoder().encode(text).length;
  return bytes > MAX_ROW_BYTES ? { code: 'rows.long', values: { kilobytes: Math.ceil(bytes / 2 ** 10) } } : undefined;
}

/** A value as JSON, short enough for a sentence in any language. */
const shown = (value: unknown): string => JSON.stringify(value).slice(0, 40);
