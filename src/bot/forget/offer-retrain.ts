// Versions that learned from somebody who was forgotten are out of use: the admins hear who answers now, and may start a run without that.
import type { Card, Place } from '../../chat/chat.ts';
import { type Lang, paragraph, say } from '../../words/words.ts';
import type { Bot } from '../bot.ts';
import { countLearnable } from '../consent/learnable.ts';
import { tellAdmins } from '../rights/tell-admins.ts';

/** `key`: of the forgetting; nobody is told twice of one, and of a second one again. */
type Offer = { key: string; place: Place; versions: number[]; run?: number; champion?: { now?: number } };

/** Each admin alone; nobody where no version and no run had learned from it. Never whom it was about. */
export async function offerRetrain(bot: Bot, offer: Offer): Promise<void> {
  if (offer.versions.length === 0 && offer.run === undefined) return;
  const { qa, report } = await countLearnable(bot);
  await tellAdmins(bot, `retrain:${offer.key}`, offer.place, lang => offerCard(lang, offer, qa + report));
}

function offerCard(lang: Lang, { versions, run, champion }: Offer, total: number): Card {
  const lines = [
    say(lang, 'retrain.why'),
    ...(versions.length > 0 ? [say(lang, 'retrain.versions', { versions: versions.map(no => `v${no}`).join(', ') })] : []),
    ...(run === undefined ? [] : [say(lang, 'retrain.run', { no: run })]),
    ...(champion ? [champion.now === undefined ? say(lang, 'retrain.base') : say(lang, 'retrain.before', { no: champion.now })] : []),
    say(lang, 'retrain.next', { total }),
  ];
  return {
    title: '',
    parts: [
      { markdown: paragraph(lang, lines) },
      { buttons: [{ label: say(lang, 'retrain.start'), action: 'start-run', value: '', style: 'primary' }] },
    ],
  };
}
