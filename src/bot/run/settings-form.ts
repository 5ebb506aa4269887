// A run's settings as a form: each dial in plain words, filled in with what the recipe would pick.
import type { Form } from '../../chat/chat.ts';
import { openRun, runById } from '../../data/runs.ts';
import { type Dials, dialNames, dialWords, readDials, readFilled } from '../../model/dials.ts';
import { Refusal } from '../../problem.ts';
import { type Lang, paragraph, say } from '../../words/words.ts';
import { type Bot, knownPerson } from '../bot.ts';
import type { FormKind } from '../forms.ts';
import { langFor } from '../language.ts';
import { idOf } from '../reply.ts';
import { arrived } from '../rights/admin.ts';
import { refuseUnlessMayStart } from './may-start.ts';
import { pickedFor, pickedSettings } from './picked-settings.ts';

/** `instead`: the run that waits, by its id. `picks`: what stood in the form as the recipe's own choice. */
export type Offered = { instead?: number; picks: Dials };

/** Its button's value is empty, or the id of the run that waits for [Start]. */
export const settingsForm: FormKind = {
  async open(bot, { person: ext, place, value }): Promise<Form> {
    const person = await arrived(bot, await knownPerson(bot, ext));
    const channel = place?.channel ?? '';
    await refuseUnlessMayStart({ bot, person }, channel);
    const lang = await langFor(bot, person, channel);
    const { wishes, ...offered } = await offer(bot, value);
    const submit = say(lang, offered.instead === undefined ? 'settings.submit' : 'settings.submit.instead');
    return {
      title: say(lang, 'settings.title'),
      action: 'start-with',
      value: [String(offered.instead ?? 0), ...dialWords(offered.picks)].join(' '),
      submit,
      fields: dialNames().map(name => field(lang, name, wordFor(name, wishes), wordFor(name, offered.picks))),
    };
  },
  wrong: fields => readFilled(fields).wrong,
};

/** Reads what the form carried, back from its value. */
export function offeredIn(value: string): Offered {
  const [run = '', ...words] = value.split(' ');
  const instead = /^[1-9]\d{0,14}$/.test(run) ? { instead: Number(run) } : {};
  return { ...instead, picks: readDials(words.filter(Boolean)) };
}

/** Throws Refusal where no run can be started now. */
async function offer(bot: Bot, value: string): Promise<Offered & { wishes: Dials }> {
  const open = await openRun(bot.db, bot.workspace.id);
  if (value === '') {
    if (open) throw new Refusal('runIsOpen', { no: open.no });
    return { picks: await pickedSettings(bot), wishes: {} };
  }
  const run = await runById(bot.db, idOf(value));
  if (!run || run.id !== open?.id || run.state !== 'waiting' || run.cancelAt !== null) throw new Refusal('run.waits-no-more');
  return { instead: run.id, picks: pickedFor(run), wishes: run.wishes as Dials };
}

/** How a person would write that dial's value; undefined where there is none. */
const wordFor = (name: string, dials: Dials): string | undefined =>
  dialWords(dials)
    .find(word => word.startsWith(`${name}=`))
    ?.slice(name.length + 1);

function field(lang: Lang, name: string, wished: string | undefined, picked: string | undefined): Form['fields'][number] {
  const initial = wished ?? picked;
  const hint = picked === undefined ? say(lang, 'settings.empty') : say(lang, 'settings.pick', { value: picked });
  const label = paragraph(lang, [say(lang, `settings.${name}`), hint]);
  return { name, label, multiline: false, ...(initial !== undefined && { initial }) };
}
