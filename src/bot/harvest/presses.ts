// The buttons of the harvest: "this is the question that it answers", and "I approve of the edited text".
import { chatExample, examplesOfMessage } from '../../data/chat-examples.ts';
import { findMessage } from '../../data/messages.ts';
import type { Bot } from '../bot.ts';
import { idOf, type Pressed } from '../reply.ts';
import { look, lookAtExample } from './look.ts';
import { tellPresser } from './tell-presser.ts';
import { readWhich } from './which-question.ts';

/** A press on one of the messages that an approved answer may answer, or on none of them. */
export async function whichQuestion(bot: Bot, event: Pressed): Promise<void> {
  const which = readWhich(event.value);
  if (!which) return;
  const { channel, answer, question } = which;
  if (question === '') return tellPresser(bot, event, 'harvest.which.none.told');
  await look(bot, { channel, id: answer }, { channel, id: question });
  const message = await findMessage(bot.db, bot.workspace.id, { channel, id: answer });
  const [part] = message ? await examplesOfMessage(bot.db, message.id) : [];
  const example = part && (await chatExample(bot.db, part.example));
  await tellPresser(bot, event, example?.state === 'approved' ? 'harvest.which.kept' : 'harvest.which.gone');
}

/** A press on [Approve the new text]. Only whoever still has a ✅ on the message renews it. */
export async function approveEdit(bot: Bot, event: Pressed): Promise<void> {
  const example = await chatExample(bot.db, idOf(event.value));
  if (!example || example.workspace !== bot.workspace.id || example.answer === null) return;
  const settled = await lookAtExample(bot, example.id, { renewed: [event.person] });
  await tellPresser(bot, event, settled?.now === 'approved' ? 'harvest.edited.renewed' : 'harvest.edited.notRenewed');
}
