// A version's report card from its rows, wherever it is shown.
import type { Card } from '../../chat/chat.ts';
import { lastLeakSearch } from '../../data/leak-searches.ts';
import { runById, runProgress } from '../../data/runs.ts';
import { speakingVersions, type VersionRow } from '../../data/versions.ts';
import type { Dials } from '../../model/dials.ts';
import type { Leaks, VersionCard } from '../../model/report-card.ts';
import type { Lang } from '../../words/words.ts';
import type { Bot } from '../bot.ts';
import { blockedOf, blockedReason, nextInWords } from '../champion/standing.ts';
import { namedRows } from '../examples/named-rows.ts';
import { readingOf } from '../run/readings.ts';
import { mainSettingSentences, resumedSentence, warningSentences } from '../run/run-sentences.ts';
import { reportCard } from './card.ts';
import { examParts } from './exam-part.ts';

const HARDEST = 5;

export async function versionCard(bot: Bot, lang: Lang, version: VersionRow): Promise<Card> {
  const run = (await runById(bot.db, version.run))!;
  const progress = await runProgress(bot.db, run.id);
  const { evaluation, hardest = [], leaks } = version.card as unknown as VersionCard;
  const blocked = blockedOf(version);
  const resumed = resumedSentence(lang, progress.events);
  return reportCard(lang, {
    id: run.id,
    run: run.no,
    version: version.no,
    evaluation,
    train: progress.steps.map(({ step, loss }) => [step, loss]),
    heldout: progress.heldout.map(({ step, loss }) => [step, loss]),
    reading: readingOf(run, progress),
    wishes: run.wishes as Dials,
    hardest: await namedRows(bot.db, bot.workspace.id, hardest.slice(0, HARDEST)),
    settings: mainSettingSentences(lang, run),
    blocked: blocked && { why: blockedReason(lang, blocked), free: version.state !== 'blocked' },
    next: nextInWords(lang, version, await speakingVersions(bot.db, bot.workspace.id)),
    exam: await examParts(bot, lang, version),
    leaks,
    searched: (await lastLeakSearch(bot.db, version.id))?.found as Leaks | undefined,
    warnings: [...(resumed ? [resumed] : []), ...warningSentences(lang, run)],
  });
}
