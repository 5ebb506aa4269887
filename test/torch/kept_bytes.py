"""
What a step holds: `kept_bytes.py SHAPE…` (hidden,heads,kvHeads,intermediate) prints, beside a base in bf16, the bytes that autograd keeps of a
token in a block of each shape, and how many values the largest array has that a step makes where the vocabulary has VOCAB words.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "worker" / "torch"))
import torch
from learner import Learner
from lora import add_adapter
from run_folder import LINEAR_LAYERS
from torch.utils._python_dispatch import TorchDispatchMode
from transformers import LlamaConfig, LlamaForCausalLM

ROWS, LENGTH, RANK, VOCAB = 4, 96, 8, 100_000
CPU = torch.device("cpu")


def model_of(hidden, heads, kv_heads, intermediate, layers, vocab):
    config = LlamaConfig(
        hidden_size=hidden, num_attention_heads=heads, num_key_value_heads=kv_heads, intermediate_size=intermediate,
        num_hidden_layers=layers, vocab_size=vocab, tie_word_embeddings=True,
    )  # fmt: skip
    model = LlamaForCausalLM._from_config(config, dtype=torch.bfloat16, attn_implementation="sdpa")
    return model, add_adapter(model, {"rank": RANK, "alpha": 16, "targets": LINEAR_LAYERS, "seed": 1, "checkpointing": False}, CPU)


def step(adapter):
    rows = [{"ids": [3 + (i * 31 + j * 7) % 300 for j in range(LENGTH)], "answer": 60} for i in range(ROWS)]
    Learner(adapter, {}, CPU).gradient(rows)


def kept(*shape):
    """Bytes that a step keeps for its backward pass, the weights themselves left out."""
    model, adapter = model_of(*shape, 320)
    weights = {at(tensor) for tensor in (*model.parameters(), adapter.flat)}
    tensors = []  # held, so that no two of them ever lie in one place

    def keep(tensor):
        tensors.append(tensor)
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        step(adapter)
    # autocast's bf16 copies of the adapter are no activations.
    mine = 2 * adapter.flat.numel()
    return sum({at(t): t.untyped_storage().nbytes() for t in tensors if at(t) not in weights}.values()) - mine


class Largest(TorchDispatchMode):
    """The most values of a tensor that was made while it watched; the weights do not count."""

    def __init__(self, weights):
        super().__init__()
        self.values, self.weights = 0, weights

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        made = function(*args, **(kwargs or {}))
        for tensor in made if isinstance(made, (tuple, list)) else [made]:
            if isinstance(tensor, torch.Tensor) and at(tensor) not in self.weights:
                self.values = max(self.values, tensor.numel())
        return made


def largest():
    model, adapter = model_of(16, 2, 2, 32, 2, VOCAB)
    with Largest({at(tensor) for tensor in (*model.parameters(), adapter.flat)}) as watch:
        step(adapter)
    return watch.values


def at(tensor):
    return tensor.untyped_storage().data_ptr()


torch.set_num_threads(1)
shapes = [tuple(map(int, shape.split(","))) for shape in sys.argv[1:]]
bytes_of_each = [(kept(*shape, 4) - kept(*shape, 2)) / 2 / (ROWS * LENGTH) for shape in shapes]
print(json.dumps({"kept": bytes_of_each, "largest": largest(), "logits": ROWS * LENGTH * VOCAB}))
