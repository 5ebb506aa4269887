// AdamW (Loshchilov & Hutter, 2019) with the arithmetic of torch.optim.AdamW, and clipping as torch.nn.utils.clip_grad_norm_ does it.

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;
/** torch adds it to the norm before dividing. */
const CLIP_EPSILON = 1e-6;

/** First and second moments of the gradient, flat like the weights. */
export type Moments = { first: Float32Array; second: Float32Array };

export const noMoments = (values: number): Moments => ({ first: new Float32Array(values), second: new Float32Array(values) });

/** L2 norm. */
export function norm(gradient: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < gradient.length; i++) sum += gradient[i] * gradient[i];
  return Math.sqrt(sum);
}

/** The factor that brings a gradient of norm `size` down to `limit`, at most 1. */
export const clipFactor = (size: number, limit: number): number => Math.min(1, limit / (size + CLIP_EPSILON));

/**
 * One update, in place. `step` counts from 1; `scale` multiplies the gradient (clipping).
 * θ ← θ(1 − lr·decay); m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; θ ← θ − lr/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε).
 */
export function adamw(
  weights: Float32Array,
  gradient: Float32Array,
  { first, second }: Moments,
  { step, learningRate, weightDecay, scale }: { step: number; learningRate: number; weightDecay: number; scale: number },
): void {
  const stepSize = learningRate / (1 - BETA_1 ** step);
  const rootCorrection = Math.sqrt(1 - BETA_2 ** step);
  const shrink = 1 - learningRate * weightDecay;
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i] * scale;
    const m = (first[i] = BETA_1 * first[i] + (1 - BETA_1) * g);
    const v = (second[i] = BETA_2 * second[i] + (1 - BETA_2) * g * g);
    weights[i] = weights[i] * shrink - (stepSize * m) / (Math.sqrt(v) / rootCorrection + EPSILON);
  }
}
