"""Speed and memory of the torch trainer against a plain loop of transformers' Trainer, on random models of known shapes, in one run.

    python bench.py                               on a GPU: shapes of 1 to 8 billion parameters, bf16
    python bench.py --shapes tiny --steps 3       a smoke run anywhere

For each shape: ours padded, ours packed, and Trainer + PEFT with padded batches and full logits. Prints a line each and one JSON line at the end:
tokens a second (the rows' own, without padding), peak memory in bytes (on a CPU the process's, so ask for one way at a time with --ways), and MFU:
4 × parameters × tokens a second over the card's peak; 2 of the usual 6 are gradients of weights, which a frozen base has none of, and the
forward pass that recomputing repeats is not counted.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
import warnings

os.environ.update(HF_HUB_OFFLINE="1", HF_HUB_DISABLE_PROGRESS_BARS="1", TRANSFORMERS_VERBOSITY="error")
warnings.simplefilter("ignore")

import torch
from peft import LoraConfig, get_peft_model
from torch.utils.data import SequentialSampler
from transformers import LlamaConfig, LlamaForCausalLM, PrinterCallback, Trainer, TrainerCallback, TrainingArguments

from group import device_of_this_process
from learner import Learner
from lora import add_adapter
from peak_memory import peak_bytes
from run_folder import LINEAR_LAYERS

# hidden, layers, heads, heads of keys and values, intermediate, vocabulary: Llama 3.2 1B and 3B, Llama 2 7B, Llama 3.1 8B.
SHAPES = {
    "tiny": (64, 2, 4, 2, 160, 320),
    "1B": (2048, 16, 32, 8, 8192, 128256),
    "3B": (3072, 28, 24, 8, 8192, 128256),
    "7B": (4096, 32, 32, 32, 11008, 32000),
    "8B": (4096, 32, 32, 8, 14336, 128256),
}
# Peak of dense bf16 products a second, from the makers' data sheets.
PEAK_FLOPS = {"H200": 989e12, "H100": 989e12, "A100": 312e12, "L40S": 362e12, "L4": 121e12, "A10": 125e12, "4090": 165e12}
BATCH = 16
SETTINGS = {"rank": 16, "alpha": 32, "targets": LINEAR_LAYERS, "seed": 1, "checkpointing": True}


def some_rows(count, longest, vocab):
    """Lengths as a team's answers have them: most short, some long; a third of the tokens are the answer's."""
    draw = random.Random(1)
    lengths = [max(16, min(longest, int(draw.lognormvariate(5, 0.8)))) for _ in range(count)]
    return [{"ids": [draw.randrange(3, vocab) for _ in range(n)], "answer": n - n // 3} for n in lengths]


def random_model(shape, device, dtype):
    hidden, layers, heads, kv_heads, intermediate, vocab = shape
    config = LlamaConfig(
        hidden_size=hidden, num_hidden_layers=layers, num_attention_heads=heads, num_key_value_heads=kv_heads, intermediate_size=intermediate,
        vocab_size=vocab, max_position_embeddings=4096, tie_word_embeddings=False,
    )  # fmt: skip
    torch.manual_seed(1)
    with torch.device(device):
        return LlamaForCausalLM._from_config(config, dtype=dtype, attn_implementation="sdpa")


def ours(model, steps, packed, device, tokens):
    """Seconds of each step."""
    adapter = add_adapter(model, SETTINGS, device)
    learner = Learner(adapter, {"packing": packed, **({"tokens": tokens} if tokens else {})}, device)
    optimizer = torch.optim.AdamW([adapter.flat], lr=1e-4)
    seconds = []
    for rows in steps:
        begun = time.perf_counter()
        learner.gradient(rows)
        optimizer.step()
        wait_for(device)
        seconds.append(time.perf_counter() - begun)
    return seconds


def plain(model, steps, device, rows_at_once):
    """The same rows by transformers' Trainer, as its documentation shows it; seconds of each step."""
    seconds = []

    class Watch(TrainerCallback):
        def on_step_begin(self, *_, **__):
            self.begun = time.perf_counter()

        def on_step_end(self, *_, **__):
            wait_for(device)
            seconds.append(time.perf_counter() - self.begun)

    class InOrder(Trainer):
        def _get_train_sampler(self, dataset=None):
            return SequentialSampler(dataset if dataset is not None else self.train_dataset)  # the very steps that ours takes

    def together(rows):
        longest = max(len(row["input_ids"]) for row in rows)
        pad = lambda values, filler: torch.tensor([value + [filler] * (longest - len(value)) for value in values])
        ids = [row["input_ids"] for row in rows]
        return {
            "input_ids": pad(ids, 0),
            "attention_mask": pad([[1] * len(row) for row in ids], 0),
            "labels": pad([row["labels"] for row in rows], -100),
        }

    lora = LoraConfig(r=16, lora_alpha=32, target_modules=LINEAR_LAYERS, task_type="CAUSAL_LM")
    rows = [{"input_ids": r["ids"], "labels": [-100] * r["answer"] + r["ids"][r["answer"] :]} for step in steps for r in step]
    with tempfile.TemporaryDirectory() as out:
        args = TrainingArguments(
            out, max_steps=len(steps), per_device_train_batch_size=rows_at_once, gradient_accumulation_steps=BATCH // rows_at_once,
            gradient_checkpointing=True, bf16=device.type == "cuda", use_cpu=device.type == "cpu", learning_rate=1e-4,
            report_to="none", save_strategy="no", disable_tqdm=True, logging_strategy="no", remove_unused_columns=False,
        )  # fmt: skip
        trainer = InOrder(get_peft_model(model, lora), args, data_collator=together, train_dataset=rows, callbacks=[Watch()])
        trainer.remove_callback(PrinterCallback)
        trainer.train()
    return seconds


