// `evaluate --data FILE [--adapter DIR] [--train FILE]`: every row of the file is held out; one line of JSON says how base and tuned did.
import type { Row } from '../../src/model/row.ts';
import { Refusal } from '../../src/problem.ts';
import { mostTokens, tokensOf } from '../checks.ts';
import { type Evaluation, evaluate } from '../evaluate.ts';
import type { Base } from '../workplace.ts';
import { readArguments } from './arguments.ts';
import type { Command, Terminal } from './command.ts';
import { inFloat32, openAdapter, openEngine } from './engine.ts';
import { readRowsFile } from './rows-file.ts';

export const evaluateFile: Command = async (args, { settings, terminal, signal }) => {
  const { options, rest } = readArguments(args, ['data', 'adapter', 'train'], 'cli.usage.evaluate');
  if (options.data === undefined || rest.length > 0) throw new Refusal('cli.usage.evaluate');
  const rows = await readRowsFile(options.data, terminal);
  const train = options.train === undefined ? [] : await readRowsFile(options.train, terminal);
  const { base, generator } = await openEngine(inFloat32(settings), terminal, signal);
  try {
    const opened = options.adapter === undefined ? {} : openAdapter(options.adapter, base);
    const fitting = rowsThatFit(rows, base, terminal);
    if (fitting.length === 0) throw new Refusal('worker.nothingFits', { most: mostTokens(base) });
    const { tokenizer, model } = base;
    const onProgress = (done: number, total: number): void => terminal.progress('cli.progress.evaluate', done, total);
    const task = { generator, tokenizer, maxPositions: model.config.maxPositions, rows: fitting, train, signal, onProgress };
    terminal.print(JSON.stringify(numbersOf(await evaluate({ ...task, ...opened }))));
  } finally {
    await generator.close();
  }
};

/** Rows that fit the base's context; the others are told. */
function rowsThatFit(rows: Row[], base: Base, terminal: Terminal): Row[] {
  const most = mostTokens(base);
  const fits = rows.map(row => tokensOf(base, row) <= most);
  const long = rows.flatMap((_, index) => (fits[index] ? [] : [`${index + 1}`]));
  if (long.length > 0) terminal.tell('worker.rowsLeftOut', { count: long.length, most, examples: long.slice(0, 10).join(', ') });
  return rows.filter((_, index) => fits[index]);
}

/** The numbers without people's text. */
export function numbersOf({ samples: _, ...numbers }: Evaluation): Omit<Evaluation, 'samples'> {
  return numbers;
}
