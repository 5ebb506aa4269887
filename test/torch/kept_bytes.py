"""What autograd keeps of a token in a block of a base in bf16: `kept_bytes.py SHAPE…` (hidden,heads,kvHeads,intermediate) prints a list of bytes."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "worker" / "torch"))
import torch
from learner import Learner
from lora import add_adapter
from run_folder import LINEAR_LAYERS
from transformers import LlamaConfig, LlamaForCausalLM

ROWS, LENGTH, RANK = 4, 96, 8
CPU = torch.device("cpu")


def kept(hidden, heads, kv_heads, intermediate, layers):
    """Bytes that a step keeps for its backward pass, the weights themselves left out."""
    config = LlamaConfig(
        hidden_size=hidden, num_attention_heads=heads, num_key_value_heads=kv_heads, intermediate_size=intermediate,
        num_hidden_layers=layers, vocab_size=320, tie_word_embeddings=True,
    )  # fmt: skip
    model = LlamaForCausalLM._from_config(config, dtype=torch.bfloat16, attn_implementation="sdpa")
    adapter = add_adapter(model, {"rank": RANK, "alpha": 16, "targets": LINEAR_LAYERS, "seed": 1, "checkpointing": False}, CPU)
    weights = {at(tensor) for tensor in (*model.parameters(), adapter.flat)}
    tensors = []  # held, so that no two of them ever lie in one place

    def keep(tensor):
        tensors.append(tensor)
        return tensor

    rows = [{"ids": [3 + (i * 31 + j * 7) % 300 for j in range(LENGTH)], "answer": 60} for i in range(ROWS)]
    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        Learner(adapter, {}, CPU).gradient(rows)
    # autocast's bf16 copies of the adapter are no activations.
    mine = 2 * adapter.flat.numel()
    return sum({at(t): t.untyped_storage().nbytes() for t in tensors if at(t) not in weights}.values()) - mine


def at(tensor):
    return tensor.untyped_storage().data_ptr()


torch.set_num_threads(1)
shapes = [tuple(map(int, shape.split(","))) for shape in sys.argv[1:]]
print(json.dumps([(kept(*shape, 4) - kept(*shape, 2)) / 2 / (ROWS * LENGTH) for shape in shapes]))
