// The line from a room to its bot: everything unheard is told in order, one at a time, and again until the bot has safely kept it.
import type { Ack, Form } from '../chat.ts';
import type { BotEar, Press } from './room.ts';
import type { RoomState } from './state.ts';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 15_000;
/** A long story is heard in pieces of this many entries: a crash tells at most one piece twice. */
const KEPT_TOGETHER = 100;

export type BotLine = {
  connect(ear: BotEar): { disconnect(): Promise<void> };
  /** There may be something new to tell. */
  ring(): void;
  /** What the bot answers when it has kept entry `n`. */
  answer(n: number): Promise<Ack>;
  formFor(press: Press): Promise<Form | undefined>;
  close(): Promise<void>;
};

/** `keep` writes down which entries the bot has heard. */
export function openBotLine(state: RoomState, keep: (heard: number[]) => Promise<unknown>): BotLine {
  const waiting = new Map<number, PromiseWithResolvers<Ack>>();
  let ear: BotEar | undefined;
  let telling: Promise<void> | undefined;
  let again = false;
  let retryMs = FIRST_RETRY_MS;
  let retry: NodeJS.Timeout | undefined;

  function ring(): void {
    again = true;
    telling ??= tell().finally(() => {
      telling = undefined;
      if (again && ear) ring();
    });
  }

  async function tell(): Promise<void> {
    again = false;
    let failed = false;
    const acks = new Map<number, Ack>();
    for (const [n, entry] of [...state.unheard]) {
      if (!ear) break;
      try {
        acks.set(n, await ear.hear(entry));
        if (acks.size >= KEPT_TOGETHER || waiting.has(n)) await keepAll(acks);
      } catch {
        // The ear reports its own troubles; here it only means: not kept, tell again.
        failed = true;
      }
    }
    await keepAll(acks).catch(() => (failed = true));
    if (!ear) return;
    if (!failed) {
      retryMs = FIRST_RETRY_MS;
      return;
    }
    clearTimeout(retry);
    retry = setTimeout(ring, retryMs);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
  }

  async function keepAll(acks: Map<number, Ack>): Promise<void> {
    if (acks.size === 0) return;
    const kept = [...acks];
    acks.clear();
    await keep(kept.map(([n]) => n));
    for (const [n, ack] of kept) {
      waiting.get(n)?.resolve(ack);
      waiting.delete(n);
    }
  }

  async function disconnect(): Promise<void> {
    ear = undefined;
    clearTimeout(retry);
    await telling;
  }

  return {
    ring,
    connect(next) {
      ear = next;
      ring();
      return { disconnect };
    },
    answer(n) {
      if (!state.unheard.has(n)) return Promise.resolve({});
      const answer = waiting.get(n) ?? withResolvers<Ack>();
      waiting.set(n, answer);
      return answer.promise;
    },
    formFor: async press => ear?.formFor(press),
    close: disconnect,
  };
}

type PromiseWithResolvers<T> = { promise: Promise<T>; resolve(value: T): void };

function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>(done => {
    resolve = done;
  });
  return { promise, resolve };
}
