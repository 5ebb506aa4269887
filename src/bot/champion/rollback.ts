// `/finetune rollback`, or one press on the bot's offer: the champion steps back, and whoever spoke before it speaks again.
import { rollback } from '../../data/champions.ts';
import { say } from '../../words/words.ts';
import type { Wanted } from '../asked.ts';
import { called } from '../called.ts';
import { langIn } from '../language.ts';
import { placeOf, post, sentence } from '../reply.ts';
import { refuseUnlessMay } from '../rights/may-do.ts';
import { settleOffer } from './offer-rollback.ts';

/** `no`: the champion that is meant. Throws Refusal for who is no admin, and where there is no champion, or another one. */
export async function rollbackChampion({ bot, event, person }: Wanted, no?: number): Promise<void> {
  await refuseUnlessMay({ bot, person }, 'rollback');
  const { from, now } = await rollback(bot.db, bot.workspace.id, { by: person.ext, key: event.key }, no);
  const place = placeOf(event);
  const lang = await langIn(bot, place.channel);
  const values = { name: called(lang, person.name), no: from.no, now: now?.no ?? 0 };
  await settleOffer(bot, from, its => say(its, 'rollback.done.short', values));
  await post(bot, `rolled-back:${event.key}`, place, sentence(say(lang, now ? 'rollback.done' : 'rollback.done.base', values)));
}
