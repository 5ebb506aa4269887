// What a worker is at right now: the run, and the process that trains it. Whoever tells it to others hears of every change.

import type { Problem } from '../src/problem.ts';

/** `unfit`: the run that this worker left to others, and why. */
export type Now = { run?: number; trainerPid?: number; unfit?: { run: number } & Problem };
export type Activity = {
  readonly now: Readonly<Now>;
  set(patch: Now): void;
  /** One listener; it replaces the one before. */
  onChange(listener: () => void): void;
};

export function openActivity(): Activity {
  const now: Now = {};
  let told = () => {};
  return {
    now,
    set(patch) {
      Object.assign(now, patch);
      told();
    },
    onChange(listener) {
      told = listener;
    },
  };
}
