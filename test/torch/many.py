"""Several runs in one process, since starting Python with torch takes seconds: `many.py RUN_DIR…` writes what each tells to its events.jsonl."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "worker" / "torch"))
import train

for folder in map(Path, sys.argv[1:]):
    train.EVENTS = os.open(folder / "events.jsonl", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        train.main(folder)
    except SystemExit:
        pass  # the last event says why
    os.close(train.EVENTS)
