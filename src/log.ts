// Logs for operators: one JSON object a line on stderr. Ids and codes only, never what people wrote.
import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** `level` is one of pino's; errors are logged with their causes, and without the values that a query was given. */
export const openLog = (name: string, level: string, to: DestinationStream = pino.destination({ dest: 2, sync: true })): Log =>
  pino({ name, level, base: { name, pid: process.pid }, serializers: { err: logged } }, to);

type Logged = { type: string; message: string; stack?: string; code?: string | number; status?: number; cause?: Logged };

const MOST_CAUSES = 8;

/** An error as it is logged: pino's own serializer would copy every property, and with them the texts of a query that failed. */
function logged(error: unknown, depth = 0): Logged {
  if (!(error instanceof Error)) return { type: typeof error, message: '' };
  const { code, status } = error as { code?: unknown; status?: unknown };
  // The stack repeats the message, whatever that holds.
  const stack = error.stack?.match(/^ +at .+$/gm)?.join('\n');
  return {
    type: error.constructor.name,
    message: messageOf(error),
    ...(stack !== undefined && { stack }),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(typeof status === 'number' && { status }),
    ...(error.cause !== undefined && depth < MOST_CAUSES && { cause: logged(error.cause, depth + 1) }),
  };
}

/** drizzle's message lists the parameters behind the query; Postgres quotes the value that it could not read behind a colon. */
function messageOf(error: Error): string {
  if ('query' in error && 'params' in error) return `Failed query: ${error.query}`;
  return 'severity' in error && 'routine' in error ? error.message.split(':')[0] : error.message;
}