def measure(name, shape, way, options):
    device = device_of_this_process()
    gpu = device.type == "cuda"
    if gpu:
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
    rows = some_rows(BATCH * (options.steps + 1), options.longest, shape[5])
    steps = [rows[at : at + BATCH] for at in range(0, len(rows), BATCH)]
    model = random_model(shape, device, torch.bfloat16 if gpu else torch.float32)
    parameters = sum(p.numel() for p in model.parameters())
    seconds = plain(model, steps, device, options.rows_at_once) if way == "plain" else ours(model, steps, way == "packed", device, options.tokens)
    # The first step warms up: kernels are chosen and memory is taken.
    tokens = sum(len(row["ids"]) for step in steps[1:] for row in step)
    speed = tokens / sum(seconds[1:])
    peak = next((flops for card, flops in PEAK_FLOPS.items() if gpu and card in torch.cuda.get_device_name()), None)
    result = {"shape": name, "way": way, "tokensPerSecond": round(speed, 1), "peakBytes": peak_bytes(device), "mfu": peak and round(4 * parameters * speed / peak, 4)}
    print(f"{name} {way}: {speed:.0f} tokens/s, {result['peakBytes'] / 1e9:.2f} GB, MFU {result['mfu'] or 'not known here'}", file=sys.stderr)
    return result


def wait_for(device):
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def main():
    parser = argparse.ArgumentParser(description="The torch trainer against transformers' Trainer.")
    parser.add_argument("--shapes", default="1B,3B,8B", help=f"of {', '.join(SHAPES)}")
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--longest", type=int, default=2048, help="tokens of a row at most")
    parser.add_argument("--rows-at-once", type=int, default=4, help="the plain loop's batch; it makes up the step's rows by accumulation")
    parser.add_argument("--tokens", type=int, help="ours: tokens at once; left out, the trainer's own choice")
    parser.add_argument("--ways", default="packed,padded,plain")
    options = parser.parse_args()
    rows = [measure(name, SHAPES[name], way, options) for name in options.shapes.split(",") for way in options.ways.split(",")]
    device = torch.cuda.get_device_name() if torch.cuda.is_available() else "cpu"
    print(json.dumps({"bench": "torch", "device": device, "rows": rows}))


if __name__ == "__main__":
    main()
