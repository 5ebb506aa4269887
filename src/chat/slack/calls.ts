// Every call to Slack's Web API goes through here: in its turn, with one kind of error, and never twice by itself where that would say a thing twice.
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebClient, type WebClientOptions } from '@slack/web-api';
import type { Lang } from '../../words/words.ts';
import { RetryLater } from '../errors.ts';
import { neverSent } from './never-sent.ts';
import { openRate, type Rate } from './rate.ts';
import { isTokenProblem, refusalOf, Unclear } from './refused.ts';
import { silentLogger } from './silent-logger.ts';

/** A call that takes longer has failed: the client has no limit of its own. */
const TIMEOUT_MS = 10_000;
const LONGEST_RETRY_MS = 60_000;
/** What only reads may be repeated at once; what writes is looked up first. */
const READS = /\.(?:get|info|history|replies|members|list|test)$/;

export type Calls = {
  /** `channel`: whose limit the call counts against. `progress`: nobody waits for it; it goes its own way. */
  apiCall<T = object>(method: string, args: Record<string, unknown>, how?: { channel?: string; progress?: boolean }): Promise<T>;
};

export type CallsOptions = {
  token: string;
  apiUrl?: string;
  lang: Lang;
  rate?: Rate;
  /** what an operator should know; `code` is Slack's */
  onProblem(code: string, values?: Record<string, string | number>): void;
};

/** A client of its own each time: the SDK changes the options that it is handed. */
export const newClient = (token: string, apiUrl: string | undefined, more: WebClientOptions = {}): WebClient =>
  new WebClient(token, {
    ...(apiUrl && { slackApiUrl: apiUrl }),
    timeout: TIMEOUT_MS,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    logger: silentLogger,
    ...more,
  });

/** Throws RetryLater, NotAllowed, TooLong, Gone, and for a bug of ours what the SDK threw. */
export function openCalls({ token, apiUrl, lang, onProblem, ...options }: CallsOptions): Calls {
  const rate = options.rate ?? openRate({ onBehind: (method, waiting) => onProblem('behind', { method, waiting }) });
  const clients = {
    reads: newClient(token, apiUrl, { retryConfig: { retries: 2, minTimeout: 200, factor: 2 } }),
    writes: newClient(token, apiUrl),
    progress: newClient(token, apiUrl),
  };
  /** Calls in a row that got no answer. */
  let failures = 0;
  let told: string | undefined;

  function tellOnce(code: string): void {
    if (told !== code) onProblem(code);
    told = code;
  }

  function failed(method: string, channel: string | undefined, error: Error): Error {
    if (error instanceof WebAPIRateLimitedError) {
      const ms = Math.max(1, error.retryAfter) * 1000;
      rate.hold(method, channel, ms);
      return new RetryLater(ms, { cause: error });
    }
    if (error instanceof WebAPIPlatformError) {
      const { error: code, needed } = error.data as { error: string; needed?: string };
      if (isTokenProblem(code)) tellOnce(code);
      return refusalOf(method, code, error, lang, needed) ?? error;
    }
    if (error instanceof WebAPIHTTPError && error.statusCode < 500) return error;
    tellOnce('unreachable');
    const ms = Math.min(1_000 * 2 ** failures++, LONGEST_RETRY_MS);
    return neverSent(error) ? new RetryLater(ms, { cause: error }) : new Unclear(ms, { cause: error });
  }

  return {
    async apiCall<T>(method: string, args: Record<string, unknown>, { channel, progress }: { channel?: string; progress?: boolean } = {}) {
      await rate.turn(method, channel);
      const client = READS.test(method) ? clients.reads : progress ? clients.progress : clients.writes;
      try {
        const answer = await client.apiCall(method, args);
        failures = 0;
        told = undefined;
        return answer as T;
      } catch (error) {
        throw failed(method, channel, error as Error);
      }
    },
  };
}
