// The update against torch.optim.AdamW with clip_grad_norm_ (float64), five steps whose gradients' sizes differ a thousandfold.
import { expect, test } from 'vitest';
import { adamw, clipFactor, noMoments, norm } from '../../worker/builtin/adamw.ts';
import truth from '../fixtures/builtin/adamw.json' with { type: 'json' };

test('five steps are those of torch', () => {
  const weights = Float32Array.from(truth.start);
  const moments = noMoments(weights.length);
  truth.steps.forEach((expected, i) => {
    const gradient = Float32Array.from(expected.gradient);
    const size = norm(gradient);
    expect(Math.abs(size / expected.norm - 1)).toBeLessThan(1e-6);
    const { learningRate, weightDecay, clip } = truth;
    adamw(weights, gradient, moments, { step: i + 1, learningRate, weightDecay, scale: clipFactor(size, clip) });
    weights.forEach((weight, n) => {
      expect(Math.abs(weight - expected.weights[n])).toBeLessThan(2e-7);
    });
  });
});

test('a small gradient is not clipped, a large one is brought down to the limit', () => {
  expect(clipFactor(0.5, 1)).toBe(1);
  expect(clipFactor(8, 2) * 8).toBeCloseTo(2, 5);
});
