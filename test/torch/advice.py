"""What is advised where the memory does not suffice: prints a list of [gpu, training, checkpointing, bits of the base, code]."""

import itertools
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "worker" / "torch"))
from failure import failed

cases = itertools.product((False, True), (False, True), (False, True), (None, "4bit"))
print(
    json.dumps(
        [
            [gpu, training, checkpointing, bits, failed(MemoryError(), {"checkpointing": checkpointing}, {"quantize": bits}, training, gpu)["code"]]
            for gpu, training, checkpointing, bits in cases
        ]
    )
)
