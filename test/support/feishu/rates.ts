// Who calls too often: the calls of the last second (or minute) under each name.
import { type CodeName, LIMITS, refuse } from './limits.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

export type Rates = ReturnType<typeof openRates>;

/** Counted by the real clock, whatever the fake's own says: that is what a caller feels. */
export function openRates() {
  const calls = new Map<string, number[]>();

  function count(name: string, most: number, withinMs: number, refusal: CodeName): void {
    const now = Date.now();
    const recent = (calls.get(name) ?? []).filter(at => at > now - withinMs);
    if (recent.length >= most) refuse(refusal);
    calls.set(name, [...recent, now]);
  }

  return {
    ofApp() {
      count('app', LIMITS.perAppPerSecond, SECOND_MS, 'tooFast');
    },
    /** Each call by its name. */
    ofCall: (call: string) => count(`call ${call}`, LIMITS.perAppPerMinute, MINUTE_MS, 'tooFast'),
    toChat: (chat: string) => count(`chat ${chat}`, LIMITS.perChatPerSecond, SECOND_MS, 'tooFastHere'),
    ofMessage: (message: string) => count(`message ${message}`, LIMITS.perMessagePerSecond, SECOND_MS, 'tooFastHere'),
  };
}
