// [Settings …] filled in and sent: a run is started as `/finetune start lr=… rounds=…` would start it.
import { type Dials, dialNames, dialWords, readFilled } from '../../model/dials.ts';
import { Refusal } from '../../problem.ts';
import { pressedBy } from '../asked.ts';
import type { Bot } from '../bot.ts';
import { type Pressed, placeOf } from '../reply.ts';
import { refuseUnlessMayStart } from './may-start.ts';
import { offeredIn } from './settings-form.ts';
import { startRunFor } from './start-run.ts';

/**
 * The action `start-with`. What was left as the recipe would pick it, or emptied, stays the recipe's choice: with another rank it picks
 * another alpha. Throws Refusal as starting a run does, and where the chat has opened no form.
 */
export async function startWith(bot: Bot, event: Pressed): Promise<void> {
  const wanted = await pressedBy(bot, event);
  if (!dialNames().some(name => name in event.fields)) {
    await refuseUnlessMayStart(wanted, placeOf(event).channel);
    throw new Refusal('settings.no-form');
  }
  const { dials, wrong } = readFilled(event.fields);
  for (const { code, values } of Object.values(wrong)) throw new Refusal(code, values);
  const { instead, picks } = offeredIn(event.value);
  const asked = Object.entries(dials).filter(([dial, value]) => picks[dial as keyof Dials] !== value);
  await startRunFor(wanted, dialWords(Object.fromEntries(asked)), instead);
}
