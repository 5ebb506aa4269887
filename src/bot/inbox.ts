// Nothing that is said to the bot is lost: an event is a row before it is acknowledged, and stays one until it is handled.
import type { Ack, ChatEvent } from '../chat/chat.ts';
import { eventDone, eventFailed, type KeptEvent, keepEvent, nextEvents } from '../data/inbox.ts';
import { findPerson } from '../data/people.ts';
import { Refusal } from '../problem.ts';
import { say } from '../words/words.ts';
import type { Bot } from './bot.ts';
import { handle } from './handle.ts';
import { langFor } from './language.ts';
import { type Loop, startLoop } from './loop.ts';
import { type Pressed, replyPrivately, type Said, sentence } from './reply.ts';

/** Keeps the event; a redelivery is one more acknowledgement and nothing else. */
export async function receive(bot: Bot, event: ChatEvent): Promise<Ack> {
  const { key, kind, ...payload } = event;
  await keepEvent(bot.db, bot.workspace.id, { key, kind, payload: { ...payload, at: event.at.toISOString() } });
  return {};
}

/** Handles kept events in the order in which they came, until none is left. */
async function handleKept(bot: Bot): Promise<void> {
  for (let kept = await nextEvents(bot.db, bot.workspace.id); kept.length > 0; kept = await nextEvents(bot.db, bot.workspace.id)) {
    for (const row of kept) await handleOne(bot, row);
  }
}

async function handleOne(bot: Bot, row: KeptEvent): Promise<void> {
  const event = { ...row.payload, key: row.key, kind: row.kind, at: new Date(String(row.payload.at)) } as unknown as ChatEvent;
  try {
    await handle(bot, event);
  } catch (problem) {
    if (!(problem instanceof Refusal)) {
      bot.report(problem, `event ${row.id}`);
      const givenUp = await eventFailed(bot.db, row.id, problem instanceof Error ? problem.name : 'unknown');
      if (givenUp) await answer(bot, event, 'bot.broken', {});
      return;
    }
    await answer(bot, event, problem.problem.code, problem.problem.values);
  }
  await eventDone(bot.db, row.id);
}

/** A person's mistake and our own are both said to that person alone. */
async function answer(bot: Bot, event: ChatEvent, code: string, values: Record<string, string | number>): Promise<void> {
  if (event.kind !== 'message' && event.kind !== 'action') return;
  const person = await findPerson(bot.db, bot.workspace.id, event.person);
  const channel = event.kind === 'message' ? event.place.channel : event.ref.channel;
  await replyPrivately(bot, event as Said | Pressed, sentence(say(await langFor(bot, person, channel), code, values)));
}

/** Handles what is kept now, whenever woken, and every two seconds. */
export function startInbox(bot: Bot): Loop {
  return startLoop(
    () => handleKept(bot),
    2_000,
    problem => bot.report(problem, 'inbox'),
  );
}
