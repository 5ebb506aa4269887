// The frozen weights of a base: external data pointing into its safetensors files, so that nothing is copied.
import type { ModelFolder } from '../../src/model/model.ts';
import type { Graph } from './graph.ts';

const FLOAT32 = 1;

/**
 * Gives the name of the float32 value of a tensor, adding it to the graph at its first use. float16 and bfloat16 tensors are
 * cast; onnxruntime folds that cast when the session opens (one float32 copy on the heap per session).
 */
export function frozen(graph: Graph, model: ModelFolder): (tensor: string) => string {
  const values = new Map<string, string>();
  return name => {
    if (!values.has(name)) values.set(name, asFloat32(graph, model, name, stored(graph, model, name)));
    return values.get(name)!;
  };
}

/** float32 embeddings of `ids`, [..., hidden]; only the rows looked up are cast. */
export function embedding(graph: Graph, model: ModelFolder, ids: string): string {
  const name = 'model.embed_tokens.weight';
  return asFloat32(graph, model, name, graph.op('Gather', [stored(graph, model, name), ids]));
}

/** The tensor as it lies in its file. */
function stored(graph: Graph, model: ModelFolder, name: string): string {
  const info = model.tensors.get(name);
  if (!info) throw new Error(`the model in ${model.folder} has no tensor ${name}`);
  return graph.external(name, info.type, info.shape, { file: info.file, offset: info.offset, length: info.length });
}

const asFloat32 = (graph: Graph, model: ModelFolder, tensor: string, value: string): string =>
  model.tensors.get(tensor)!.type === 'float32' ? value : graph.op('Cast', [value], { to: FLOAT32 });
