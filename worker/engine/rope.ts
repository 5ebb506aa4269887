// Rotary position embedding (Su et al., 2021): the angles' cosines and sines.
import type { ModelConfig } from '../../src/model/model.ts';

/** cos and sin of position · theta^(-2i/headDim), each [positions, headDim/2], computed in float64. */
export function ropeTables({ headDim, ropeTheta }: ModelConfig, positions: number): { cos: Float32Array; sin: Float32Array } {
  const half = headDim / 2;
  const cos = new Float32Array(positions * half);
  const sin = new Float32Array(positions * half);
  for (let i = 0; i < half; i++) {
    const frequency = ropeTheta ** ((-2 * i) / headDim);
    for (let position = 0; position < positions; position++) {
      cos[position * half + i] = Math.cos(position * frequency);
      sin[position * half + i] = Math.sin(position * frequency);
    }
  }
  return { cos, sin };
}
