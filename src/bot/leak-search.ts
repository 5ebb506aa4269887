// `/finetune leaks v2`: all training answers of a version are tried for those that it recites. One message that follows the search's row.
import type { Card, Part } from '../chat/chat.ts';
import { recordAudit } from '../data/audit.ts';
import { askLeakSearch, type LeakSearchRow, leakSearchById } from '../data/leak-searches.ts';
import { openRun } from '../data/runs.ts';
import { versionById, versionMeant } from '../data/versions.ts';
import { liveWorkers } from '../data/workers.ts';
import type { Leaks } from '../model/report-card.ts';
import { Refusal } from '../problem.ts';
import { type Lang, paragraph, say } from '../words/words.ts';
import type { Wanted } from './asked.ts';
import { type Bot, knownChannel } from './bot.ts';
import { searchedPart } from './card/leaks-part.ts';
import { inTurn } from './in-turn.ts';
import { langIn } from './language.ts';
import { placeOf, post } from './reply.ts';
import { refuseUnlessMay } from './rights/may-do.ts';
import { troubles } from './run/who-works.ts';

/** Without a number the newest version. Throws Refusal for who is no admin, where outsiders read along, and for a version that cannot speak. */
export async function searchVersion(wanted: Wanted, no?: number): Promise<void> {
  const { bot, event, person } = wanted;
  await refuseUnlessMay(wanted, 'leaks');
  const { channel: place } = await knownChannel(bot, placeOf(event).channel);
  if (place.kind === 'external' || place.kind === 'restricted') throw new Refusal('leaks.search.place');
  const version = await versionMeant(bot.db, bot.workspace.id, no);
  if (version.state === 'quarantined') throw new Refusal('try.quarantined', { no: version.no });
  const { channel, thread } = placeOf(event);
  const search = await askLeakSearch(bot.db, version, { requestedBy: person.id, channel, thread });
  await recordAudit(bot.db, { workspace: bot.workspace.id, actor: person.ext, verb: 'leaks', object: `version ${version.no}` });
  await showLeakSearch(bot, search.id);
  await bot.wake('leaks', search.id);
}

/** Makes the search's post say what its row says now. */
export const showLeakSearch = (bot: Bot, id: number): Promise<void> => inTurn(bot, `leaks:${id}`, () => draw(bot, id));

async function draw(bot: Bot, id: number): Promise<void> {
  const search = await leakSearchById(bot.db, id);
  if (!search || search.workspace !== bot.workspace.id) return;
  const lang = await langIn(bot, search.channel);
  const { no } = (await versionById(bot.db, search.version))!;
  const card: Card = { title: say(lang, `leaks.search.title.${search.state}`, { no }), parts: [await stateOf(bot, lang, search, no)] };
  await post(bot, `leaks:${id}`, { channel: search.channel, thread: search.thread ?? undefined }, card);
}

async function stateOf(bot: Bot, lang: Lang, search: LeakSearchRow, version: number): Promise<Part> {
  const { state, tried, rows, found, failureCode, failureValues } = search;
  if (state === 'done') return searchedPart(lang, version, found as Leaks);
  if (state === 'failed') {
    const problem = say(lang, failureCode ?? 'worker.broken', failureValues ?? {});
    return { markdown: say(lang, 'leaks.search.failed', { problem }) };
  }
  const run = await openRun(bot.db, bot.workspace.id);
  if (run && run.state !== 'waiting') return { markdown: say(lang, 'leaks.search.run', { run: run.no }) };
  if (state === 'searching')
    return { progress: rows ? tried / rows : 0, note: say(lang, 'leaks.search.progress', { tried, rows: rows ?? '?' }) };
  // Whoever trains does this, too.
  if ((await liveWorkers(bot.db)).some(({ roles }) => roles.includes('train'))) return { markdown: say(lang, 'leaks.search.waiting') };
  return { markdown: paragraph(lang, [say(lang, 'leaks.search.no-worker'), ...(await troubles(bot.db, lang))]) };
}
