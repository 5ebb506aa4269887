// The forms behind buttons that ask for one: which form a press opens, and what is wrong with what was filled in.
import type { ChatEvent, ChatHandlers, Form } from '../chat/chat.ts';
import { findPerson } from '../data/people.ts';
import type { Problem } from '../problem.ts';
import { say } from '../words/words.ts';
import type { Bot } from './bot.ts';
import { langFor } from './language.ts';
import { betterAnswerForm } from './question/better-answer.ts';
import { settingsForm } from './run/settings-form.ts';
import { editReportForm } from './weekly/edit-report.ts';

export type FormPress = Parameters<ChatHandlers['formFor']>[0];
export type FormKind = {
  /** Undefined: there is nothing to fill in any more; the press itself is then handled, and says why. Throws Refusal for who gets no form. */
  open(bot: Bot, press: FormPress): Promise<Form | undefined>;
  /** By field; asked before the event is kept, so that the form stays open until it is right. */
  wrong(fields: Record<string, string>): Record<string, Problem>;
};

/** By the action of the button, which is the action of the filled-in form, too. */
const FORMS: Record<string, FormKind> = {
  'better-answer': betterAnswerForm,
  'edit-report': editReportForm,
  'start-with': settingsForm,
};

export const formFor = async (bot: Bot, press: FormPress): Promise<Form | undefined> => FORMS[press.action]?.open(bot, press);

/** What is wrong with a form that was sent, in its person's language; undefined where nothing is. */
export async function fieldErrors(bot: Bot, event: ChatEvent): Promise<Record<string, string> | undefined> {
  // A press that opened no form brings no fields; why there was none it hears when it is handled.
  if (event.kind !== 'action' || !(event.action in FORMS) || Object.keys(event.fields).length === 0) return undefined;
  const wrong = Object.entries(FORMS[event.action].wrong(event.fields));
  if (wrong.length === 0) return undefined;
  const lang = await langFor(bot, await findPerson(bot.db, bot.workspace.id, event.person), event.ref.channel);
  return Object.fromEntries(wrong.map(([field, { code, values }]) => [field, say(lang, code, values)]));
}
