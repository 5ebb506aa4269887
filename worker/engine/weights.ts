// The frozen weights of a base: external data pointing into its safetensors files, so that nothing is copied.
import type { ModelFolder } from '../../src/model/model.ts';
import type { Graph } from './graph.ts';

/**
 * Gives the name of the float32 value of a tensor, adding it to the graph at its first use. float16 and bfloat16 tensors are
 * cast; onnxruntime folds that cast when the session opens (one float32 copy on the heap per session).
 */
export function frozen(graph: Graph, model: ModelFolder): (tensor: string) => string {
  const values = new Map<string, string>();
  return name => {
    const known = values.get(name);
    if (known) return known;
    const info = model.tensors.get(name);
    if (!info) throw new Error(`the model in ${model.folder} has no tensor ${name}`);
    graph.external(name, info.type, info.shape, { file: info.file, offset: info.offset, length: info.length });
    const FLOAT32 = 1;
    const value = info.type === 'float32' ? name : graph.op('Cast', [name], { to: FLOAT32 });
    values.set(name, value);
    return value;
  };
}
