// Versions that learned from somebody who was forgotten are out of use: the admins hear who answers now, and may start a run without that.
import type { Card, Place } from '../../chat/chat.ts';
import { countApproved } from '../../data/examples.ts';
import { adminsOf } from '../../data/people.ts';
import { wantPost } from '../../data/posts.ts';
import { type Lang, say } from '../../words/words.ts';
import { type Bot, isLocal } from '../bot.ts';
import { langFor } from '../language.ts';

type Offer = { person: number; place: Place; versions: number[]; run?: number; champion?: { now?: number } };

/** Each admin alone; nobody where no version and no run had learned from it. Never whom it was about. */
export async function offerRetrain(bot: Bot, offer: Offer): Promise<void> {
  if (offer.versions.length === 0 && offer.run === undefined) return;
  const { qa, report } = await countApproved(bot.db, bot.workspace.id);
  for (const admin of await adminsOf(bot.db, bot.workspace.id)) {
    if (admin.forgottenAt !== null || admin.bot) continue;
    const lang = await langFor(bot, admin, offer.place.channel);
    await wantPost(bot.db, bot.workspace.id, {
      key: `retrain:${offer.person}:${admin.id}`,
      channel: offer.place.channel,
      thread: isLocal(bot) ? offer.place.thread : undefined,
      recipient: { person: admin.ext, ...(isLocal(bot) && { place: offer.place }) },
      body: offerCard(lang, offer, qa + report) as unknown as Record<string, unknown>,
    });
  }
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
      { markdown: lines.join(' ') },
      { buttons: [{ label: say(lang, 'retrain.start'), action: 'start-run', value: '', style: 'primary' }] },
    ],
  };
}
