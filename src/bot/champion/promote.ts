// `/finetune promote v3`, or one press on the bot's proposal: that version speaks from now on.
import { promote } from '../../data/champions.ts';
import { paragraph, say } from '../../words/words.ts';
import type { Wanted } from '../asked.ts';
import { knownChannel } from '../bot.ts';
import { called } from '../called.ts';
import { langIn } from '../language.ts';
import { placeOf, post, sentence } from '../reply.ts';
import { refuseUnlessMay } from '../rights/may-do.ts';
import { settlePost } from '../settle-post.ts';
import { proposalOf } from './act-on-verdict.ts';
import { settleOffer } from './offer-rollback.ts';
import { everySentence } from './standing.ts';

/** Throws Refusal for who is no admin, and for a version that cannot become champion. */
export async function promoteVersion({ bot, event, person }: Wanted, no: number): Promise<void> {
  await refuseUnlessMay({ bot, person }, 'promote');
  const { champion, before } = await promote(bot.db, bot.workspace.id, no, { by: person.ext, key: event.key });
  const place = placeOf(event);
  const lang = await langIn(bot, place.channel);
  const values = { name: called(lang, person.name), no: champion.no };
  for (const against of [undefined, before?.no])
    await settlePost(bot, proposalOf({ tuned: champion.no, against }), its => say(its, 'champion.made.short', values));
  if (before) await settleOffer(bot, before, its => say(its, 'champion.made.short', values));
  const { channel } = await knownChannel(bot, place.channel);
  const said = [say(lang, 'champion.made', values), everySentence(lang, channel.compareEvery), say(lang, 'champion.undo')];
  await post(bot, `promoted:${event.key}`, place, sentence(paragraph(lang, said)));
}
