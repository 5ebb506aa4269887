// Two ways to multiply by the frozen weights of linear layers: as they are stored, in float32, or in 8 bits from the quantised file.
import type { ModelFolder } from '../../src/model/model.ts';
import type { Project } from './emitter.ts';
import type { Graph } from './graph.ts';
import { BLOCK, type PackedMatrix } from './int8.ts';

/** Layer by layer, straight from the safetensors files. */
export const inFloat32 =
  (graph: Graph, model: ModelFolder): Project =>
  (x, modules, tensor) =>
    modules.map(module => {
      const bias = model.tensors.has(`${module}.bias`) ? [tensor(`${module}.bias`)] : [];
      return graph.op('Gemm', [x, tensor(`${module}.weight`), ...bias], { transB: 1 });
    });

/** All `modules` in one product with weights of 8 bits; activations are rounded to 8 bits too. */
export const inInt8 =
  (graph: Graph, model: ModelFolder, file: string, layout: Map<string, PackedMatrix>): Project =>
  (x, modules, tensor) => {
    const weights = modules.map(module => `${module}.weight`);
    const biases = modules.map(module => `${module}.bias`).filter(name => model.tensors.has(name));
    const bias = biases.length > 1 ? graph.op('Concat', biases.map(tensor), { axis: 0 }) : biases.map(tensor)[0];
    return [multiplyInt8(graph, x, file, layout.get(weights[0])!, bias)];
  };

/** x · Wᵀ (+ bias) for a matrix of the quantised file. */
export function multiplyInt8(graph: Graph, x: string, file: string, matrix: PackedMatrix, bias?: string): string {
  const { outputs, inputs, blocks } = matrix;
  const name = matrix.tensors[0];
  const quants = graph.external(`${name}.int8`, 'uint8', [outputs, blocks, BLOCK], { file, ...matrix.quants });
  const scales = graph.external(`${name}.scales`, 'float32', [outputs * blocks], { file, ...matrix.scales });
  // Level 4: products of 8-bit integers, more than twice as fast as float32 products of unpacked weights.
  const attributes = { K: inputs, N: outputs, bits: 8, block_size: BLOCK, accuracy_level: 4 };
  return graph.op('com.microsoft:MatMulNBits', [x, quants, scales, ...(bias ? ['', '', bias] : [])], attributes);
}
