// Feishu's open APIs through the SDK: one client with limits, a token that is fetched again when it was revoked, calls that are tried
// again where that is safe, and one pace for all of them.
import { Client, DefaultCache } from '@larksuiteoapi/node-sdk';
import type { Lang } from '../../words/words.ts';
import { FeishuProblem, refusalOf } from './codes.ts';
import { openHttp } from './http.ts';
import { type Clock, openPace, type Pace, realClock } from './pace.ts';
import type { Note } from './sdk-log.ts';
import { type Credentials, sdkOptions } from './sdk-options.ts';

/**
 * The vendor allows 50 calls a second in all, and of most calls 1000 a minute each. Look-ups have their own share, so that no answer
 * waits behind a week's history; `each`: of one kind of look-up.
 */
const PACES = { looking: { burst: 20, perSecond: 24 }, each: { burst: 15, perSecond: 15 }, saying: { burst: 20, perSecond: 6 } };
const TRIES = 3;
const FIRST_RETRY_MS = 250;
/** Look-ups wait that long themselves before they give the waiting back to their caller. */
const PATIENCE_MS = 8_000;

type Answer<T> = { code?: number; msg?: string; data?: T };

export type Api = Awaited<ReturnType<typeof openApi>>;

/** Nothing is sent before the first call. `lang`: of the sentences in what is thrown. */
export function openApi(credentials: Credentials, { lang, note, clock = realClock }: { lang: Lang; note: Note; clock?: Clock }) {
  let tokens = new DefaultCache();
  const http = openHttp();
  const client = new Client({
    ...sdkOptions(credentials, http, note),
    // A cache of our own: the SDK's is shared by the whole process, and never forgets a revoked token.
    cache: {
      get: (key, options) => tokens.get(key, options),
      set: (key, value, expires, options) => tokens.set(key, value, expires, options),
    },
  });
  const looking = openPace(PACES.looking.burst, PACES.looking.perSecond, clock);
  const kinds = new Map<string, Pace>();
  const paceOf = (kind: string): Pace => {
    const pace = kinds.get(kind) ?? openPace(PACES.each.burst, PACES.each.perSecond, clock);
    kinds.set(kind, pace);
    return { take: () => pace.take().then(looking.take) };
  };
  const saying = openPace(PACES.saying.burst, PACES.saying.perSecond, clock);

  /** Sends until there is an answer: a revoked token is fetched anew, what went unanswered is sent again unless `once`. Throws FeishuProblem. */
  async function send<T>(request: () => Promise<Answer<T> | null>, { once = false, pace = saying } = {}): Promise<T> {
    for (let tries = 1; ; tries++) {
      await pace.take();
      try {
        return (await request())?.data as T;
      } catch (error) {
        if (!(error instanceof FeishuProblem) || tries >= TRIES) throw error;
        if (error.meaning === 'token') tokens = new DefaultCache();
        else if (error.unanswered && !once) await clock.sleep(FIRST_RETRY_MS * 2 ** tries);
        else throw error;
      }
    }
  }

  /** As `send`, for what only reads: where Feishu asks to wait, it waits a few seconds itself. `kind`: of the call, where there are many of it. */
  async function ask<T>(request: () => Promise<Answer<T> | null>, kind = 'other'): Promise<T> {
    const until = clock.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await send(request, { pace: paceOf(kind) });
      } catch (error) {
        if (!(error instanceof FeishuProblem) || error.meaning !== 'wait') throw error;
        const ms = error.resetMs ?? 1_000 + Math.random() * 1_000;
        if (clock.now() + ms > until) throw error;
        await clock.sleep(ms);
      }
    }
  }

  /** Runs what a caller of the contract asked for; refusals leave as one of the four errors. `what`: the thing asked for. */
  async function edge<T>(what: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw refusalOf(error, what, lang);
    }
  }

  const { appId, domain } = credentials;
  return { client, http, send, ask, edge, appId, domain, lang, note, clock };
}
