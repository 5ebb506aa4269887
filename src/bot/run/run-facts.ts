// What a run's message has to say while it goes on, gathered from the run's rows.
import { datasetKinds } from '../../data/datasets.ts';
import { personById } from '../../data/people.ts';
import type { Progress, RunRow } from '../../data/runs.ts';
import type { Dials } from '../../model/dials.ts';
import type { Preflight } from '../../model/preflight.ts';
import type { Settings } from '../../model/settings.ts';
import { type Lang, say } from '../../words/words.ts';
import type { Bot } from '../bot.ts';
import { called } from '../called.ts';
import type { PreflightFacts } from './preflight.ts';
import type { RunFacts } from './progress.ts';
import { DIVERGED, readingOf } from './readings.ts';
import { doubtSentences, mainSettingSentences, resumedSentence, settingSentences, warningSentences } from './run-sentences.ts';
import { workerNotes } from './who-works.ts';

/** The last steps tell how fast it goes now. */
const RECENT_STEPS = 9;

export async function runFacts(bot: Bot, lang: Lang, run: RunRow, progress: Progress): Promise<RunFacts> {
  const { steps, heldout, events } = progress;
  const kinds = await datasetKinds(bot.db, run.dataset);
  const total = ({ qa, report }: { qa: number; report: number }) => qa + report;
  const settings = run.settings as Settings | null;
  const recent = steps.slice(-RECENT_STEPS);
  return {
    id: run.id,
    no: run.no,
    state: run.state as RunFacts['state'],
    rows: { train: total(kinds.train), heldout: total(kinds.heldout) },
    preflight: steps.length === 0 ? preflightOf(lang, run, kinds) : undefined,
    doubts: doubtSentences(lang, run),
    step: run.step,
    steps: run.steps ?? 0,
    epoch: Math.ceil(steps.at(-1)?.epoch ?? 0),
    epochs: settings?.epochs ?? 0,
    stepMs: median(recent.map(step => step.ms)),
    tokensPerSecond: perSecond(recent),
    train: steps.map(({ step, loss }) => [step, loss]),
    heldout: heldout.map(({ step, loss }) => [step, loss]),
    evaluated: latestEvaluated(events),
    settings: mainSettingSentences(lang, run),
    notes: [...(await workerNote(bot, lang, run)), ...warningSentences(lang, run), ...(await endingNotes(bot, lang, run, events))],
    reading: run.failureCode === DIVERGED ? readingOf(run, progress) : undefined,
    failedRows: failedRows(events),
    wishes: run.wishes as Dials,
    cancelling: run.cancelAt !== null,
  };
}

/** Numbers of the examples that a failed run stumbled over. */
export function failedRows(events: Progress['events']): number[] {
  const { examples } = (events.findLast(event => event.kind === 'failed')?.detail ?? {}) as { examples?: number[] };
  return examples ?? [];
}

/** With one of these the check says that the base does not read the answers. */
const UNREAD = new Set(['worker.language', 'worker.baseAtALoss']);

function preflightOf(lang: Lang, run: RunRow, rows: PreflightFacts['rows']): PreflightFacts | undefined {
  const told = run.preflight as Preflight | null;
  const settings = run.settings as Settings | null;
  if (!told || !settings) return undefined;
  const { minutes, guessed, bytes, freeBytes, lossPerCharacter, warnings, doubts } = told;
  const reads = ![...warnings, ...doubts].some(({ code }) => UNREAD.has(code));
  const cost = { minutes, guessed, bytes, freeBytes, lossPerCharacter, reads };
  return { rows, epochs: settings.epochs, steps: run.steps ?? 0, ...cost, settings: settingSentences(lang, run) };
}

/** Nobody is there who could train: the run stays, and begins or goes on by itself when somebody comes. */
async function workerNote(bot: Bot, lang: Lang, run: RunRow): Promise<string[]> {
  return ['checking', 'queued', 'training', 'evaluating'].includes(run.state) ? workerNotes(bot, lang, run) : [];
}

async function endingNotes(bot: Bot, lang: Lang, run: RunRow, events: Progress['events']): Promise<string[]> {
  const resumed = resumedSentence(lang, events);
  const by = run.state === 'cancelled' && run.cancelBy ? await personById(bot.db, run.cancelBy) : undefined;
  return [
    ...(resumed ? [resumed] : []),
    ...(by ? [say(lang, 'run.cancelled.by', { name: called(lang, by.name) })] : []),
    ...(run.failureCode && run.failureCode !== DIVERGED ? [say(lang, run.failureCode, run.failureValues ?? {})] : []),
  ];
}

/** How far the evaluation is, from the last event that tells it. */
function latestEvaluated(events: Progress['events']): { done: number; total: number } | undefined {
  const told = events.findLast(event => event.kind === 'evaluated')?.detail as { done: number; total: number } | undefined;
  return told && { done: told.done, total: told.total };
}

function perSecond(steps: { tokens: number; ms: number }[]): number {
  const ms = steps.reduce((sum, step) => sum + step.ms, 0);
  return ms > 0 ? (steps.reduce((sum, step) => sum + step.tokens, 0) * 1000) / ms : 0;
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
