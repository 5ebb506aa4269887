"""Which rows a step sees and at which rate: the same as the builtin trainer's (worker/engine/random.ts, worker/builtin/{batches,schedule}.ts), number for number."""

import math

import numpy as np

# Rows of similar length are looked for among this many batches, as in batches.ts.
BATCHES_A_WINDOW = 8


def random_numbers(seed, count):
    """The first `count` numbers of mulberry32 in [0, 1), multiples of 2^-32, as float64."""
    state = (np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x6D2B79F5) + np.uint64(seed & 0xFFFFFFFF)).astype(np.uint32)
    z = (state ^ (state >> 15)) * (state | np.uint32(1))
    z ^= z + (z ^ (z >> 7)) * (z | np.uint32(61))
    return (z ^ (z >> 14)).astype(np.float64) / 2**32


def subseed(seed, stream):
    """A seed of its own for each purpose or round."""
    return ((seed + 1) * 0x9E3779B1 ^ (stream + 1) * 0x85EBCA6B) & 0xFFFFFFFF


def shuffled(items, numbers):
    """Fisher–Yates; a new list. Takes len(items) - 1 numbers from the iterator."""
    out = list(items)
    for i in range(len(out) - 1, 0, -1):
        j = math.floor(next(numbers) * (i + 1))
        out[i], out[j] = out[j], out[i]
    return out


def round_steps(rows, batch, seed, number):
    """The steps of round `number` (from 0): every row once, `batch` of them a step, the last step perhaps fewer."""
    numbers = iter(random_numbers(subseed(seed, number + 1), 2 * len(rows)))
    mixed = shuffled(rows, numbers)
    windows = [sorted(window, key=length) for window in chunks(mixed, batch * BATCHES_A_WINDOW)]
    return shuffled([step for window in windows for step in chunks(window, batch)], numbers)


def learning_rate(step, steps, settings):
    """The rate of step `step` (from 1) of `steps`: a straight rise, then half a cosine down to `finalRate` of the peak."""
    peak, final = settings["learningRate"], settings["finalRate"]
    rise = math.floor(settings["warmup"] * steps + 0.5)  # Math.round; Python's own rounds halves to even
    if step <= rise:
        return peak * step / rise
    progress = (step - rise) / (steps - rise)
    return peak * (final + (1 - final) * (1 + math.cos(math.pi * progress)) / 2)


def micro_batches(rows, budget, packed):
    """Splits rows into parts of at most `budget` tokens, padding included; a longer row is a part of its own. Pairs are padded always."""
    parts = []
    for row in sorted(rows, key=length, reverse=True):
        part = parts[-1] if parts else None
        size = part and (sum(map(length, part)) + length(row) if packed and "rejected" not in row else (len(part) + 1) * length(part[0]))
        if part and size <= budget:
            part.append(row)
        else:
            parts.append([row])
    return parts


def share(rows, rank, world):
    """What one of `world` processes takes of a step's rows: every process about the same number of tokens."""
    return sorted(rows, key=length, reverse=True)[rank::world]


def length(row):
    """Tokens of a row as it goes through the model; a pair goes through twice."""
    return 2 * (row["answer"] + max(len(row["ids"]) - row["answer"], len(row["rejected"]))) if "rejected" in row else len(row["ids"])


def chunks(items, size):
    return [items[at : at + size] for at in range(0, len(items), size)]
