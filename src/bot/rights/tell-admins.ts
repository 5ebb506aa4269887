// What only those hear who decide for everybody: each admin alone, in their own language.
import type { Card, Place } from '../../chat/chat.ts';
import { adminsOf } from '../../data/people.ts';
import type { Lang } from '../../words/words.ts';
import { type Bot, isLocal } from '../bot.ts';
import { langFor } from '../language.ts';
import { postTo } from '../reply.ts';

/** `key` and the admin make the post; the same again is the same message. `place`: where it happened; elsewhere than in the local chat they hear it by direct message. */
export async function tellAdmins(bot: Bot, key: string, place: Place, card: (lang: Lang) => Card): Promise<void> {
  for (const admin of await adminsOf(bot.db, bot.workspace.id)) {
    if (admin.forgottenAt !== null || admin.bot) continue;
    const about = isLocal(bot) ? place : { channel: place.channel };
    const recipient = { person: admin.ext, ...(isLocal(bot) && { place }) };
    await postTo(bot, `${key}:${admin.id}`, about, recipient, card(await langFor(bot, admin, place.channel)));
  }
}
