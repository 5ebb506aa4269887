// Opens onnxruntime sessions: the one place that knows its options, and the only module that others get its types from.
import * as ort from 'onnxruntime-node';
import type { Graph } from './graph.ts';

export const Tensor = ort.Tensor;
export type Tensor = ort.Tensor;
export type Session = ort.InferenceSession;
export type Tensors = Record<string, ort.Tensor>;

export const int64 = (data: number[], dims: number[]): Tensor => new Tensor('int64', BigInt64Array.from(data, BigInt), dims);

/**
 * `train` and `evaluate` see many tokens a run: weights stay in the mapped file, unpacked, at no cost in speed. `decode` sees one token
 * a run: packing the weights (one copy in memory) makes it a third faster.
 */
export type SessionKind = 'train' | 'evaluate' | 'decode';

export type SessionOptions = {
  threads?: number;
  /**
   * How long a thread that waits for work may spin. 0, the default, is right wherever anything else runs: spinning threads on
   * a busy core multiply the time of a step. 200 makes an answer a sixth faster on a machine of our own.
   */
  spinMicroseconds?: number;
};

/** Opens a session on a graph whose external weights lie in `folder` (a real path: onnxruntime refuses links that lead out of it). */
export function openSession(graph: Graph, folder: string, kind: SessionKind, options: SessionOptions = {}): Promise<Session> {
  const spin = options.spinMicroseconds ?? 0;
  const ERRORS_ONLY = 3;
  return ort.InferenceSession.create(graph.serialize({ reversed: kind === 'train' }), {
    logSeverityLevel: ERRORS_ONLY,
    intraOpNumThreads: options.threads,
    executionMode: 'sequential',
    // A training graph gains nothing from the extended fusions and opens in half the time without them.
    graphOptimizationLevel: kind === 'train' ? 'basic' : 'all',
    // With it, blocks planned from the shapes of the first run come on top of the arena: half again the memory of a training step, and no faster.
    enableMemPattern: false,
    enableCpuMemArena: true,
    extra: {
      // A training graph makes activations twice to save memory: merging both runs would undo that.
      ...(kind === 'train' ? { optimization: { disable_specified_optimizers: 'CommonSubexpressionElimination' } } : {}),
      session: {
        model_external_initializers_file_folder_path: folder,
        ...(kind === 'decode' ? {} : { disable_prepacking: '1' }),
        intra_op: spin > 0 ? { allow_spinning: '1', spin_duration_us: String(spin) } : { allow_spinning: '0' },
      },
    },
  });
}
