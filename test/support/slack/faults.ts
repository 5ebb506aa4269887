// What can go wrong between Slack and an app, asked for by a test: on calls by method, and on events on their way.

export type CallFault =
  /** the call is performed, its answer never arrives */
  | { lose: true }
  /** answered with this status before anything is performed; 429 with Retry-After in seconds */
  | { status: number; retryAfter?: number }
  /** answered `{ok: false, error}` before anything is performed; `performed`: the call is performed all the same */
  | { error: string; performed?: true }
  | { delayMs: number };

export type Faults = ReturnType<typeof openFaults>;

/** The same seed is the same trouble. */
export function openFaults(seed = 1) {
  let state = seed;
  /** 0 ≤ x < 1; numerical recipes' linear congruential generator */
  const random = () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
  const calls: { method: string; fault: CallFault; times: number; chance: number }[] = [];

  return {
    random,
    /** Chances of every event; `shuffle`: so many are held back and let go in another order. */
    events: { duplicate: 0, delayMs: 0, shuffle: 1 },
    /** The next `times` calls of `method` (`*` = any) meet the fault, each with this chance. */
    onCall(method: string, fault: CallFault, { times = 1, chance = 1 } = {}) {
      calls.push({ method, fault, times, chance });
    },
    clear() {
      calls.length = 0;
      this.events = { duplicate: 0, delayMs: 0, shuffle: 1 };
    },
    next(method: string): CallFault | undefined {
      const rule = calls.find(({ method: about, times }) => (about === '*' || about === method) && times > 0);
      if (!rule || random() >= rule.chance) return undefined;
      rule.times--;
      return rule.fault;
    },
  };
}
