// What `npm start` shows: one line a step, and a bar for what takes long. Without a terminal, lines only.
import { type Lang, say, type WordCode } from '../words/words.ts';

export type Terminal = {
  line(code: WordCode, values?: Record<string, string | number>): void;
  /** The bar of a phase, in bytes; `done` = `total` ends it. */
  bar(phase: string, done: number, total: number): void;
};

type Output = { write(text: string): unknown; isTTY?: boolean };

const WIDTH = 30;
const MEGABYTE = 1e6;

export function openTerminal(output: Output, lang: Lang): Terminal {
  /** The phase whose bar stands on the last line. */
  let open: string | undefined;
  /** Phases told without a terminal. */
  const told = new Set<string>();
  const phases: Record<string, WordCode> = { download: 'start.download', import: 'start.import', hash: 'start.hash' };

  function endBar(): void {
    if (open !== undefined) output.write('\n');
    open = undefined;
  }

  return {
    line(code, values) {
      endBar();
      output.write(`${say(lang, code, values)}\n`);
    },
    bar(phase, done, total) {
      const share = total > 0 ? Math.min(1, done / total) : 0;
      const label = say(lang, phases[phase] ?? 'start.model', { phase });
      if (!output.isTTY) {
        if (!told.has(phase)) output.write(`${label} (${(total / MEGABYTE).toFixed(0)} MB)\n`);
        told.add(phase);
        return;
      }
      if (open !== phase) endBar();
      open = phase;
      const filled = Math.round(share * WIDTH);
      const numbers = `${(done / MEGABYTE).toFixed(0)}/${(total / MEGABYTE).toFixed(0)} MB`;
      output.write(`\r${label} ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${Math.round(share * 100)} % ${numbers}\x1b[K`);
      if (share === 1) endBar();
    },
  };
}
