// `npm run model -- COMMAND …`: the engine without a chat. The edge of these commands: problems become sentences here, and nowhere else.
import { placeLang, readConfig } from '../src/config.ts';
import { type Problem, Refusal } from '../src/problem.ts';
import { ask } from './cli/ask.ts';
import type { Command } from './cli/command.ts';
import { evaluateFile } from './cli/evaluate.ts';
import { importFile } from './cli/import.ts';
import { openTerminal } from './cli/terminal.ts';
import { tune } from './cli/tune.ts';
import { problemOf } from './failure.ts';

const COMMANDS: Record<string, Command> = { import: importFile, tune, evaluate: evaluateFile, ask };
const INTERRUPTED = 130;

/** The exit code. */
async function main([name = '', ...args]: string[]): Promise<number> {
  let terminal = openTerminal(placeLang(), process.stdout, process.stderr);
  const leave = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => leave.abort());
  try {
    const settings = readConfig();
    terminal = openTerminal(settings.lang, process.stdout, process.stderr);
    if (name === '') throw new Refusal('cli.usage');
    if (!Object.hasOwn(COMMANDS, name)) throw new Refusal('cli.unknown', { said: name, known: Object.keys(COMMANDS).join(', ') });
    await COMMANDS[name](args, { settings, terminal, signal: leave.signal });
    return 0;
  } catch (error) {
    if (leave.signal.aborted) return INTERRUPTED;
    const { code, values } = sayable(error);
    terminal.tell(code, values);
    return 1;
  }
}

/** A bug has no log to go to here, so its first line is told. */
function sayable(error: unknown): Problem {
  const problem = problemOf(error);
  const why = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
  return problem.code === 'worker.broken' ? { code: 'cli.broken', values: { why } } : problem;
}

process.exitCode = await main(process.argv.slice(2));
