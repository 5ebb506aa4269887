"""The most memory that the run ever had, in bytes: of the GPU where there is one, else of the processes together."""

import resource
import sys
from pathlib import Path

import torch

from group import sum_over


def peak_bytes(device):
    """On a GPU what the allocator reserved, the largest of one process (a CUDA context of about half a gigabyte comes on top)."""
    if device.type == "cuda":
        return torch.cuda.max_memory_reserved(device)
    return int(sum_over(torch.tensor(peak_resident(), dtype=torch.int64)).item())


def peak_resident():
    # On Linux VmHWM: getrusage's figure there starts with the parent's, which a child inherits.
    if sys.platform == "linux":
        line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
