"""What went wrong, as the protocol's `failed` event: a code and values, never a sentence (worker/trainer.ts, src/words)."""

import errno
import re

SHOWN_ROWS = 10
MESSAGE_LENGTH = 300
OUT_OF_MEMORY = re.compile(r"can't allocate memory|not enough memory|out of memory|std::bad_alloc|unable to allocate", re.I)


class Refused(Exception):
    """The input cannot be trained on; `rows`: the lines of rows.jsonl that it is about, from 1."""

    def __init__(self, code, rows=None, **values):
        super().__init__(code)
        self.code, self.rows, self.values = code, rows, values
        if rows:
            self.values |= {"count": len(rows), "rows": ", ".join(map(str, rows[:SHOWN_ROWS])) + (", …" if len(rows) > SHOWN_ROWS else "")}


class Diverged(Exception):
    """Loss or gradient is not a number any more."""

    def __init__(self, step, rows):
        super().__init__(f"the loss of step {step} is not finite")
        self.step, self.rows = step, rows


def is_out_of_memory(error):
    """torch, numpy and the C++ library each say it in their own words; torch.OutOfMemoryError is found by its message."""
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and bool(OUT_OF_MEMORY.search(str(error))))


def failed(error, settings=None, options=None, training=False, gpu=False):
    """The event for an error that ended the run. `training`: the base was open already, so its weights do fit."""
    if isinstance(error, Refused):
        return {"kind": "input", "code": error.code, "values": error.values, **({"rows": error.rows} if error.rows else {})}
    if isinstance(error, Diverged):
        return {"kind": "diverged", "code": "trainer.diverged", "values": {"step": error.step}, "rows": error.rows}
    if is_out_of_memory(error):
        return {"kind": "memory", "code": memory_advice(settings or {}, options or {}, training, gpu), "values": {}}
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return {"kind": "input", "code": "worker.diskFull", "values": {}}
    return {"kind": "bug", "code": "trainer.bug", "values": {"message": f"{type(error).__name__}: {error}"[:MESSAGE_LENGTH]}}


def memory_advice(settings, options, training, gpu):
    """
    The smallest change that would help. A step was split down to single rows before this is said. On a CPU few bits save nothing: the
    file that they are made from stays mapped.
    """
    if training and not settings.get("checkpointing"):
        return "torch.memoryCheckpointing"
    if gpu and not options.get("quantize"):
        return "torch.memoryQuantize"
    return "torch.memoryShorter" if training else "torch.memorySmaller"
