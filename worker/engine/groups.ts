// The linear layers of a decoder block that read the same input are computed, quantised and adapted together.
import type { LinearLayer } from '../../src/model/lora.ts';

export type Group = { name: 'qkv' | 'o' | 'gate_up' | 'down'; members: LinearLayer[] };

/** In the order of a block's computation. */
export const GROUPS: Group[] = [
  { name: 'qkv', members: ['q_proj', 'k_proj', 'v_proj'] },
  { name: 'o', members: ['o_proj'] },
  { name: 'gate_up', members: ['gate_proj', 'up_proj'] },
  { name: 'down', members: ['down_proj'] },
];

/** The group that a full module path such as `model.layers.0.self_attn.k_proj` belongs to, and its block. */
export function groupOf(module: string): { group: Group; block: number } {
  const [, , block, , layer] = module.split('.');
  return { group: GROUPS.find(({ members }) => members.includes(layer as LinearLayer))!, block: Number(block) };
}
