// The edge of `npm start`: signals, exit code, and one sentence for whatever goes wrong.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, placeLang, readConfig } from '../config.ts';
import { Refusal } from '../problem.ts';
import { say } from '../words/words.ts';
import { type Program, type Started, start } from './start.ts';
import { openTerminal } from './terminal.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs until a signal comes; gives the exit code. */
async function startUntilSignal(config: Config, programs: { bot: Program; worker: Program }): Promise<number> {
  const terminal = openTerminal(process.stdout, config.lang);
  let started: Started | undefined;
  let asked = 0;
  const signalled = new Promise<void>(resolve => {
    for (const signal of SIGNALS)
      process.on(signal, () => {
        if (++asked === 1) resolve();
        else started?.hurry();
      });
  });
  started = await start(config, programs, terminal);
  await signalled;
  terminal.line('start.stopping');
  await started.stop();
  terminal.line('start.stopped');
  return 0;
}

/** The edge: whatever happens is one sentence on the terminal; a bug's details go to DATA_DIR/start.log. */
export async function main(programs: { bot: Program; worker: Program }): Promise<number> {
  let config: Config | undefined;
  // Whoever read our output has gone; the work goes on.
  process.stdout.on('error', () => {});
  try {
    config = readConfig();
    return await startUntilSignal(config, programs);
  } catch (error) {
    const lang = config?.lang ?? placeLang();
    if (error instanceof Refusal) console.error(say(lang, error.problem.code, error.problem.values));
    else {
      console.error(say(lang, 'start.bug', { what: (error as Error).message, log: config ? keepDetails(config.dataDir, error) : '' }));
    }
    return 1;
  }
}

/** The file with the details; the details themselves where it cannot be written. */
function keepDetails(dataDir: string, error: unknown): string {
  const log = join(dataDir, 'start.log');
  const { stack, cause } = error as Error;
  const details = `${new Date().toISOString()} ${stack}${cause ? `\n  cause: ${(cause as Error).stack ?? cause}` : ''}\n`;
  try {
    appendFileSync(log, details);
    return log;
  } catch {
    return details;
  }
}
