// A noisy series made readable: an exponential moving average.

/**
 * The exponential moving average of `values`, bias corrected as in Adam (Kingma & Ba 2015, §3): m ← βm + (1 − β)x, shown as m / (1 − βᵗ).
 * So the first value is the first one itself and not a tenth of it. `beta` .9 looks about ten values back.
 */
export function smoothed(values: number[], beta = 0.9): number[] {
  let mean = 0;
  return values.map((value, t) => {
    mean = beta * mean + (1 - beta) * value;
    return mean / (1 - beta ** (t + 1));
  });
}
