// What stands on the command line and what people see of it: arguments, files of examples, sentences and progress.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../../src/problem.ts';
import { readArguments } from '../../../worker/cli/arguments.ts';
import { readRowsFile } from '../../../worker/cli/rows-file.ts';
import { openTerminal } from '../../../worker/cli/terminal.ts';

const screen = (isTTY = false) => {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = openTerminal('en', { write: text => out.push(text) }, { write: text => err.push(text), isTTY });
  return { terminal, out, err };
};
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as Refusal).problem.code;
  }
  return 'no refusal';
};

describe('arguments', () => {
  const read = (...args: string[]) => readArguments(args, ['data', 'out'], 'cli.usage.tune');
  test('options in both spellings, the rest in order', () => {
    expect(read('lr=1', '--data', 'a b.json', '--out=x=y', 'rounds=2')).toEqual({
      options: { data: 'a b.json', out: 'x=y' },
      rest: ['lr=1', 'rounds=2'],
    });
  });
  test.each([
    [['--nope', 'x'], 'cli.option'],
    [['--data'], 'cli.usage.tune'],
    [['--data='], 'cli.usage.tune'],
    [['--data', 'a', '--data', 'b'], 'cli.optionTwice'],
  ])('%j is refused', (args, code) => expect(codeOf(() => read(...args))).toBe(code));
});

describe('a file of examples', () => {
  const file = async (text: string): Promise<string> => {
    const path = join(await mkdtemp(join(tmpdir(), 'rows-')), 'rows.json');
    await writeFile(path, text);
    return path;
  };
  test('is read, and what was left out is told', async () => {
    const { terminal, err } = screen();
    const row = { instruction: 'a', output: 'b', mood: 'good' };
    expect(await readRowsFile(await file(JSON.stringify([row, row])), terminal)).toHaveLength(1);
    expect(err.join('')).toMatch(/mood/u);
    expect(err.join('')).toMatch(/1 row says the same/u);
  });
  test('with bad rows is refused as a whole, every problem told', async () => {
    const { terminal, err } = screen();
    const path = await file('[{"instruction": "a", "output": "b"}, {"instruction": "a"}, 7]');
    await expect(readRowsFile(path, terminal)).rejects.toMatchObject({ problem: { code: 'cli.rowsRefused', values: { count: 2 } } });
    expect(err.join('')).toMatch(/Row 2:\n.*"output".*\nRow 3:\n.*found 7/u);
  });
  test('that is not there', async () => {
    await expect(readRowsFile('/no/such/file.json', screen().terminal)).rejects.toBeInstanceOf(Refusal);
  });
});

test('progress: one moving line on a terminal, one line a tenth elsewhere', () => {
  const pipe = screen();
  for (let done = 1; done <= 100; done++) pipe.terminal.progress('cli.progress.evaluate', done, 100);
  expect(pipe.err).toHaveLength(11);
  const tty = screen(true);
  for (let done = 1; done <= 3; done++) tty.terminal.progress('cli.progress.evaluate', done, 3);
  tty.terminal.print('{}');
  expect(tty.err.join('').split('\n')).toHaveLength(2);
  expect(tty.out).toEqual(['{}\n']);
});
