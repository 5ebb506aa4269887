// The quantised weights: symmetric 8-bit blocks along the input axis, one scale a block, laid out as com.microsoft:MatMulNBits reads them.
// Layers that read the same input lie below each other, so that one product does them all.
import { linearShape, modulePath } from '../../src/model/lora.ts';
import type { ModelConfig } from '../../src/model/model.ts';
import { headTensor } from './decoder.ts';
import { GROUPS } from './groups.ts';

/** Weights that share a scale. */
export const BLOCK = 32;
const ALIGNMENT_BYTES = 64;
/** uint8 that stands for zero: MatMulNBits' default zero point. */
const ZERO_POINT = 128;

type Span = { offset: number; length: number };

/** One matrix of the file, [outputs, inputs]: its quants [outputs, blocks, BLOCK] and scales [outputs, blocks], in bytes. */
export type PackedMatrix = { tensors: string[]; outputs: number; inputs: number; blocks: number; quants: Span; scales: Span };

export type Int8Layout = { matrices: Map<string, PackedMatrix>; bytes: number };

/** Where everything lies in the quantised file, by the first tensor of each matrix: it follows from the model's shape alone. */
export function int8Layout(config: ModelConfig): Int8Layout {
  const matrices = new Map<string, PackedMatrix>();
  let end = 0;
  const span = (length: number): Span => {
    const offset = end;
    end = Math.ceil((offset + length) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
    return { offset, length };
  };
  const place = (tensors: string[], outputs: number, inputs: number) => {
    const blocks = Math.ceil(inputs / BLOCK);
    const quants = span(outputs * blocks * BLOCK);
    matrices.set(tensors[0], { tensors, outputs, inputs, blocks, quants, scales: span(outputs * blocks * Float32Array.BYTES_PER_ELEMENT) });
  };
  for (let block = 0; block < config.layers; block++) {
    for (const { members } of GROUPS) {
      const shapes = members.map(layer => linearShape(config, layer));
      const outputs = shapes.reduce((sum, [out]) => sum + out, 0);
      place(
        members.map(layer => `${modulePath(block, layer)}.weight`),
        outputs,
        shapes[0][1],
      );
    }
  }
  place([headTensor(config)], config.vocab, config.hidden);
  return { matrices, bytes: end };
}

/** Rounds rows of `inputs` weights to 8 bits; the last block of a row is filled up with zeros. */
export function quantise(weights: Float32Array, inputs: number): { quants: Uint8Array; scales: Float32Array } {
  const blocks = Math.ceil(inputs / BLOCK);
  const rows = weights.length / inputs;
  const quants = new Uint8Array(rows * blocks * BLOCK).fill(ZERO_POINT);
  const scales = new Float32Array(rows * blocks);
  for (let row = 0; row < rows; row++) {
    for (let block = 0; block < blocks; block++) {
      const from = row * inputs + block * BLOCK;
      const to = Math.min(from + BLOCK, (row + 1) * inputs);
      let largest = 0;
      for (let i = from; i < to; i++) largest = Math.max(largest, Math.abs(weights[i]));
      const scale = largest / 127 || 1;
      const at = row * blocks + block;
      scales[at] = scale;
      for (let i = from; i < to; i++) quants[at * BLOCK + i - from] = Math.round(weights[i] / scale) + ZERO_POINT;
    }
  }
  return { quants, scales };
}
