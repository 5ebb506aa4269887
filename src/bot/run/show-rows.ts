// [Show the rows]: the examples that a failed run stumbled over, for the one who asked.
import { runById, runProgress } from '../../data/runs.ts';
import { say } from '../../words/words.ts';
import { langOf, pressedBy } from '../asked.ts';
import type { Bot } from '../bot.ts';
import { namedRows, namedRowsPart } from '../examples/named-rows.ts';
import { idOf, type Pressed, replyPrivately, sentence } from '../reply.ts';
import { refuseUnlessMay } from '../rights/may-do.ts';
import { failedRows } from './run-facts.ts';

const MOST_ROWS = 10;

/** The action `show-rows`; its value is the run's id. */
export async function showRows(bot: Bot, event: Pressed): Promise<void> {
  const wanted = await pressedBy(bot, event);
  // Their words, as the list of examples shows them: a guest reads the run's message, and nothing of those.
  await refuseUnlessMay(wanted, 'examples');
  const lang = await langOf(wanted);
  const run = await runById(bot.db, idOf(event.value));
  const told = run?.workspace === bot.workspace.id ? failedRows((await runProgress(bot.db, run.id)).events) : [];
  const rows = await namedRows(
    bot.db,
    bot.workspace.id,
    told.slice(0, MOST_ROWS).map(no => ({ no })),
  );
  if (rows.length === 0) return replyPrivately(bot, event, sentence(say(lang, 'run.rows.none')));
  const title = say(lang, 'run.rows.title', { no: run!.no });
  await replyPrivately(bot, event, { title, parts: [namedRowsPart(lang, say(lang, 'run.rows'), rows)] });
}
