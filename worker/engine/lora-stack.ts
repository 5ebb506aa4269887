// Several adapters as the inputs of one graph: their ranks lie side by side, and a mask says whose ranks a row hears.
import { type LinearLayer, type LoraWeights, linearShape, modulePath } from '../../src/model/lora.ts';
import type { ModelConfig } from '../../src/model/model.ts';
import { loraInput, maskName } from './emitter.ts';
import { GROUPS, type Group } from './groups.ts';
import { Tensor, type Tensors } from './session.ts';

export type LoraStack = {
  /** The matrices of every group and block. */
  matrices: Tensors;
  /** The masks for a batch of `newTokens` a row; `speakers` holds, row by row, an adapter's place in the stack or -1 for the base. */
  masks(speakers: number[], newTokens: number): Tensors;
};

/** Adapters of any ranks and targets; with none of them the graph hears the base alone. */
export function stackLora(config: ModelConfig, adapters: LoraWeights[]): LoraStack {
  const matrices: Tensors = {};
  const owners = new Map<Group, number[]>();
  const layers = adapters.map(layersOf);
  for (const group of GROUPS) {
    const parts = adapters.flatMap((adapter, owner) =>
      group.members.filter(layer => adapter.spec.targets.includes(layer)).map(layer => ({ layer, owner, rank: adapter.spec.rank })),
    );
    // A group that no adapter touches still needs one rank: it belongs to nobody and holds zeros.
    const ranks = parts.flatMap(({ owner, rank }) => Array<number>(rank).fill(owner));
    owners.set(group, ranks.length > 0 ? ranks : [-2]);
    const width = owners.get(group)!.length;
    const shapes = group.members.map(layer => linearShape(config, layer));
    const outputs = shapes.reduce((sum, [out]) => sum + out, 0);
    const inputs = shapes[0][1];
    for (let block = 0; block < config.layers; block++) {
      const a = new Float32Array(width * inputs);
      const b = new Float32Array(outputs * width);
      let rankAt = 0;
      for (const { layer, owner, rank } of parts) {
        const { A, B } = layers[owner](block, layer);
        const scale = adapters[owner].spec.alpha / rank;
        const rowAt = firstRow(config, group, layer);
        for (let i = 0; i < A.length; i++) a[(i % inputs) * width + rankAt + Math.floor(i / inputs)] = A[i];
        for (let i = 0; i < B.length; i++) b[(rankAt + (i % rank)) * outputs + rowAt + Math.floor(i / rank)] = scale * B[i];
        rankAt += rank;
      }
      matrices[loraInput('A', group, block)] = new Tensor('float32', a, [inputs, width]);
      matrices[loraInput('B', group, block)] = new Tensor('float32', b, [width, outputs]);
    }
  }
  return {
    matrices,
    masks: (speakers, newTokens) =>
      Object.fromEntries(GROUPS.map(group => [maskName(group), mask(owners.get(group)!, speakers, newTokens)])),
  };
}

function mask(owners: number[], speakers: number[], newTokens: number): Tensor {
  const tokens = speakers.length * newTokens;
  const data = new Float32Array(tokens * owners.length);
  for (let token = 0; token < tokens; token++) {
    const speaker = speakers[Math.floor(token / newTokens)];
    owners.forEach((owner, rank) => {
      if (owner === speaker) data[token * owners.length + rank] = 1;
    });
  }
  return new Tensor('float32', data, [tokens, owners.length]);
}

/** Where a layer's outputs begin among its group's. */
function firstRow(config: ModelConfig, group: Group, layer: LinearLayer): number {
  const before = group.members.slice(0, group.members.indexOf(layer));
  return before.reduce((sum, each) => sum + linearShape(config, each)[0], 0);
}

/** Looks up an adapter's two matrices, A [rank, in] and B [out, rank]. */
function layersOf({ matrices, flat }: LoraWeights): (block: number, layer: LinearLayer) => { A: Float32Array; B: Float32Array } {
  const views = new Map<string, Float32Array>();
  let at = 0;
  for (const { name, shape } of matrices) {
    views.set(name, flat.subarray(at, (at += shape[0] * shape[1])));
  }
  return (block, layer) => ({
    A: views.get(`${modulePath(block, layer)}.lora_A`)!,
    B: views.get(`${modulePath(block, layer)}.lora_B`)!,
  });
}
