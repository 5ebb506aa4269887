// A program run to its end: what it printed, or why it failed.
import { spawn } from 'node:child_process';
import { Refusal } from '../../src/problem.ts';

const KEPT_CHARACTERS = 10_000;
const WHY_CHARACTERS = 300;
/** env(1) and shells: the program was not found. */
const NOT_FOUND = 127;

/** `why`: the last that it said. `missing`: there is no such program; `said`: the end of what it said on stderr. */
type Failed = { why: string; missing: boolean; said: string; cause?: Error };

/** What the program printed. Throws Refusal('program.failed', { program, why }) where it is not there or fails. */
export async function runProgram(program: string, args: string[], signal?: AbortSignal): Promise<string> {
  const ended = await tryProgram(program, args, signal);
  if (typeof ended === 'string') return ended;
  throw new Refusal('program.failed', { program, why: ended.why }, { cause: ended.cause });
}

/** What it printed, or why it failed. Rejects with the signal's reason where that ended it. */
export function tryProgram(program: string, args: string[], signal?: AbortSignal): Promise<string | Failed> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => void (printed += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => void (said = (said + text).slice(-KEPT_CHARACTERS)));
    child.once('error', cause => {
      if (signal?.aborted) reject(signal.reason);
      else resolve({ why: cause.message.slice(0, WHY_CHARACTERS), missing: true, said, cause });
    });
    child.once('close', code => {
      if (code === 0) return resolve(printed);
      const lines = said.split('\n').filter(line => line.trim() !== '');
      const last = lines.findLast(line => /^(ERROR|error)/.test(line.trim())) ?? lines.at(-1) ?? `exit status ${code}`;
      const why = last.trim().replace(/^(?:ERROR|error): /, '');
      resolve({ why: why.slice(0, WHY_CHARACTERS), missing: code === NOT_FOUND, said });
    });
  });
}
