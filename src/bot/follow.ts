// Keeps the bot's messages true: rows that change are shown, comparisons close in time, and what a notice missed a look finds.
import { closeDueComparisons } from '../data/comparisons.ts';
import { leakSearchesInMotion } from '../data/leak-searches.ts';
import type { Notice } from '../data/listen.ts';
import { failLateQuestions, questionsInMotion } from '../data/questions.ts';
import { cancelUnlaunched, runsInMotion } from '../data/runs.ts';
import { type Loop, startLoop } from '../loop.ts';
import type { Bot } from './bot.ts';
import { actOnVerdict } from './champion/act-on-verdict.ts';
import { offerRollback } from './champion/offer-rollback.ts';
import { endFarewells } from './forget/farewells.ts';
import { showLeakSearch } from './leak-search.ts';
import { showQuestion } from './question/show-question.ts';
import { proposeLater } from './run/propose.ts';
import { showRun } from './run/show-run.ts';
import { keepPostedReports } from './weekly/keep-posted.ts';

const LOOK_EVERY_MS = 2_000;
/** A tick that comes a little early is still a tick. */
const EARLY_MS = 200;
/** Rows that came to rest longer ago than this are looked at only after a lost connection or a restart. */
const RECENT_SECONDS = 60;
const DAY_SECONDS = 24 * 3600;
const PROPOSE_EVERY_MS = 10 * 60_000;

export type Follower = { hear(notice: Notice): void; stop(): Promise<void> };

/** Shows what changed: at once on a notice, and by a look every two seconds. The first look goes a day back: the bot may have been away. */
export function startFollowing(bot: Bot): Follower {
  const runs = new Set<number>();
  const questions = new Set<number>();
  const searches = new Set<number>();
  let back = DAY_SECONDS;
  let lookedAt = 0;
  let proposedAt = 0;

  async function turn(): Promise<void> {
    // Notices come many a second; a look at everything in motion is due every two seconds.
    const now = Date.now();
    if (now - lookedAt >= LOOK_EVERY_MS - EARLY_MS || back > RECENT_SECONDS) {
      await closeDueComparisons(bot.db);
      await failLateQuestions(bot.db);
      await cancelUnlaunched(bot.db);
      await endFarewells(bot);
      await keepPostedReports(bot);
      for (const id of await runsInMotion(bot.db, bot.workspace.id, back)) runs.add(id);
      for (const id of await questionsInMotion(bot.db, bot.workspace.id, back)) questions.add(id);
      for (const id of await leakSearchesInMotion(bot.db, bot.workspace.id, back)) searches.add(id);
      if (now - proposedAt >= PROPOSE_EVERY_MS) {
        await proposeLater(bot);
        proposedAt = now;
      }
      back = RECENT_SECONDS;
      lookedAt = now;
    }
    await showEach(runs, id => showRun(bot, id));
    await showEach(searches, id => showLeakSearch(bot, id));
    // A comparison that has closed is one of these.
    const moved = questions.size > 0;
    await showEach(questions, id => showQuestion(bot, id));
    if (!moved) return;
    await actOnVerdict(bot).catch(problem => bot.report(problem, 'the verdict'));
    await offerRollback(bot).catch(problem => bot.report(problem, 'the offer of a rollback'));
  }

  async function showEach(ids: Set<number>, show: (id: number) => Promise<void>): Promise<void> {
    for (const id of [...ids]) {
      ids.delete(id);
      // One row that cannot be shown must not keep the others from being shown.
      await show(id).catch(problem => bot.report(problem, `showing ${id}`));
    }
  }

  const loop: Loop = startLoop(turn, LOOK_EVERY_MS, problem => bot.report(problem, 'following'));
  return {
    hear(notice) {
      if (notice === 'reconnected') back = DAY_SECONDS;
      else if (notice.channel === 'run_changed') runs.add(Number(notice.payload));
      else if (notice.channel === 'question_changed') questions.add(Number(notice.payload));
      else if (notice.channel === 'search_changed') searches.add(Number(notice.payload));
      loop.wake();
    },
    stop: loop.stop,
  };
}
