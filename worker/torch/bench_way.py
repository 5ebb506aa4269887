"""One way to train one shape, measured: `bench_way.py JSON` (bench.py's options, `shape` and `way`) prints a JSON line."""

import json
import logging
import os
import random
import sys
import tempfile
import time
import warnings

os.environ.update(HF_HUB_OFFLINE="1", HF_HUB_DISABLE_PROGRESS_BARS="1", TRANSFORMERS_VERBOSITY="error")
warnings.simplefilter("ignore")
logging.getLogger("bitsandbytes").setLevel(logging.ERROR)

import torch
from peft import LoraConfig, get_peft_model
from torch.utils.data import SequentialSampler
from transformers import LlamaConfig, LlamaForCausalLM, PrinterCallback, Trainer, TrainerCallback, TrainingArguments

from checkpoint import State
from group import device_of_this_process
from learner import Learner
from loop import on_host, train
from lora import add_adapter
from order import round_steps
from peak_memory import peak_bytes
from run_folder import LINEAR_LAYERS

# Peak of dense bf16 products a second, from the makers' data sheets.
PEAK_FLOPS = {"H200": 989e12, "H100": 989e12, "A100": 312e12, "L40S": 362e12, "L4": 121e12, "A10": 125e12, "4090": 165e12}
SETTINGS = {
    "epochs": 1, "batch": 16, "learningRate": 1e-4, "warmup": 0, "finalRate": 1, "weightDecay": 0, "clip": 1,
    "rank": 16, "alpha": 32, "targets": LINEAR_LAYERS, "seed": 1, "checkpointing": True,
}  # fmt: skip


def some_rows(count, longest, vocab):
    """Lengths as a team's answers have them: most short, some long; a third of the tokens are the answer's."""
    draw = random.Random(1)
    lengths = [max(16, min(longest, int(draw.lognormvariate(5, 0.8)))) for _ in range(count)]
    return [{"ids": [draw.randrange(3, vocab) for _ in range(n)], "answer": n - n // 3, "line": i} for i, n in enumerate(lengths, 1)]


def random_model(shape, device, dtype):
    hidden, layers, heads, kv_heads, intermediate, vocab = shape
    config = LlamaConfig(
        hidden_size=hidden, num_hidden_layers=layers, num_attention_heads=heads, num_key_value_heads=kv_heads, intermediate_size=intermediate,
        vocab_size=vocab, max_position_embeddings=4096, tie_word_embeddings=False,
    )  # fmt: skip
    torch.manual_seed(1)
    with torch.device(device):
        return LlamaForCausalLM._from_config(config, dtype=dtype, attn_implementation="sdpa")


def ours(model, rows, packed, device, tokens):
    """The trainer's own loop; when each step ended."""
    ends = []

    def tell(event, **_):
        if event == "step":
            wait_for(device)
            ends.append(time.perf_counter())

    adapter = add_adapter(model, SETTINGS, device)
    learner = Learner(adapter, {"packing": packed, **({"tokens": tokens} if tokens else {})}, device)
    optimizer = torch.optim.AdamW([adapter.flat], weight_decay=SETTINGS["weightDecay"])
    run = {"settings": SETTINGS, "checkpointEvery": sys.maxsize}
    train(run, rows, [], learner, optimizer, State.at_the_beginning(on_host(adapter.flat)), tell, lambda: True, lambda: None)
    return ends


def plain(model, rows, device, rows_at_once):
    """The same steps by transformers' Trainer, as its documentation shows it; when each of them ended."""
    ends = []

    class Watch(TrainerCallback):
        def on_step_end(self, *_, **__):
            wait_for(device)
            ends.append(time.perf_counter())

    class InOrder(Trainer):
        def _get_train_sampler(self, dataset=None):
            return SequentialSampler(dataset if dataset is not None else self.train_dataset)

    def together(rows):
        longest = max(len(row["input_ids"]) for row in rows)
        pad = lambda values, filler: torch.tensor([value + [filler] * (longest - len(value)) for value in values])
        ids = [row["input_ids"] for row in rows]
        return {
            "input_ids": pad(ids, 0),
            "attention_mask": pad([[1] * len(row) for row in ids], 0),
            "labels": pad([row["labels"] for row in rows], -100),
        }

    lora = LoraConfig(r=SETTINGS["rank"], lora_alpha=SETTINGS["alpha"], target_modules=LINEAR_LAYERS, task_type="CAUSAL_LM")
    data = [{"input_ids": r["ids"], "labels": [-100] * r["answer"] + r["ids"][r["answer"] :]} for r in rows]
    with tempfile.TemporaryDirectory() as out:
        args = TrainingArguments(
            out, num_train_epochs=1, per_device_train_batch_size=rows_at_once, gradient_accumulation_steps=SETTINGS["batch"] // rows_at_once,
            gradient_checkpointing=True, bf16=device.type == "cuda", use_cpu=device.type == "cpu", learning_rate=SETTINGS["learningRate"],
            report_to="none", save_strategy="no", disable_tqdm=True, logging_strategy="no", remove_unused_columns=False,
        )  # fmt: skip
        trainer = InOrder(get_peft_model(model, lora), args, data_collator=together, train_dataset=data, callbacks=[Watch()])
        trainer.remove_callback(PrinterCallback)
        trainer.train()
    return ends


def measure(shape, way, steps, longest, rows_at_once, tokens):
    """`tokens`: ours has so many at once; None: the trainer's own choice."""
    device = device_of_this_process()
    gpu = device.type == "cuda"
    rows = some_rows(SETTINGS["batch"] * (steps + 1), longest, shape[5])
    ordered = round_steps(rows, SETTINGS["batch"], SETTINGS["seed"], 0)
    model = random_model(shape, device, torch.bfloat16 if gpu else torch.float32)
    per_token, per_answer = products(model)
    if way == "plain":
        ends = plain(model, [row for step in ordered for row in step], device, rows_at_once)
    else:
        ends = ours(model, rows, way == "packed", device, tokens)
    seconds = ends[-1] - ends[0]
    timed = [row for step in ordered[1:] for row in step]
    trained = sum(len(row["ids"]) for row in timed)
    flops = per_token * trained + per_answer * sum(len(row["ids"]) - row["answer"] for row in timed)
    peak = PEAK_FLOPS.get(next((card for card in PEAK_FLOPS if gpu and card in torch.cuda.get_device_name().replace("-", " ").split()), None))
    return {
        "tokens": trained, "tokensPerSecond": round(trained / seconds, 1), "peakBytes": peak_bytes(device),
        "mfu": peak and round(flops / seconds / peak, 4), "device": torch.cuda.get_device_name() if gpu else "cpu",
    }  # fmt: skip


def products(model):
    """Floating-point operations a token, and those of the head an answer's token on top."""
    blocks = sum(p.numel() for p in model.model.layers.parameters() if p.dim() == 2)
    return 4 * blocks, 4 * model.lm_head.weight.numel()


def wait_for(device):
    if device.type == "cuda":
        torch.cuda.synchronize(device)


if __name__ == "__main__":
    print(json.dumps(measure(**json.loads(sys.argv[1]))))
