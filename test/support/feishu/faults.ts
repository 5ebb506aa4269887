// What goes wrong between a bot and Feishu, on demand: replies that are lost, servers that fail or are slow, storms of limits.
import { CODES } from './limits.ts';

export type Fault = {
  /** `drop`: the call is done and its reply lost; `answer`: another answer instead of doing it; `wait`: slower. */
  kind: 'drop' | 'answer' | 'wait';
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  ms?: number;
};
type Planned = Fault & { on: RegExp; left: number };

export type Faults = ReturnType<typeof openFaults>;

/** Patterns are matched with `METHOD /path`; each fault happens `times` times (once, where not said). */
export function openFaults() {
  let planned: Planned[] = [];
  const plan = (on: RegExp, times: number, fault: Fault) => void planned.push({ on, left: times, ...fault });

  return {
    /** The fault that this call meets, if any: it is used up by that. */
    next(call: string): Fault | undefined {
      const fault = planned.find(({ on, left }) => left > 0 && on.test(call));
      if (fault) fault.left -= 1;
      return fault;
    },
    /** Done, but nobody hears of it. */
    loseReplies: (on: RegExp, times = 1) => plan(on, times, { kind: 'drop' }),
    fail: (on: RegExp, times = 1, status = 502) => plan(on, times, { kind: 'answer', status, body: '<html>Bad Gateway</html>' }),
    /** The gateway's limit, with the seconds until it is over. */
    tooFast: (on: RegExp, times = 1, seconds = 1) =>
      plan(on, times, {
        kind: 'answer',
        status: CODES.tooFast.status,
        headers: { 'x-ogw-ratelimit-limit': '50', 'x-ogw-ratelimit-reset': String(seconds) },
        body: { code: CODES.tooFast.code, msg: CODES.tooFast.msg },
      }),
    /** Any answer of Feishu's own, such as an endpoint's without `data`. */
    answer: (on: RegExp, body: unknown, times = 1, status = 200) => plan(on, times, { kind: 'answer', status, body }),
    slow: (on: RegExp, ms: number, times = 1) => plan(on, times, { kind: 'wait', ms }),
    over: () => {
      planned = [];
    },
  };
}
