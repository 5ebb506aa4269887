// What people see while a command works: sentences and one moving line on stderr, results on stdout.
import { type Lang, say } from '../../src/words/words.ts';
import type { Terminal } from './command.ts';

type Output = { write(text: string): unknown; isTTY?: boolean };

/** Writes to the two streams it is handed. Without a terminal a progress line comes at every tenth of the way. */
export function openTerminal(lang: Lang, stdout: Output, stderr: Output): Terminal {
  let moving = false;
  let last = '';
  const settle = (): void => {
    if (moving) stderr.write('\n');
    moving = false;
  };
  return {
    tell(code, values) {
      settle();
      stderr.write(`${say(lang, code, values)}\n`);
    },
    progress(code, done, total, values = {}) {
      const line = say(lang, code, { done, total, percent: Math.floor((100 * done) / Math.max(1, total)), ...values });
      if (stderr.isTTY) {
        stderr.write(`\r\x1b[K${line}`);
        moving = true;
        return;
      }
      const tenth = `${code} ${Math.floor((10 * done) / Math.max(1, total))}`;
      if (tenth !== last) stderr.write(`${line}\n`);
      last = tenth;
    },
    print(text) {
      settle();
      stdout.write(`${text}\n`);
    },
  };
}
