// What the recipe would pick for a run that is started now, as far as that can be known before a worker has looked at it.
import { listRuns, type RunRow } from '../../data/runs.ts';
import { countKinds } from '../../model/balance.ts';
import type { Dials } from '../../model/dials.ts';
import type { Preflight } from '../../model/preflight.ts';
import { type Reason, recipe } from '../../model/recipe.ts';
import { split } from '../../model/split.ts';
import type { Bot } from '../bot.ts';
import { learnableExamples } from '../consent/learnable.ts';

/** The recipe needs a size; what depends on it is not taken from there. */
const ANY_SIZE = 1;

/** By what can be learned from now. Rate and seed follow from the base, which only a worker opens: they are those that it picked last, if it has. */
export async function pickedSettings(bot: Bot): Promise<Dials> {
  const { rows } = await learnableExamples(bot);
  const train = split(rows, bot.splitKey).train.map(index => rows[index]);
  const { settings, replay } = recipe({ examples: countKinds(train), parameters: ANY_SIZE, seed: 0 });
  const { epochs, batch, rank, alpha, warmup } = settings;
  const runs = await listRuns(bot.db, bot.workspace.id);
  const { learningRate, seed }: Dials = Object.assign({}, ...runs.reverse().map(pickedFor));
  return known({ epochs, batch, rank, alpha, warmup, replay, learningRate, seed });
}

/** What the worker picked for this run by itself; empty where it has no plan yet. */
export function pickedFor({ settings, reasons, preflight, wishes }: RunRow): Dials {
  if (!settings) return {};
  const asked = new Set(
    ((reasons ?? []) as unknown as Reason[]).filter(({ code }) => code.startsWith('reason.asked.')).map(r => r.setting),
  );
  const planned: Dials = { ...(settings as Dials), replay: (preflight as Preflight | null)?.replay };
  const { learningRate, epochs, batch, rank, alpha, warmup, replay, seed, checkpointing } = planned;
  const all = known({ learningRate, epochs, batch, rank, alpha, warmup, replay, seed, checkpointing });
  return Object.fromEntries(Object.entries(all).filter(([dial]) => !asked.has(dial as keyof Dials) && !(dial in wishes)));
}

const known = (dials: Dials): Dials => Object.fromEntries(Object.entries(dials).filter(([, value]) => value !== undefined));
