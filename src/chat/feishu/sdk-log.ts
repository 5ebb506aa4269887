// What the SDK logs, without what it must not: it prints the app secret, bearer tokens, addresses with tickets and people's messages.
import { FeishuProblem } from './codes.ts';

/** For the operator's log: what happened (a constant), with ids and codes. Never what people wrote. */
export type Note = (level: 'info' | 'warn', what: string, detail?: Record<string, string | number>) => void;

const MOST_CHARACTERS = 60;

/** A logger for the SDK. Of a sentence stays what stands before its first colon: behind it come the values. */
export function sdkLog(note: Note) {
  const tell =
    (level: 'info' | 'warn') =>
    (...parts: unknown[]): void => {
      for (const part of parts.flat(3)) {
        if (part instanceof FeishuProblem) note(level, 'feishu.sdk', { code: part.code, status: part.status });
        else if (typeof part === 'string' && /^[a-z]/i.test(part))
          note(level, `feishu.sdk ${part.split(/[:={]/)[0].slice(0, MOST_CHARACTERS).trim()}`);
      }
    };
  const silent = () => {};
  return { error: tell('warn'), warn: silent, info: silent, debug: silent, trace: silent };
}
