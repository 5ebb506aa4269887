// `tune --data FILE --out DIR [--heldout FILE] [setting=value …]`: from a file of examples to an adapter and one line of JSON.
import { resolve } from 'node:path';
import { readDials } from '../../src/model/dials.ts';
import type { Row } from '../../src/model/row.ts';
import { split } from '../../src/model/split.ts';
import { Refusal } from '../../src/problem.ts';
import type { CheckedRow } from '../checks.ts';
import { readArguments } from './arguments.ts';
import type { Command, Terminal } from './command.ts';
import { inFloat32, openEngine } from './engine.ts';
import { numbersOf } from './evaluate.ts';
import { readRowsFile } from './rows-file.ts';
import { tuneRows } from './tune-rows.ts';

/** The same file gives the same split on every machine. */
const SPLIT_KEY = 'apprentice';

export const tune: Command = async (args, { settings, terminal, signal }) => {
  const { options, rest } = readArguments(args, ['data', 'out', 'heldout'], 'cli.usage.tune');
  if (options.data === undefined || options.out === undefined) throw new Refusal('cli.usage.tune');
  const dials = readDials(rest);
  const rows = await readParts(options.data, options.heldout, terminal);
  const engine = await openEngine(inFloat32(settings), terminal, signal);
  try {
    const { threads } = settings;
    const { evaluation, trainSeconds } = await tuneRows(engine, { rows, dials, out: resolve(options.out), threads, terminal, signal });
    terminal.tell('cli.tuned', { folder: options.out, seconds: trainSeconds });
    terminal.print(JSON.stringify({ ...numbersOf(evaluation), trainSeconds }));
  } finally {
    await engine.generator.close();
  }
};

/** Rows to learn from and rows kept aside, numbered as in their files. */
async function readParts(data: string, heldout: string | undefined, terminal: Terminal): Promise<CheckedRow[]> {
  const rows = await readRowsFile(data, terminal);
  if (heldout === undefined) return splitRows(rows, SPLIT_KEY);
  return [...numbered(rows, 'train'), ...numbered(await readRowsFile(heldout, terminal), 'heldout')];
}

/** The rows with the part that `split` gives them. */
export function splitRows(rows: Row[], key: string): CheckedRow[] {
  const aside = new Set(split(rows, key).heldout);
  return numbered(rows, 'train').map((row, index) => (aside.has(index) ? { ...row, part: 'heldout' } : row));
}

const numbered = (rows: Row[], part: CheckedRow['part']): CheckedRow[] => rows.map((row, index) => ({ ...row, no: index + 1, part }));
