// What only those hear who decide for everybody: each admin alone, in their own language.
import type { Card, Place } from '../../chat/chat.ts';
import { adminsOf } from '../../data/people.ts';
import { wantPost } from '../../data/posts.ts';
import type { Lang } from '../../words/words.ts';
import { type Bot, isLocal } from '../bot.ts';
import { langFor } from '../language.ts';

/** `key` and the admin make the post; the same again is the same message. `place`: where it happened; elsewhere than in the local chat they hear it by direct message. */
export async function tellAdmins(bot: Bot, key: string, place: Place, card: (lang: Lang) => Card): Promise<void> {
  for (const admin of await adminsOf(bot.db, bot.workspace.id)) {
    if (admin.forgottenAt !== null || admin.bot) continue;
    await wantPost(bot.db, bot.workspace.id, {
      key: `${key}:${admin.id}`,
      channel: place.channel,
      thread: isLocal(bot) ? place.thread : undefined,
      recipient: { person: admin.ext, ...(isLocal(bot) && { place }) },
      body: card(await langFor(bot, admin, place.channel)) as unknown as Record<string, unknown>,
    });
  }
}
