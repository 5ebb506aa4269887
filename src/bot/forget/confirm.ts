// `/finetune forget me`, for admins `forget @Name`: first what it will do and what it cannot, with a button that does it.
import type { Card } from '../../chat/chat.ts';
import { type PersonRow, personById } from '../../data/people.ts';
import { Refusal } from '../../problem.ts';
import { type Lang, say } from '../../words/words.ts';
import { langOf, pressedBy, type Wanted } from '../asked.ts';
import type { Bot } from '../bot.ts';
import { called } from '../called.ts';
import { idOf, type Pressed, replyPrivately, sentence } from '../reply.ts';
import { refuseUnlessAdmin } from '../rights/admin.ts';
import { personMeant } from '../rights/person-meant.ts';
import { isHeldAgain } from './known-again.ts';
import { type Traces, tracesOf } from './traces.ts';

/** `who`: `me`, or somebody as namesIn names them. */
export async function confirmForget(wanted: Wanted, who: string): Promise<void> {
  const { bot, event, person } = wanted;
  if (who !== 'me') await refuseUnlessAdmin(bot, person);
  const meant = who === 'me' ? person : await personMeant(bot, who);
  await refuseUnlessMayForget(bot, person, meant);
  await replyPrivately(bot, event, confirmCard(await langOf(wanted), meant, meant.id === person.id, await tracesOf(bot, meant)));
}

/** Oneself; as an admin others, but for the owner, bots, and who is forgotten already and has said nothing since. */
export async function refuseUnlessMayForget(bot: Bot, by: PersonRow, meant: PersonRow): Promise<void> {
  if (meant.forgottenAt !== null && !(await isHeldAgain(bot, meant))) throw new Refusal('forget.already');
  if (by.id === meant.id) return;
  await refuseUnlessAdmin(bot, by);
  if (meant.bot) throw new Refusal('forget.bot');
  if (meant.role === 'owner' && by.role !== 'owner') throw new Refusal('forget.owner');
}

function confirmCard(lang: Lang, meant: PersonRow, self: boolean, traces: Traces): Card {
  const name = called(lang, meant.name);
  return {
    title: say(lang, self ? 'forget.title.me' : 'forget.title.other', { name }),
    parts: [
      { markdown: [say(lang, 'forget.will'), ...consequences(lang, traces)].join('\n') },
      { markdown: say(lang, 'forget.limits') },
      {
        buttons: [
          { label: say(lang, 'forget.yes'), action: 'forget-for-good', value: String(meant.id), style: 'danger' },
          { label: say(lang, 'forget.no'), action: 'forget-not', value: '' },
        ],
      },
    ],
  };
}

function consequences(lang: Lang, { examples, fromFiles, questions, versions, run }: Traces): string[] {
  const numbers = versions.map(({ no }) => `v${no}`).join(', ');
  return [
    say(lang, 'forget.will.examples', { examples }),
    ...(fromFiles > 0 ? [say(lang, 'forget.will.files', { rows: fromFiles })] : []),
    say(lang, 'forget.will.questions', { questions }),
    say(lang, 'forget.will.posts'),
    say(lang, versions.length > 0 ? 'forget.will.versions' : 'forget.will.no-versions', { versions: numbers }),
    ...(versions.some(({ state }) => state === 'champion') ? [say(lang, 'forget.will.champion')] : []),
    ...(run ? [say(lang, 'forget.will.run', { no: run.no })] : []),
  ].map(line => `- ${line}`);
}

/** The action `forget`: the button of `/finetune mine`. */
export const forgetPressed = async (bot: Bot, event: Pressed): Promise<void> => confirmForget(await pressedBy(bot, event), 'me');

/** The action `forget-not`. */
export async function keepPressed(bot: Bot, event: Pressed): Promise<void> {
  const pressed = await pressedBy(bot, event);
  await replyPrivately(bot, event, sentence(say(await langOf(pressed), 'forget.kept')));
}

/** Whom a confirmation was about. */
export async function meantBy(bot: Bot, event: Pressed): Promise<PersonRow | undefined> {
  const meant = await personById(bot.db, idOf(event.value));
  return meant?.workspace === bot.workspace.id ? meant : undefined;
}
