// Events on their way to the app: each with an id, again until it is acknowledged or Slack gives it up, in any order that the faults want.
import { randomBytes } from 'node:crypto';
import type { Faults } from './faults.ts';
import { NotAcked, type Outlet } from './outlets.ts';
import type { Json, Team } from './team.ts';

export type Delivery = ReturnType<typeof openDelivery>;
/** What is held back to be shuffled goes when nothing more has come for so long. */
const HELD_MS = 200;
type Sending = { body: Json; attempt: number; reason: string; timer?: NodeJS.Timeout };

/** docs.slack.dev/reference/events names the subscription of a message by its kind of channel. */
const subscriptionOf = ({ type, channel_type }: Json): string =>
  type === 'message' ? `message.${{ channel: 'channels', group: 'groups', im: 'im' }[channel_type as string] ?? 'channels'}` : String(type);

/** `retriesMs`: the pauses before the second, third and fourth attempt. What nobody listens to waits; an app that comes back gets it at once. */
export function openDelivery(
  team: Team,
  { outlet, events, faults, retriesMs }: { outlet(): Outlet; events: string[]; faults: Faults; retriesMs: number[] },
) {
  const subscribed = new Set(events);
  const underWay = new Set<Sending>();
  const waiting = new Set<Sending>();
  const lost: Json[] = [];
  let held: Sending[] = [];
  let letGo: NodeJS.Timeout | undefined;
  let closed = false;

  function tell(event: Json): void {
    if (!subscribed.has(subscriptionOf(event)) || closed) return;
    const event_id = `Ev${randomBytes(8).toString('hex').toUpperCase()}`;
    const authorizations = [{ enterprise_id: null, team_id: team.id, user_id: team.botUser, is_bot: true, is_enterprise_install: false }];
    const body = {
      token: 'verification',
      team_id: team.id,
      api_app_id: team.appId,
      event,
      type: 'event_callback',
      event_id,
      event_time: Math.floor(team.now() / 1000),
      authorizations,
      is_ext_shared_channel: false,
      event_context: `4-${event_id}`,
    };
    const sending: Sending = { body, attempt: 0, reason: '' };
    underWay.add(sending);
    hold(sending);
    if (faults.random() < faults.events.duplicate) {
      const twin = { ...sending };
      underWay.add(twin);
      hold(twin);
    }
  }

  /** Lets go, in another order, when so many as are to be shuffled are there. */
  function hold(sending: Sending): void {
    held.push(sending);
    clearTimeout(letGo);
    letGo = setTimeout(release, HELD_MS);
    if (held.length >= faults.events.shuffle) release();
  }

  function release(): void {
    clearTimeout(letGo);
    const going = held;
    held = [];
    if (faults.events.shuffle > 1) going.sort(() => faults.random() - 0.5);
    for (const sending of going) {
      if (faults.events.delayMs === 0) void attempt(sending);
      else sending.timer = setTimeout(() => attempt(sending), faults.events.delayMs * faults.random());
    }
  }

  async function attempt(sending: Sending): Promise<void> {
    if (closed) return;
    sending.timer = undefined;
    if (!outlet().isOpen()) return void waiting.add(sending);
    try {
      await outlet().send('events_api', sending.body, sending.attempt === 0 ? undefined : sending);
      underWay.delete(sending);
    } catch (error) {
      if (!(error instanceof NotAcked)) throw error;
      const pause = retriesMs[sending.attempt];
      if (closed || pause === undefined || error.reason === 'no_retry') {
        underWay.delete(sending);
        lost.push(sending.body);
        return;
      }
      sending.attempt++;
      sending.reason = error.reason;
      sending.timer = setTimeout(() => attempt(sending), pause);
    }
  }

  return {
    tell,
    subscribed,
    /** What was given up after the last attempt. */
    lost,
    release,
    /** Somebody listens again: what waits for them, or for its next attempt, goes now, as if the minutes were over. */
    opened() {
      for (const sending of underWay) {
        if (!waiting.delete(sending) && !sending.timer) continue;
        clearTimeout(sending.timer);
        void attempt(sending);
      }
    },
    /** Whether nothing waits for an acknowledgement. */
    isIdle: () => underWay.size === 0,
    close() {
      closed = true;
      clearTimeout(letGo);
      for (const { timer } of underWay) clearTimeout(timer);
    },
  };
}
