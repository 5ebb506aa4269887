"""What PEFT itself makes of an adapter: `peft_scores.py BASE ADAPTER ROWS` prints the mean loss over all answers' tokens of the held-out rows."""

import json
import sys

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM

base, adapter, rows = sys.argv[1:]
torch.set_num_threads(1)
model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32), adapter).eval()
total, tokens = 0.0, 0
for row in map(json.loads, open(rows)):
    if row["part"] == "heldout":
        ids, answer = torch.tensor([row["ids"]]), row["answer"]
        with torch.no_grad():
            logits = model(input_ids=ids).logits[0, answer - 1 : -1]
        total += torch.nn.functional.cross_entropy(logits, ids[0, answer:], reduction="sum").item()
        tokens += len(row["ids"]) - answer
print(json.dumps(total / tokens))
