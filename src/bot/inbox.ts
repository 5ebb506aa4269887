// Nothing that is said to the bot is lost: an event is a row before it is acknowledged, and stays one until it is handled.
import type { Ack, ChatEvent, MessageRef } from '../chat/chat.ts';
import { RetryLater } from '../chat/errors.ts';
import { eventDone, eventFailed, eventLater, type KeptEvent, keepEvent, nextEvents, touchesLike } from '../data/inbox.ts';
import { databaseNow } from '../data/messages.ts';
import { findPerson } from '../data/people.ts';
import { Refusal } from '../problem.ts';
import { say } from '../words/words.ts';
import type { Bot } from './bot.ts';
import { fieldErrors } from './forms.ts';
import { handle } from './handle.ts';
import { lookAtWaiting } from './harvest/look.ts';
import { langFor } from './language.ts';
import { type Loop, startLoop } from './loop.ts';
import { proposeRun } from './propose.ts';
import { type Pressed, replyPrivately, type Said, sentence } from './reply.ts';

/** Keeps the event; a redelivery is one more acknowledgement and nothing else. A form that is filled in wrongly is not kept but given back. */
export async function receive(bot: Bot, event: ChatEvent): Promise<Ack> {
  const wrong = await fieldErrors(bot, event);
  if (wrong) return { fieldErrors: wrong };
  const { key, kind, ...payload } = event;
  await keepEvent(bot.db, bot.workspace.id, { key, kind, payload: { ...payload, at: event.at.toISOString() } });
  return {};
}

/** Handles kept events in the order in which they came, until none is left. */
async function handleKept(bot: Bot): Promise<void> {
  let lastTouched: string | undefined;
  for (let kept = await nextEvents(bot.db, bot.workspace.id); kept.length > 0; kept = await nextEvents(bot.db, bot.workspace.id)) {
    const done = new Set<number>();
    for (const row of kept) {
      if (done.has(row.id)) continue;
      for (const id of await handleOne(bot, row)) done.add(id);
      if (row.kind === 'touched') lastTouched = (row.payload.ref as MessageRef).channel ?? lastTouched;
    }
  }
  // Not before the last of many ✅ that came at once: the number in the proposal is then the right one.
  if (lastTouched !== undefined) await proposeRun(bot, lastTouched);
}

/** Gives the ids of the events that are handled: this one, and with a touch all open ones of the same message. */
async function handleOne(bot: Bot, row: KeptEvent): Promise<number[]> {
  const event = { ...row.payload, key: row.key, kind: row.kind, at: new Date(String(row.payload.at)) } as unknown as ChatEvent;
  const same = event.kind === 'touched' ? await touchesLike(bot.db, bot.workspace.id, event.ref) : [];
  try {
    await handle(bot, event);
  } catch (problem) {
    if (problem instanceof RetryLater) {
      await eventLater(bot.db, row.id, problem.ms);
      return [];
    }
    if (!(problem instanceof Refusal)) {
      bot.report(problem, `event ${row.id}`);
      const givenUp = await eventFailed(bot.db, row.id, problem instanceof Error ? problem.name : 'unknown');
      if (givenUp) await answer(bot, event, 'bot.broken', {});
      return [];
    }
    await answer(bot, event, problem.problem.code, problem.problem.values);
  }
  await eventDone(bot.db, row.id, ...same);
  return [row.id, ...same];
}

/** A person's mistake and our own are both said to that person alone. */
async function answer(bot: Bot, event: ChatEvent, code: string, values: Record<string, string | number>): Promise<void> {
  if (event.kind !== 'message' && event.kind !== 'action') return;
  const person = await findPerson(bot.db, bot.workspace.id, event.person);
  const channel = event.kind === 'message' ? event.place.channel : event.ref.channel;
  await replyPrivately(bot, event as Said | Pressed, sentence(say(await langFor(bot, person, channel), code, values)));
}

/**
 * Handles what is kept now, whenever woken, and every two seconds. In between, a few at a time, it looks again at messages: at those
 * that were touched, and once after the start at all that examples point to, for what the bot was not told while it was away.
 */
export function startInbox(bot: Bot): Loop {
  let since: string | undefined;
  const loop = startLoop(
    async () => {
      since ??= await databaseNow(bot.db);
      await handleKept(bot);
      if (await lookAtWaiting(bot, since)) loop.wake();
    },
    2_000,
    problem => bot.report(problem, 'inbox'),
  );
  return loop;
}
