// The buttons below a masked text: [Keep masked] and [Do not keep]. Both are the word of somebody whose ✅ stands on the message.
import { voidApprovals } from '../../data/approvals.ts';
import { type ChatExample, chatExample } from '../../data/chat-examples.ts';
import { type Bot, knownPerson } from '../bot.ts';
import type { Pressed } from '../reply.ts';
import { lookAtExample } from './look.ts';
import { tellPresser } from './tell-presser.ts';

/** The text as it was shown is what is approved: where the message says something else by now, nothing is. */
export async function keepMasked(bot: Bot, event: Pressed): Promise<void> {
  const pressed = await pressedOn(bot, event.value);
  if (!pressed) return;
  const settled = await lookAtExample(bot, pressed.example.id, { agreed: { person: event.person, mark: pressed.mark } });
  const counted = settled?.now === 'pending' && !settled.outdated.includes(event.person) && settled.masked?.mark === pressed.mark;
  await tellPresser(
    bot,
    event,
    settled?.now === 'approved' ? 'leaks.masked.kept' : counted ? 'leaks.masked.noted' : 'leaks.masked.not-kept',
  );
}

/** Also takes back a [Keep masked] of the same person. */
export async function dropMasked(bot: Bot, event: Pressed): Promise<void> {
  const pressed = await pressedOn(bot, event.value);
  if (!pressed) return;
  await voidApprovals(bot.db, pressed.example.id, (await knownPerson(bot, event.person)).id);
  const settled = await lookAtExample(bot, pressed.example.id);
  await tellPresser(bot, event, settled?.now === 'approved' ? 'leaks.masked.others' : 'leaks.masked.dropped');
}

async function pressedOn(bot: Bot, value: string): Promise<{ example: ChatExample; mark: string } | undefined> {
  const [, id, mark] = /^(\d{1,15}):([\da-f]{16})$/.exec(value) ?? [];
  const example = id ? await chatExample(bot.db, Number(id)) : undefined;
  return example && example.workspace === bot.workspace.id && example.answer !== null ? { example, mark } : undefined;
}
