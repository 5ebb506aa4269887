"""Where a run stands, as a folder that is complete or is not there: the builtin trainer's format (worker/builtin/checkpoint.ts), so either trainer
goes on from the other's. Written beside its place, flushed to the disk, and renamed; the last two are kept."""

import hashlib
import json
import math
import os
import re
import shutil
from pathlib import Path

import numpy as np

KEPT = 2
NAME = re.compile(r"step-\d{8}")


class State:
    """All that a checkpoint must hold: `weights`, `first`, `second` (numpy, float32, flat) and `best`, a dict of step, loss, lowest and weights."""

    def __init__(self, step, heldout_at, weights, first, second, best=None):
        self.step, self.heldout_at, self.weights, self.first, self.second, self.best = step, heldout_at, weights, first, second, best

    @staticmethod
    def at_the_beginning(weights):
        return State(0, -1, weights, np.zeros_like(weights), np.zeros_like(weights))


def write_checkpoint(folder, name, state):
    """Returns the path of the new checkpoint in `folder`. Older ones than the last two go."""
    best = state.best
    arrays = b"".join(array.tobytes() for array in (state.weights, state.first, state.second, *([best["weights"]] if best else [])))
    about = {
        "run": name,
        "step": state.step,
        "heldoutAt": state.heldout_at,
        # Without held-out rows both losses are NaN, which JSON has no word for but null.
        **({"best": {"step": best["step"], "loss": or_none(best["loss"]), "lowest": or_none(best["lowest"])}} if best else {}),
        "values": len(state.weights),
        "sha256": hashlib.sha256(arrays).hexdigest(),
    }
    place = folder / f"step-{state.step:08d}"
    fresh = place.with_name(f"{place.name}.partial-{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    write_flushed(fresh / "arrays.f32", arrays)
    write_flushed(fresh / "state.json", json.dumps(about).encode())
    flush(fresh)
    shutil.rmtree(place, ignore_errors=True)
    fresh.rename(place)
    flush(folder)
    for old in checkpoints_in(folder)[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
    return place


def read_checkpoint(place, name, values):
    """The state in a checkpoint; None if it is missing, incomplete, damaged, or of another run."""
    try:
        about = json.loads((place / "state.json").read_text("utf-8"))
        data = (place / "arrays.f32").read_bytes()
        if about["run"] != name or about["values"] != values or about["sha256"] != hashlib.sha256(data).hexdigest():
            return None
        best = about.get("best")
        arrays = np.frombuffer(data, "<f4").reshape(4 if best else 3, values)
        if best:
            best = {"step": best["step"], "loss": or_nan(best["loss"]), "lowest": or_nan(best["lowest"]), "weights": arrays[3]}
        return State(about["step"], about["heldoutAt"], *arrays[:3], best)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def resume(place, name, values):
    """The state in `place`, else in the newest older checkpoint beside it that is whole; None if there is none."""
    place = Path(place)
    older = [other for other in checkpoints_in(place.parent) if other.name < place.name]
    return next((state for candidate in [place, *older] if (state := read_checkpoint(candidate, name, values))), None)


def checkpoints_in(folder):
    """The newest first."""
    names = sorted((entry.name for entry in folder.iterdir()), reverse=True) if folder.is_dir() else []
    return [folder / name for name in names if NAME.fullmatch(name)]


def or_none(value):
    return None if math.isnan(value) else value


def or_nan(value):
    return math.nan if value is None else value


def write_flushed(path, data):
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def flush(folder):
    """A new name in a folder is safe only when the folder itself is flushed."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
