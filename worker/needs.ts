// How much memory a run takes on this worker, by the trainer that it has.
import { loadOf } from '../src/model/estimate.ts';
import { BUILTIN_TOKENS, builtinBytes } from '../src/model/estimate-builtin.ts';
import { TORCH_TOKENS, type TorchMemory, torchBytes } from '../src/model/estimate-torch.ts';
import type { Case, Needs } from '../src/model/fitting.ts';

export type Machine = {
  trainer: 'builtin' | 'torch';
  kind: 'cpu' | 'cuda';
  quantize?: TorchMemory['quantize'];
  /** The most tokens at once that run.json will ask of torch. */
  tokens?: number;
  /** Several processes share the rows: then none changes how much it takes at once. */
  shared?: boolean;
};

/**
 * Peak bytes of a run. On a GPU one process alone halves what it puts through at once until it fits (worker/torch/learner.py), so there
 * only the longest row has to.
 */
export function needsOf(machine: Machine): Needs {
  return (config, run) => {
    if (machine.trainer === 'builtin') return builtinBytes(config, load(run, BUILTIN_TOKENS), run);
    const { kind, tokens = TORCH_TOKENS[kind], shared = false } = machine;
    const budget = kind === 'cuda' && !shared ? 1 : tokens;
    return torchBytes(config, load(run, budget), run, { device: machine.kind, quantize: run.quantize });
  };
}

const load = ({ lengths, answer, batch }: Case, budget: number) => loadOf({ longest: Math.max(...lengths), answer, batch, budget });
