// The forward pass of the Llama family, written once. What the steps do is up to the `Ops`: serving emits ONNX nodes,
// the builtin trainer records the same steps on a tape and differentiates them.
import { modulePath } from '../../src/model/lora.ts';
import type { ModelConfig } from '../../src/model/model.ts';

/** The steps of a decoder over some kind of value. Activations are [tokens, width]. */
export interface Ops<V> {
  /** The tokens' embeddings, [tokens, hidden]. */
  embed(): V;
  /** RMSNorm over the last axis; `weight` is a full tensor name. */
  norm(x: V, weight: string): V;
  /** One or several linear layers over the same input, by their full module paths; their outputs side by side count as one value. */
  linear(x: V, modules: string[]): V;
  /** Takes q|k|v apart; norms q and k where the architecture does; rotary embedding; causal grouped-query attention → [tokens, heads · headDim]. */
  attention(qkv: V, block: number): V;
  /** Takes gate|up apart: silu(gate) · up. */
  swiglu(gateUp: V): V;
  add(x: V, y: V): V;
  /** One decoder block: where a tape may recompute activations. */
  block(x: V, body: (x: V) => V): V;
}

/** Hidden states after the last norm, [tokens, hidden]. */
export function decoder<V>(config: ModelConfig, ops: Ops<V>): V {
  let hidden = ops.embed();
  for (let i = 0; i < config.layers; i++) {
    const path = `model.layers.${i}`;
    const [q, k, v, o, gate, up, down] = (['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'] as const).map(
      layer => modulePath(i, layer),
    );
    hidden = ops.block(hidden, x => {
      const qkv = ops.linear(ops.norm(x, `${path}.input_layernorm.weight`), [q, k, v]);
      const h = ops.add(x, ops.linear(ops.attention(qkv, i), [o]));
      const gateUp = ops.linear(ops.norm(h, `${path}.post_attention_layernorm.weight`), [gate, up]);
      return ops.add(h, ops.linear(ops.swiglu(gateUp), [down]));
    });
  }
  return ops.norm(hidden, 'model.norm.weight');
}

/** The tensor that turns hidden states into logits, [vocab, hidden]. */
export const headTensor = (config: ModelConfig): string => (config.tied ? 'model.embed_tokens.weight' : 'lm_head.weight');
