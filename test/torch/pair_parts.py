"""How pairs are split on a device where rows are packed: `pair_parts.py BUDGET` prints [pairs, tokens with padding] of each part."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "worker" / "torch"))
from order import length, micro_batches

pairs = [{"ids": [5] * n, "answer": 2, "rejected": [5] * (n // 2)} for n in (6, 40, 8, 30, 6, 10, 12, 38)]
parts = micro_batches(pairs, int(sys.argv[1]), packed=True)
print(json.dumps([[len(part), len(part) * max(map(length, part))] for part in parts]))
