// What the torch trainer's memory was estimated to be, against live runs: on a CPU all of it, of a GPU what autograd keeps.
import { expect, test } from 'vitest';
import { TORCH_TOKENS, torchBytes, torchTerms } from '../../src/model/estimate-torch.ts';
import { LINEAR_LAYERS } from '../../src/model/lora.ts';
import { peakMemory } from '../support/peak-memory.ts';
import { llamaOf } from '../support/random-model.ts';
import { describeTorch, runPython, torch } from './environment.ts';

/** hidden, heads, heads of keys and values, intermediate. */
const BLOCKS = [
  [256, 8, 4, 768],
  [512, 8, 8, 768],
  [256, 4, 1, 2048],
] as const;

describeTorch('memory of the torch trainer', () => {
  peakMemory(torch(), (config, load, dose) => torchBytes(config, load, dose, { device: 'cpu' }), TORCH_TOKENS.cpu);

  test('beside a base in bf16 a block keeps of a token what the formula for GPUs counts, and the whole logits are never there', async () => {
    const told: { kept: number[]; largest: number; logits: number } = JSON.parse(await runPython('kept_bytes.py', ...BLOCKS.map(String)));
    expect(told.largest).toBeLessThan(0.4 * told.logits);
    for (const [i, [hidden, heads, kvHeads, intermediate]] of BLOCKS.entries()) {
      const dose = { rank: 8, targets: [...LINEAR_LAYERS], checkpointing: false };
      const one = torchTerms(llamaOf(hidden, 1, heads, kvHeads, intermediate, 320), { rows: 1, length: 1, answers: 1 }, dose, {
        device: 'cuda',
      });
      expect(Math.abs(told.kept[i] / one.activations - 1), `${told.kept[i]} bytes`).toBeLessThan(0.02);
    }
  });
});
