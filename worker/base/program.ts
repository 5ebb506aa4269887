// A program run to its end: what it printed, or why it failed.
import { spawn } from 'node:child_process';
import { Refusal } from '../../src/problem.ts';

const KEPT_CHARACTERS = 10_000;
const WHY_CHARACTERS = 300;

/** What the program printed. Throws Refusal('program.failed', { program, why }) where it is not there or fails: `why` is the last that it said. */
export function runProgram(program: string, args: string[], signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => void (printed += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => void (said = (said + text).slice(-KEPT_CHARACTERS)));
    const fail = (why: string, cause?: Error) =>
      reject(new Refusal('program.failed', { program, why: why.slice(0, WHY_CHARACTERS) }, { cause }));
    child.once('error', error => (signal?.aborted ? reject(signal.reason) : fail(error.message, error)));
    child.once('close', code => {
      const lines = said.split('\n').filter(line => line.trim() !== '');
      const why = lines.findLast(line => /^(ERROR|error)/.test(line.trim())) ?? lines.at(-1) ?? `exit status ${code}`;
      if (code === 0) resolve(printed);
      else fail(why.trim().replace(/^(?:ERROR|error): /, ''));
    });
  });
}
