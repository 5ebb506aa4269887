// Why something failed, as data: what a person can act on has its own code, everything else is a bug and goes to the log.
import { type Problem, Refusal } from '../src/problem.ts';

/** The problem behind an error and its causes. `worker.broken` = a bug: log the error, its sentence says no more. */
export function problemOf(error: unknown): Problem {
  for (const link of causes(error)) {
    if (link instanceof Refusal) return link.problem;
    if (DISK_FULL.has(codeOf(link))) return { code: 'worker.diskFull', values: {} };
    if (codeOf(link) === 'ERR_WORKER_OUT_OF_MEMORY' || OUT_OF_MEMORY.test(messageOf(link))) {
      return { code: 'worker.memory', values: {} };
    }
  }
  return { code: 'worker.broken', values: {} };
}

/** The database could not be reached, is going down or has no room on its disk: the same again, a little later, may work. */
export function isDatabaseAway(error: unknown): boolean {
  const links = causes(error);
  // A server that answers and is away, say: whoever refused knows what it was.
  if (links.some(link => link instanceof Refusal)) return false;
  return links.some(link => AWAY.has(codeOf(link)) || AWAY_CLASS.test(codeOf(link)) || AWAY_TEXT.test(messageOf(link)));
}

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT']);
/** What onnxruntime, V8 and libc say. */
const OUT_OF_MEMORY = /bad_alloc|failed to allocate memory|cannot allocate memory|out of memory/i;

const AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);
/** SQLSTATE: connection exception, operator intervention (shutdown, crash), too many connections, disk full. */
const AWAY_CLASS = /^(?:08|57P|53300|53100)/;
/** node-postgres has no code for these. */
const AWAY_TEXT = /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect/;

function causes(error: unknown): unknown[] {
  const links = [error];
  while (links.length < 10 && links.at(-1) instanceof Error && (links.at(-1) as Error).cause !== undefined) {
    links.push((links.at(-1) as Error).cause);
  }
  return links;
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | undefined)?.code ?? '');
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
