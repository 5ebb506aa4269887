// Nothing that is said to the bot is lost: an event is a row before it is acknowledged, and stays one until it is handled.
import type { Ack, ChatEvent } from '../chat/chat.ts';
import { RetryLater } from '../chat/errors.ts';
import { eventDone, eventFailed, eventLater, type KeptEvent, keepEvent, nextEvents, touchesLike } from '../data/inbox.ts';
import { databaseNow } from '../data/messages.ts';
import { findPerson } from '../data/people.ts';
import { type Loop, startLoop } from '../loop.ts';
import { Refusal } from '../problem.ts';
import { say } from '../words/words.ts';
import type { Bot } from './bot.ts';
import { fieldErrors } from './forms.ts';
import { handle } from './handle.ts';
import { lookAtWaiting } from './harvest/look.ts';
import { keepMissed } from './harvest/missed.ts';
import { LANES, type Lane, turnIn } from './lanes.ts';
import { langFor } from './language.ts';
import { type Pressed, replyPrivately, type Said, sentence } from './reply.ts';
import { proposeRun } from './run/propose.ts';

/** Keeps the event; a redelivery is one more acknowledgement and nothing else. A form that is filled in wrongly is not kept but given back. */
export async function receive(bot: Bot, event: ChatEvent): Promise<Ack> {
  const wrong = await fieldErrors(bot, event);
  if (wrong) return { fieldErrors: wrong };
  const { key, kind, ...payload } = event;
  await keepEvent(bot.db, bot.workspace.id, { key, kind, payload: { ...payload, at: event.at.toISOString() } });
  return {};
}

/** Of so many open events the lanes find theirs. */
const IN_VIEW = 200;
/** So many are handled before a look at what came in the meantime. */
const AT_A_TIME = 20;

type Kept = ChatEvent & { row: number };

/** Handles the kept events of `lane` in the order in which they came, until none of them has its turn. `moved`: others may have theirs now. */
async function handleKept(bot: Bot, lane: Lane, moved: () => void): Promise<void> {
  let lastTouched: string | undefined;
  for (let turn = await nextIn(bot, lane); turn.length > 0; turn = await nextIn(bot, lane)) {
    const done = new Set<number>();
    for (const event of turn) {
      if (done.has(event.row)) continue;
      for (const id of await handleOne(bot, event)) done.add(id);
      if (event.kind === 'touched') lastTouched = event.ref.channel ?? lastTouched;
      else moved();
    }
  }
  // Not before the last of many ✅ that came at once: the number in the proposal is then the right one.
  if (lastTouched !== undefined) await proposeRun(bot, lastTouched);
}

async function nextIn(bot: Bot, lane: Lane): Promise<Kept[]> {
  const kept = await nextEvents(bot.db, bot.workspace.id, { limit: IN_VIEW, touches: lane === 'looks' });
  return turnIn(lane, kept.map(eventOf)).slice(0, AT_A_TIME);
}

const eventOf = ({ id, key, kind, payload }: KeptEvent): Kept =>
  ({ ...payload, row: id, key, kind, at: new Date(String(payload.at)) }) as unknown as Kept;

/** Gives the ids of the events that are handled: this one, and with a touch all open ones of the same message. */
async function handleOne(bot: Bot, { row, ...event }: Kept): Promise<number[]> {
  const same = event.kind === 'touched' ? await touchesLike(bot.db, bot.workspace.id, event.ref) : [];
  try {
    await handle(bot, event);
  } catch (problem) {
    if (problem instanceof RetryLater) {
      await eventLater(bot.db, row, problem.ms);
      return [];
    }
    if (!(problem instanceof Refusal)) {
      bot.report(problem, `event ${row}`);
      const givenUp = await eventFailed(bot.db, row, problem instanceof Error ? problem.name : 'unknown');
      if (givenUp) await answer(bot, event, 'bot.broken', {});
      return [];
    }
    await answer(bot, event, problem.problem.code, problem.problem.values);
  }
  await eventDone(bot.db, row, ...same);
  return [row, ...same];
}

/** A person's mistake and our own are both said to that person alone. */
async function answer(bot: Bot, event: ChatEvent, code: string, values: Record<string, string | number>): Promise<void> {
  if (event.kind !== 'message' && event.kind !== 'action') return;
  const person = await findPerson(bot.db, bot.workspace.id, event.person);
  const channel = event.kind === 'message' ? event.place.channel : event.ref.channel;
  await replyPrivately(bot, event as Said | Pressed, sentence(say(await langFor(bot, person, channel), code, values)));
}

/**
 * Handles what is kept now, whenever woken, and every two seconds, each lane beside the others. Among the looks are, a few at a time, those
 * at messages that were touched, and once after the start at all that examples point to, for what the bot was not told while it was away.
 */
export function startInbox(bot: Bot): Loop {
  let since: string | undefined;
  const loops = new Map<Lane, Loop>();
  const others = (lane: Lane) => () => {
    for (const other of LANES) if (other !== lane) loops.get(other)?.wake();
  };

  async function turn(lane: Lane): Promise<void> {
    if (lane !== 'looks') return handleKept(bot, lane, others(lane));
    if (since === undefined) {
      const now = await databaseNow(bot.db);
      await keepMissed(bot, now);
      since = now;
    }
    await handleKept(bot, lane, others(lane));
    if (await lookAtWaiting(bot, since)) loops.get(lane)?.wake();
  }

  for (const lane of LANES)
    loops.set(
      lane,
      startLoop(
        () => turn(lane),
        2_000,
        problem => bot.report(problem, 'inbox'),
      ),
    );
  const all = [...loops.values()];
  return {
    wake() {
      for (const loop of all) loop.wake();
    },
    stop: async () => void (await Promise.all(all.map(loop => loop.stop()))),
  };
}
