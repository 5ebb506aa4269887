"""A training step of torch + PEFT, for test/bench/train.ts to compare with.

    python train_torch.py FOLDER ROWS LENGTH LABELS THREADS ATTENTION LOGITS

FOLDER is a Hugging Face folder; ATTENTION eager or sdpa; LOGITS all or answer (only the positions that predict a label).
The last LABELS tokens of each row are labels. Prints "ready", then runs one step for each line on stdin and prints its
seconds; at the end of stdin prints the peak resident set (VmHWM) in bytes.
"""

import os, sys, time

folder, rows, length, labels, threads, attention, wanted = sys.argv[1:]
rows, length, labels, threads = int(rows), int(length), int(labels), int(threads)
os.environ.update(OMP_NUM_THREADS=str(threads), TRANSFORMERS_VERBOSITY="error", HF_HUB_OFFLINE="1")

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

LAYERS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
torch.set_num_threads(threads)
torch.manual_seed(0)
model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation=attention)
model = get_peft_model(model, LoraConfig(r=8, lora_alpha=16, target_modules=LAYERS, task_type="CAUSAL_LM"))
model.config.use_cache = False
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-4, weight_decay=0.0)
ids = torch.randint(0, model.config.vocab_size, (rows, length + 1))
inputs, targets = ids[:, :-1], ids[:, -labels:]


def step():
    # The labels are the last positions of every row, so logits_to_keep makes the head see these alone.
    logits = model(input_ids=inputs, logits_to_keep=labels if wanted == "answer" else 0).logits[:, -labels:]
    loss = torch.nn.functional.cross_entropy(logits.reshape(-1, logits.shape[-1]), targets.reshape(-1))
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()


def peak_bytes():
    line = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


print("ready", flush=True)
for _ in sys.stdin:
    begun = time.perf_counter()
    step()
    print(time.perf_counter() - begun, flush=True)
print(peak_bytes(), flush=True)
