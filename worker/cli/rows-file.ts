// A file of examples named on the command line.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readRows } from '../../src/model/alpaca.ts';
import type { Row } from '../../src/model/row.ts';
import { Refusal } from '../../src/problem.ts';
import type { Terminal } from './command.ts';

const MOST_SHOWN = 20;

/** Its rows, after telling what was left out of them. A file with a bad row is refused as a whole: every problem is told, then a Refusal thrown. */
export async function readRowsFile(path: string, terminal: Terminal): Promise<Row[]> {
  const file = basename(path);
  const { rows, problems, duplicates, ignored } = readRows(await readInput(path));
  for (const { row, line, code, values } of problems.slice(0, MOST_SHOWN)) {
    if (row === 0) throw new Refusal(code, values);
    terminal.tell(line === undefined ? 'cli.row' : 'cli.rowOnLine', { row, ...(line !== undefined && { line }) });
    terminal.tell(code, values);
  }
  if (problems.length > MOST_SHOWN) terminal.tell('cli.moreRows', { count: problems.length - MOST_SHOWN });
  if (problems.length > 0) throw new Refusal('cli.rowsRefused', { file, count: problems.length });
  if (ignored.length > 0) terminal.tell('cli.ignored', { fields: ignored.join(', ') });
  if (duplicates.length > 0) terminal.tell('cli.duplicates', { count: duplicates.length });
  return rows;
}

/** The bytes of a file. Throws a Refusal where there is none to read. */
async function readInput(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new Refusal('cli.noFile', { file: path, why: cause.code ?? cause.message }, { cause });
  });
}
