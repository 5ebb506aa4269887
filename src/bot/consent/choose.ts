// `/finetune optout`, `/finetune optin` and the buttons that say the same: a person's word about their own words, heard by them alone.
import { setConsent } from '../../data/consent.ts';
import { examplesBehind, openRunOf, versionsMadeOf } from '../../data/lineage.ts';
import { recordAudit } from '../../data/workspaces.ts';
import { say } from '../../words/words.ts';
import { langOf, pressedBy, type Wanted } from '../asked.ts';
import type { Bot } from '../bot.ts';
import { type Pressed, replyPrivately, sentence } from '../reply.ts';

export async function chooseConsent(wanted: Wanted, consent: 'in' | 'out'): Promise<void> {
  const { bot, event, person } = wanted;
  const lang = await langOf(wanted);
  await setConsent(bot.db, person, consent);
  await recordAudit(bot.db, { workspace: bot.workspace.id, actor: person.ext, verb: `opt${consent}`, object: 'own words' });
  const lines = [say(lang, `consent.${consent}.done`)];
  if (consent === 'out') {
    const ids = (await examplesBehind(bot.db, person.id)).map(({ id }) => id);
    const learned = (await versionsMadeOf(bot.db, ids, 'train')).filter(({ state }) => state !== 'quarantined');
    const run = await openRunOf(bot.db, ids);
    if (run) lines.push(say(lang, 'consent.out.run', { no: run.no }));
    if (learned.length > 0) lines.push(say(lang, 'consent.out.learned', { versions: learned.map(({ no }) => `v${no}`).join(', ') }));
  }
  await replyPrivately(bot, event, sentence(lines.join('\n')));
}

/** The action `consent`; its value is `in` or `out`. */
export async function consentPressed(bot: Bot, event: Pressed): Promise<void> {
  if (event.value === 'in' || event.value === 'out') await chooseConsent(await pressedBy(bot, event), event.value);
}
