"""The processes that train one run together: torchrun starts them and says so in the environment; one alone needs nothing of this."""

import os
from datetime import timedelta

import torch
import torch.distributed as dist

RANK, WORLD, LOCAL_RANK = (int(os.environ.get(name, default)) for name, default in (("RANK", 0), ("WORLD_SIZE", 1), ("LOCAL_RANK", 0)))
# A paused run waits inside of a collective call for as long as people are answered.
PATIENCE = timedelta(days=7)


def device_of_this_process():
    if not torch.cuda.is_available():
        return torch.device("cpu")
    torch.cuda.set_device(LOCAL_RANK)
    return torch.device("cuda", LOCAL_RANK)


def spoken_name(device, threads):
    """The device as people know it."""
    one = torch.cuda.get_device_name(device) if device.type == "cuda" else f"cpu, {threads} threads"
    return f"torch, {one}" + (f" × {WORLD}" if WORLD > 1 else "")


def join_group():
    if WORLD > 1:
        dist.init_process_group("cpu:gloo,cuda:nccl" if torch.cuda.is_available() else "gloo", timeout=PATIENCE)


def leave_group():
    if dist.is_initialized():
        dist.destroy_process_group()


def sum_over(tensor):
    """Adds up a tensor over all processes, in place."""
    if WORLD > 1:
        dist.all_reduce(tensor)
    return tensor


def all_agree(yes):
    """True if every process says so: signals reach them at different times, and all must stop at one step."""
    if WORLD == 1:
        return yes
    answer = torch.tensor(float(yes))
    dist.all_reduce(answer, dist.ReduceOp.MIN)
    return bool(answer.item())
