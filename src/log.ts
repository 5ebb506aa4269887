// Logs for operators: one JSON object a line on stderr. Ids and codes only, never what people wrote.
import { type Logger, pino } from 'pino';

export type Log = Logger;

/** `level` is one of pino's; errors are logged with their causes. */
export const openLog = (name: string, level: string): Log =>
  pino({ name, level, base: { name, pid: process.pid } }, pino.destination({ dest: 2, sync: true }));
