// A run's message follows its rows: asked again whenever they change, it says what they say now, up to the report card.
import type { Card } from '../chat/chat.ts';
import { datasetById } from '../data/datasets.ts';
import { personById } from '../data/people.ts';
import { type Progress, type RunRow, runById, runProgress } from '../data/runs.ts';
import { type VersionRow, versionOfRun } from '../data/versions.ts';
import type { Evaluation } from '../model/report-card.ts';
import type { Settings } from '../model/settings.ts';
import type { Problem } from '../problem.ts';
import { type Lang, say } from '../words/words.ts';
import type { Bot } from './bot.ts';
import { reportCard } from './card.ts';
import { langIn } from './language.ts';
import { bestStep, runCard } from './progress.ts';
import { post, sentence } from './reply.ts';

/** Makes the run's post say what its rows say now; at its end one short message in its thread mentions who asked for it. */
export async function showRun(bot: Bot, id: number): Promise<void> {
  const run = await runById(bot.db, id);
  if (!run || run.workspace !== bot.workspace.id) return;
  const requester = await personById(bot.db, run.requestedBy);
  const lang = await langIn(bot, run.channel);
  const place = { channel: run.channel, thread: run.thread ?? undefined };
  const progress = await runProgress(bot.db, id);
  const version = run.state === 'done' ? await versionOfRun(bot.db, id) : undefined;
  const card = version ? doneCard(lang, run, progress, version) : runCard(lang, await runFacts(bot, lang, run, progress));
  await post(bot, `run:${id}`, place, card);
  if (!['done', 'failed', 'cancelled'].includes(run.state)) return;
  const values = {
    name: requester?.name ?? say(lang, 'bot.unknown-person'),
    person: requester?.ext ?? '',
    no: run.no,
    version: version?.no ?? 0,
  };
  await post(bot, `run:${id}:end`, place, sentence(say(lang, `run.ended.${run.state}`, values)));
}

/** The report card of a version, made anew in `lang`: for whoever wants to see it again. */
export async function versionCard(bot: Bot, lang: Lang, version: VersionRow): Promise<Card> {
  const run = (await runById(bot.db, version.run))!;
  return doneCard(lang, run, await runProgress(bot.db, run.id), version);
}

async function runFacts(bot: Bot, lang: Lang, run: RunRow, { steps, heldout, events }: Progress): Promise<Parameters<typeof runCard>[1]> {
  const dataset = await datasetById(bot.db, run.dataset);
  const { train = 0, heldout: kept = 0 } = (dataset?.counts ?? {}) as { train?: number; heldout?: number };
  const settings = run.settings as Settings | null;
  return {
    no: run.no,
    state: run.state as Exclude<RunRow['state'], 'done'>,
    rows: { train, heldout: kept },
    step: run.step,
    steps: run.steps ?? 0,
    epoch: Math.ceil(steps.at(-1)?.epoch ?? 0),
    epochs: settings?.epochs ?? 0,
    stepMs: median(steps.slice(-9).map(step => step.ms)),
    train: steps.map(({ step, loss }) => [step, loss]),
    heldout: heldout.map(({ step, loss }) => [step, loss]),
    evaluated: latestEvaluated(events),
    settings: settingSentences(lang, run),
    notes: [...warnings(lang, run), ...(await endingNotes(bot, lang, run, events))],
    cancelling: run.cancelAt !== null,
  };
}

function doneCard(lang: Lang, run: RunRow, { steps, heldout }: Progress, version: VersionRow): ReturnType<typeof reportCard> {
  const losses = heldout.map(({ step, loss }): [number, number] => [step, loss]);
  return reportCard(lang, {
    run: run.no,
    version: version.no,
    evaluation: (version.card as unknown as { evaluation: Evaluation }).evaluation,
    train: steps.map(({ step, loss }) => [step, loss]),
    heldout: losses,
    bestStep: bestStep(losses),
    settings: settingSentences(lang, run),
    warnings: warnings(lang, run),
  });
}

/** How far the evaluation is, from the last event that tells it. */
function latestEvaluated(events: Progress['events']): { done: number; total: number } | undefined {
  const told = events.findLast(event => event.kind === 'evaluated')?.detail as { done: number; total: number } | undefined;
  return told && { done: told.done, total: told.total };
}

type Reason = Problem & { setting: string };

/** Only what a reader might want to change; the rest stands in the run's row. */
const SHOWN = new Set(['epochs', 'batch', 'learningRate', 'rank', 'replay', 'balance', 'checkpointing']);

const settingSentences = (lang: Lang, run: RunRow): string[] =>
  ((run.reasons ?? []) as unknown as Reason[])
    .filter(reason => SHOWN.has(reason.setting) || reason.code === 'reason.asked')
    .map(({ code, values }) => say(lang, code, values));

const warnings = (lang: Lang, run: RunRow): string[] => {
  const { warnings: told = [] } = (run.preflight ?? {}) as { warnings?: Problem[] };
  return told.map(({ code, values }) => say(lang, code, values));
};

async function endingNotes(bot: Bot, lang: Lang, run: RunRow, events: Progress['events']): Promise<string[]> {
  const step = Number(events.findLast(event => event.kind === 'started')?.detail.resumedAt ?? 0);
  const by = run.state === 'cancelled' && run.cancelBy ? await personById(bot.db, run.cancelBy) : undefined;
  return [
    ...(step > 0 && run.state === 'training' ? [say(lang, 'run.resumed', { step })] : []),
    ...(by ? [say(lang, 'run.cancelled.by', { name: by.name ?? say(lang, 'bot.unknown-person') })] : []),
    ...(run.failureCode ? [say(lang, run.failureCode, run.failureValues ?? {})] : []),
  ];
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
