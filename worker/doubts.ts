// Why a run should not start without a person's word: too little to learn from, too costly, or settings that are probably a slip.
import type { Settings } from '../src/model/settings.ts';
import type { Problem } from '../src/problem.ts';

/** Below this not even the form is learned reliably (recipe: 8 rows and more take on style). */
const ENOUGH_EXAMPLES = 12;
const MOST_LEFT_OUT = 0.1;
const MOST_MINUTES = 120;
const MOST_MEMORY = 0.8;
/** So many times more or less than the recipe picks. */
const FAR = 10;
const GB = 1e9;

/** The names that people write, and the settings that they mean. */
const DIALS = { lr: 'learningRate', rounds: 'epochs', batch: 'batch', rank: 'rank' } as const;

/** Rows that the run uses, and those that are too long for it. */
export function amountDoubts({ train, heldout, leftOut }: { train: number; heldout: number; leftOut: number }): Problem[] {
  const used = train + heldout;
  const all = used + leftOut;
  return [
    ...(used < ENOUGH_EXAMPLES ? [{ code: 'worker.doubt.few', values: { examples: used, enough: ENOUGH_EXAMPLES } }] : []),
    ...(heldout === 0 ? [{ code: 'advice.noHeldout', values: {} }] : []),
    ...(leftOut > all * MOST_LEFT_OUT ? [{ code: 'worker.doubt.leftOut', values: { count: leftOut, all } }] : []),
  ];
}

export function costDoubts({ minutes, bytes, freeBytes }: { minutes: number; bytes: number; freeBytes: number }): Problem[] {
  const memory = { needs: (bytes / GB).toFixed(1), free: (freeBytes / GB).toFixed(1) };
  return [
    ...(minutes > MOST_MINUTES ? [{ code: 'worker.doubt.long', values: { hours: (minutes / 60).toFixed(1) } }] : []),
    ...(bytes > freeBytes * MOST_MEMORY ? [{ code: 'worker.doubt.memory', values: memory }] : []),
  ];
}

/** `usual` is what the recipe picks where nobody asks for anything. */
export function settingDoubts(chosen: Settings, usual: Settings): Problem[] {
  return Object.entries(DIALS).flatMap(([setting, name]) => {
    const times = chosen[name] / usual[name];
    if (times <= FAR && times >= 1 / FAR) return [];
    return [{ code: 'worker.doubt.setting', values: { setting, asked: chosen[name], usual: usual[name] } }];
  });
}
