// `/finetune show v2`: a version's report card again, for whoever asked alone.
import { listVersions, type VersionRow, versionByNo } from '../../data/versions.ts';
import { Refusal } from '../../problem.ts';
import { langOf, type Wanted } from '../asked.ts';
import type { Bot } from '../bot.ts';
import { replyPrivately } from '../reply.ts';
import { refuseUnlessMay } from '../rights/may-do.ts';
import { versionCard } from './version-card.ts';

/** Without a number the newest. Throws Refusal for a guest, and for a version that was never made. */
export async function showVersion(wanted: Wanted, no?: number): Promise<void> {
  const { bot, event } = wanted;
  await refuseUnlessMay(wanted, 'show');
  await replyPrivately(bot, event, await versionCard(bot, await langOf(wanted), await versionMeant(bot, no)));
}

/** By the number that people see; without one the newest. Throws Refusal where there is none. */
export async function versionMeant({ db, workspace }: Bot, no?: number): Promise<VersionRow> {
  const [newest] = await listVersions(db, workspace.id, 1);
  if (!newest) throw new Refusal('show.none');
  const version = no === undefined ? newest : await versionByNo(db, workspace.id, no);
  if (!version) throw new Refusal('show.unknown', { no: no!, newest: newest.no });
  return version;
}
