// How Feishu pushes events: each until it was taken, again after a while where it was not, in no promised order. A press is pushed once.
import { newFeishuId } from './ids.ts';
import { LIMITS } from './limits.ts';

export type Envelope = { schema: '2.0'; header: Record<string, string>; event: Record<string, unknown> };
/** A way to the app: the long connection, or its webhook. */
export interface Line {
  /** Whether anybody is there; while nobody is, an event waits. */
  isOpen(): boolean;
  /** `taken`: the app has said so within three seconds; `answer` is what it said. */
  send(envelope: Envelope): Promise<{ taken: boolean; answer?: unknown }>;
}

export type Pushed = { type: string; id: string; times: number; taken: boolean; event: Record<string, unknown> };

export type Push = ReturnType<typeof openPush>;

export function openPush({ line, header, clock }: { line: Line; header: Record<string, string>; clock: () => number }) {
  const log: Pushed[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const held: (() => void)[] = [];
  const waiting: (() => void)[] = [];
  const faults = { twice: 0, backwards: 0, late: 0, lateMs: 0, lost: 0 };
  let closed = false;

  const later = (ms: number, go: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!closed) go();
    }, ms);
    timers.add(timer);
  };

  function enveloped(type: string, event: Record<string, unknown>): Envelope {
    const head = { event_id: newFeishuId('event'), event_type: type, create_time: String(clock()), ...header };
    return { schema: '2.0', header: head, event };
  }

  /** Sends until it is taken, at most five times; while nobody is there it waits. */
  async function deliver(envelope: Envelope, entry: Pushed, attempt = 0): Promise<void> {
    if (closed) return;
    if (!line.isOpen()) return void waiting.push(() => void deliver(envelope, entry, attempt));
    entry.times += 1;
    const { taken } = await line.send(envelope);
    entry.taken ||= taken;
    if (taken || closed) return;
    const wait = LIMITS.pushAgainMs[attempt];
    if (wait !== undefined) later(wait, () => void deliver(envelope, entry, attempt + 1));
  }

  function noted(envelope: Envelope): Pushed {
    const entry: Pushed = { type: envelope.header.event_type, id: envelope.header.event_id, times: 0, taken: false, event: envelope.event };
    log.push(entry);
    return entry;
  }

  return {
    /** Everything that was pushed, oldest first. */
    log: log as readonly Pushed[],
    faults,
    push(type: string, event: Record<string, unknown>): void {
      const envelope = enveloped(type, event);
      const entry = noted(envelope);
      if (faults.lost > 0) {
        faults.lost -= 1;
        return;
      }
      const go = () => void deliver(envelope, entry);
      const times = faults.twice > 0 ? 2 : 1;
      if (times === 2) faults.twice -= 1;
      for (let i = 0; i < times; i++) {
        if (faults.backwards > 0) hold(go);
        else if (faults.late > 0) {
          faults.late -= 1;
          later(faults.lateMs, go);
        } else go();
      }
    },
    /** A press: once, and its answer; undefined where the app did not answer in time. */
    async ask(type: string, event: Record<string, unknown>): Promise<unknown> {
      const envelope = enveloped(type, event);
      const entry = noted(envelope);
      if (!line.isOpen()) return undefined;
      entry.times = 1;
      const { taken, answer } = await line.send(envelope);
      entry.taken = taken;
      return taken ? (answer ?? {}) : undefined;
    },
    /** Somebody is there now. */
    wake(): void {
      for (const go of waiting.splice(0)) go();
    },
    close(): void {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };

  /** The last one first, once all that were to be held are there. */
  function hold(go: () => void): void {
    held.unshift(go);
    faults.backwards -= 1;
    if (faults.backwards === 0) for (const each of held.splice(0)) each();
  }
}
