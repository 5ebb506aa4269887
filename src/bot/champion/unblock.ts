// `/finetune unblock v3`, or the button on its card: a version that its card keeps from comparisons takes part all the same.
import { unblock } from '../../data/champions.ts';
import { say } from '../../words/words.ts';
import type { Wanted } from '../asked.ts';
import { called } from '../called.ts';
import { langIn } from '../language.ts';
import { placeOf, post, sentence } from '../reply.ts';
import { refuseUnlessMay } from '../rights/may-do.ts';
import { showRun } from '../run/show-run.ts';

/** Throws Refusal for who is no admin, and for a version that is not blocked. */
export async function unblockVersion({ bot, event, person }: Wanted, no: number): Promise<void> {
  await refuseUnlessMay({ bot, person }, 'unblock');
  const version = await unblock(bot.db, bot.workspace.id, no, { by: person.ext, key: event.key });
  const place = placeOf(event);
  const lang = await langIn(bot, place.channel);
  const values = { name: called(lang, person.name), no };
  await post(bot, `unblocked:${event.key}`, place, sentence(say(lang, `unblock.done.${version.state}`, values)));
  await showRun(bot, version.run);
}
