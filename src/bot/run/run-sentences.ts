// What a run's row says in sentences: why each setting is what it is, what to mind, and what happened to it.
import type { Progress, RunRow } from '../../data/runs.ts';
import type { Preflight } from '../../model/preflight.ts';
import type { Reason } from '../../model/recipe.ts';
import type { Problem } from '../../problem.ts';
import { type Lang, say } from '../../words/words.ts';

/** Only what a reader might want to change; all of them stand in the pre-flight. */
const MAIN = new Set<Reason['setting']>(['epochs', 'batch', 'learningRate', 'rank', 'replay', 'balance', 'checkpointing']);

/** Every chosen setting with its reason. */
export const settingSentences = (lang: Lang, run: RunRow): string[] => reasons(run).map(({ code, values }) => say(lang, code, values));

/** The settings that a reader might want to change, and whatever was asked for. */
export const mainSettingSentences = (lang: Lang, run: RunRow): string[] =>
  reasons(run)
    .filter(reason => MAIN.has(reason.setting) || reason.code.startsWith('reason.asked.'))
    .map(({ code, values }) => say(lang, code, values));

const reasons = (run: RunRow): Reason[] => (run.reasons ?? []) as unknown as Reason[];

/** What the worker warns of; while a run waits for [Start] its doubts say the same more urgently. */
export function warningSentences(lang: Lang, run: RunRow): string[] {
  const { warnings = [] } = (run.preflight ?? {}) as Partial<Preflight>;
  const doubted = new Set(run.state === 'waiting' ? doubtsOf(run).map(({ code }) => code) : []);
  return warnings.filter(({ code }) => !doubted.has(code)).map(({ code, values }) => say(lang, code, values));
}

export const doubtSentences = (lang: Lang, run: RunRow): string[] => doubtsOf(run).map(({ code, values }) => say(lang, code, values));

const doubtsOf = (run: RunRow): Problem[] => ((run.preflight ?? {}) as Partial<Preflight>).doubts ?? [];

/** After an interruption: from which step it went on. */
export function resumedSentence(lang: Lang, events: Progress['events']): string | undefined {
  const starts = events.filter(event => event.kind === 'started');
  const step = Number(starts.at(-1)?.detail.resumedAt ?? 0);
  if (step > 0) return say(lang, 'run.resumed', { step });
  return starts.length > 1 ? say(lang, 'run.began-again') : undefined;
}
