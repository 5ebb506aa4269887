// `/finetune show v2`: a version's report card again, for whoever asked alone.
import { versionMeant } from '../../data/versions.ts';
import { langOf, type Wanted } from '../asked.ts';
import { replyPrivately } from '../reply.ts';
import { refuseUnlessMay } from '../rights/may-do.ts';
import { versionCard } from './version-card.ts';

/** Without a number the newest. Throws Refusal for a guest, and for a version that was never made. */
export async function showVersion(wanted: Wanted, no?: number): Promise<void> {
  const { bot, event } = wanted;
  await refuseUnlessMay(wanted, 'show');
  const version = await versionMeant(bot.db, bot.workspace.id, no);
  await replyPrivately(bot, event, await versionCard(bot, await langOf(wanted), version));
}
