// `/finetune optout`, `/finetune optin` and the buttons that say the same: a person's word about their own words, heard by them alone.
import { recordAudit } from '../../data/audit.ts';
import { setConsent } from '../../data/consent.ts';
import { examplesBehind, openRunOf, versionsMadeOf } from '../../data/lineage.ts';
import { type PersonRow, welcomeBack } from '../../data/people.ts';
import { say } from '../../words/words.ts';
import { langOf, pressedBy, type Wanted } from '../asked.ts';
import type { Bot } from '../bot.ts';
import { type Pressed, placeOf, replyPrivately, sentence } from '../reply.ts';
import { offerWithout } from './offer-without.ts';

export async function chooseConsent(wanted: Wanted, consent: 'in' | 'out'): Promise<void> {
  const { bot, event } = wanted;
  const lang = await langOf(wanted);
  const person = consent === 'in' && wanted.person.forgottenAt ? await comeBack(bot, wanted.person.id, event.person) : wanted.person;
  const { stopped } = await setConsent(bot.db, person, consent);
  // That it was done is on record, and not by whom: a no is nobody else's business.
  await recordAudit(bot.db, { workspace: bot.workspace.id, actor: 'author', verb: `opt${consent}`, object: 'own words' });
  const lines = [say(lang, `consent.${consent}.done`)];
  if (consent === 'out') {
    const ids = (await examplesBehind(bot.db, person.id)).map(({ id }) => id);
    const learned = (await versionsMadeOf(bot.db, ids, 'train')).filter(({ state }) => state !== 'quarantined');
    const run = await openRunOf(bot.db, ids);
    if (stopped) lines.push(say(lang, 'consent.out.run.stopped', { no: stopped.no }));
    if (run) lines.push(say(lang, 'consent.out.run', { no: run.no }));
    if (learned.length > 0) lines.push(say(lang, 'consent.out.learned', { versions: learned.map(({ no }) => `v${no}`).join(', ') }));
    await offerWithout(bot, placeOf(event), learned, run);
  }
  await replyPrivately(bot, event, sentence(lines.join('\n')));
}

/** The action `consent`; its value is `in` or `out`. */
export async function consentPressed(bot: Bot, event: Pressed): Promise<void> {
  if (event.value === 'in' || event.value === 'out') await chooseConsent(await pressedBy(bot, event), event.value);
}

/** Somebody who was forgotten begins anew; what was forgotten stays so. */
async function comeBack(bot: Bot, id: number, ext: string): Promise<PersonRow> {
  const { name, lang, tz, guest } = await bot.chat.person(ext);
  return welcomeBack(bot.db, id, { ext, name, lang, tz, guest });
}
