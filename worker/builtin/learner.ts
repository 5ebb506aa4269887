// The two sessions of a run: one gives loss and gradient, one the loss alone. Rows are split to fit the memory; the result is the same.
import { BUILTIN_TOKENS } from '../../src/model/estimate-builtin.ts';
import type { LoraSpec } from '../../src/model/lora.ts';
import type { ModelFolder } from '../../src/model/model.ts';
import type { TrainingRow } from '../../src/model/settings.ts';
import { openSession, type Session, Tensor, type Tensors } from '../engine/session.ts';
import { answerTokens, collate, microBatches } from './batches.ts';
import { trainingGraph } from './training-graph.ts';

export type Learner = {
  /** Mean negative log-likelihood over the answer tokens of all rows together; its gradient is written into `into`. */
  gradient(rows: TrainingRow[], adapter: Float32Array, into: Float32Array): Promise<number>;
  /** Summed negative log-likelihood of the rows' answer tokens. */
  loss(rows: TrainingRow[], adapter: Float32Array): Promise<number>;
  close(): Promise<void>;
};

export type LearnerOptions = {
  spec: LoraSpec;
  longestRow: number;
  checkpointing: boolean;
  threads: number;
  spinMicroseconds?: number;
  tokenBudget?: number;
};

/** Opens the sessions; the one for the loss alone at its first use. */
export async function openLearner(base: ModelFolder, options: LearnerOptions): Promise<Learner> {
  const { spec, checkpointing, threads, spinMicroseconds, tokenBudget = BUILTIN_TOKENS } = options;
  const open = (gradient: boolean) => {
    const graph = trainingGraph(base, { spec, positions: options.longestRow, gradient, checkpointing });
    return openSession(graph, base.folder, gradient ? 'train' : 'evaluate', { threads, spinMicroseconds });
  };
  const training = await open(true);
  let evaluation: Promise<Session> | undefined;

  return {
    async gradient(rows, adapter, into) {
      const weight = 1 / total(rows);
      let loss = 0;
      into.fill(0);
      for (const part of microBatches(rows, tokenBudget)) {
        const out = await training.run(feeds(part, adapter, weight));
        loss += (out.loss.data as Float32Array)[0];
        accumulate(into, out.gradient.data as Float32Array);
      }
      return loss;
    },
    async loss(rows, adapter) {
      const session = await (evaluation ??= open(false));
      let loss = 0;
      for (const part of microBatches(rows, tokenBudget))
        loss += ((await session.run(feeds(part, adapter, 1))).loss.data as Float32Array)[0];
      return loss;
    },
    async close() {
      await training.release();
      await (await evaluation)?.release();
    },
  };
}

const total = (rows: TrainingRow[]): number => rows.reduce((sum, row) => sum + answerTokens(row), 0);

function accumulate(sum: Float32Array, part: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] += part[i];
}

function feeds(rows: TrainingRow[], adapter: Float32Array, weight: number): Tensors {
  const batch = collate(rows);
  const n = batch.labels.length;
  return {
    tokens: new Tensor('int64', batch.tokens, [batch.rows, batch.length]),
    label_at: new Tensor('int64', batch.labelAt, [n]),
    labels: new Tensor('int64', batch.labels, [n]),
    label_weights: new Tensor('float32', new Float32Array(n).fill(weight), [n]),
    adapter: new Tensor('float32', adapter, [adapter.length]),
  };
}
