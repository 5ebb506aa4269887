// The learning rate over a run: a straight rise, then half a cosine down to a share of the peak.
import type { Settings } from '../../src/model/settings.ts';

/** The rate of step `step` (from 1) of `steps`. The last warm-up step has the peak, the last step of all `finalRate` of it. */
export function learningRate(step: number, steps: number, settings: Pick<Settings, 'learningRate' | 'warmup' | 'finalRate'>): number {
  const { learningRate: peak, warmup, finalRate } = settings;
  const rise = Math.round(warmup * steps);
  if (step <= rise) return (peak * step) / rise;
  const progress = (step - rise) / (steps - rise);
  return peak * (finalRate + ((1 - finalRate) * (1 + Math.cos(Math.PI * progress))) / 2);
}
