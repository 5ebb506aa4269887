// What people see of a look: the bot's reaction on what is learned, a line the first time in a channel, a word to those whose text was edited.
import type { MessageRef, Place } from '../../chat/chat.ts';
import { isClosed } from '../../chat/errors.ts';
import { countApproved } from '../../data/examples.ts';
import { findPost } from '../../data/posts.ts';
import { paragraph, say } from '../../words/words.ts';
import { type Bot, knownPerson } from '../bot.ts';
import { tellWriters } from '../consent/tell-writers.ts';
import { langIn } from '../language.ts';
import { post, sentence } from '../reply.ts';
import { FIRST_RUN } from '../run/propose.ts';
import type { Seen, Settled } from './settle.ts';
import { showMasked } from './show-masked.ts';
import { tellOnce, tellWhyNot } from './tell.ts';

/** Shows what was settled. Shown again it changes nothing; what fails throws, and the look stays open until it is shown. */
export async function showReceipt(bot: Bot, seen: Seen, settled: Settled): Promise<void> {
  for (const { ref } of seen.talk.answer) await bot.chat.setReaction(ref, 'kept', settled.now === 'approved');
  if (settled.now === 'approved') {
    await tellWriters(bot, seen);
    return firstLine(bot, seen.channel.ext);
  }
  const place = placeOf(seen);
  if (settled.now === 'stale') await tellOfEdit(bot, seen, settled, place);
  if (settled.masked) await showMasked(bot, settled.id, settled.masked, seen.talk.answer[0].permalink, place);
  for (const { person, problem } of settled.refused) await tellWhyNot(bot, person, place, problem);
}

/** The reaction goes, if the message is still there and the bot can reach it: else it is gone already, or nobody sees it. */
export async function takeReceiptBack(bot: Bot, ref: MessageRef): Promise<void> {
  await bot.chat.setReaction(ref, 'kept', false).catch(error => {
    if (!isClosed(error)) throw error;
  });
}

export const placeOf = ({ channel, talk: { answer } }: Pick<Seen, 'channel' | 'talk'>): Place => ({
  channel: channel.ext,
  ...(answer[0]?.thread !== undefined && { thread: answer[0].thread }),
});

/** The first time in a channel everybody hears what happens with a ✅ there. */
async function firstLine(bot: Bot, channel: string): Promise<void> {
  const key = `harvest:first:${channel}`;
  if (await findPost(bot.db, bot.workspace.id, key)) return;
  const { qa, report } = await countApproved(bot.db, bot.workspace.id);
  const missing = FIRST_RUN - qa - report;
  const lang = await langIn(bot, channel);
  const next = missing > 0 ? say(lang, 'harvest.first.missing', { missing }) : say(lang, 'harvest.first.enough', { total: qa + report });
  await post(bot, key, { channel }, sentence(paragraph(lang, [say(lang, 'harvest.first'), next])));
}

async function tellOfEdit(bot: Bot, { author, talk }: Seen, { id, revision, outdated, masked }: Settled, place: Place): Promise<void> {
  const link = talk.answer[0].permalink;
  const key = (person: number) => `edited:${id}:${revision}:${person}`;
  await tellOnce(bot, key(author.id), author, place, lang => sentence(say(lang, 'harvest.edited.author', { link })));
  // Those are shown the new text as it would be kept.
  if (masked) return;
  for (const ext of outdated) {
    await tellOnce(bot, key((await knownPerson(bot, ext)).id), await knownPerson(bot, ext), place, lang => ({
      title: '',
      parts: [
        { markdown: say(lang, 'harvest.edited.approver', { link }) },
        { buttons: [{ label: say(lang, 'harvest.edited.approve'), action: 'approve-edit', value: String(id) }] },
      ],
    }));
  }
}
