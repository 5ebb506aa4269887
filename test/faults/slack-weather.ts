// Bad days at Slack, one after the other: what goes wrong with calls, with events on their way, and with the line itself.

import type { FakeSlack } from '../support/slack/fake.ts';
import type { CallFault } from '../support/slack/faults.ts';

const EVERY_DEEDS = 50;
const CUT_EVERY = 37;
/** What is said is seldom compared with the rest of the calls, and nothing is as easily said twice. */
const LOST_POSTS = 0.7;
const SAID_ALL_THE_SAME: CallFault[] = [{ lose: true }, { error: 'internal_error', performed: true }];
const ALWAYS = { times: Number.POSITIVE_INFINITY };
const ENDS = ['warning', 'refresh_requested', 'too_many_websockets', 'link_disabled'] as const;

type Day = { [method: string]: [fault: CallFault, chance: number] };
const DAYS: Day[] = [
  {},
  { '*': [{ lose: true }, 0.35] },
  { '*': [{ status: 503 }, 0.4] },
  { '*': [{ status: 429, retryAfter: 1 }, 0.5] },
  {
    'chat.update': [{ lose: true }, 0.3],
    'chat.postEphemeral': [{ lose: true }, 0.3],
    'conversations.history': [{ status: 500 }, 0.3],
    'conversations.replies': [{ error: 'internal_error' }, 0.3],
    'reactions.get': [{ lose: true }, 0.3],
    'reactions.add': [{ lose: true }, 0.3],
    'apps.connections.open': [{ status: 503 }, 0.5],
    response_url: [{ lose: true }, 0.2],
  },
  { '*': [{ delayMs: 400 }, 0.5] },
];

/** `at(n)`: before deed `n`. The same `random` is the same weather. */
export function slackWeather({ faults, socket }: FakeSlack, random: () => number) {
  return {
    at(n: number): void {
      if (n % EVERY_DEEDS === 0) {
        faults.clear();
        faults.events = { duplicate: 0.2, delayMs: 300 * random(), shuffle: 1 + Math.floor(random() * 6) };
        const many = n / EVERY_DEEDS;
        const day = DAYS[many % DAYS.length];
        // The first fault that fits a method is the one that it meets.
        const lost = SAID_ALL_THE_SAME[many % SAID_ALL_THE_SAME.length];
        if (day !== DAYS[0]) faults.onCall('chat.postMessage', lost, { ...ALWAYS, chance: LOST_POSTS });
        for (const [method, [fault, chance]] of Object.entries(day)) faults.onCall(method, fault, { ...ALWAYS, chance });
      }
      if (n % CUT_EVERY !== CUT_EVERY - 1) return;
      if (random() < 0.5) socket.cut();
      else socket.disconnect(ENDS[Math.floor(random() * ENDS.length)], random() < 0.5);
    },
    over: () => faults.clear(),
  };
}
