"""
The training loop. It reads from top to bottom; everything it touches is handed in. The builtin trainer's is worker/builtin/train.ts.

TRL's SFTTrainer would have to be overridden in nearly all that a loop is: the builtin's order of rows, steps that are split by tokens and again when
the memory ends, the mean over a step's tokens whatever the processes, held-out loss by tokens, rounds kept within 5 %, and checkpoints that the other
trainer goes on from. What is left of it is used as it is, in learner.py and lora.py: TRL's fused head and its collators (packing, pairs), PEFT's layers.
"""

import math
import time

import torch

from failure import Diverged
from group import all_agree
from order import learning_rate, round_steps
from peak_memory import peak_bytes

# A held-out loss this much above the lowest counts as equal (src/model/kept-round.ts).
TOLERANCE = 0.05
# torch.nn.utils.clip_grad_norm_ adds it to the norm before dividing.
CLIP_EPSILON = 1e-6


def train(run, rows, heldout, learner, optimizer, state, tell, may_go_on, save):
    """
    Trains from where `state` stands, which is changed in place, to the end (True) or until the owner wants it to leave (False).
    Every process of the group walks through the same steps; `tell` and `save` of all but the first do nothing.
    """
    settings, flat = run["settings"], learner.adapter.flat
    per_round = steps_per_round(rows, settings)
    steps = settings["epochs"] * per_round
    ordered, order = None, []

    while True:
        if state.step % per_round == 0 and state.heldout_at < state.step and not look_at_heldout(heldout, per_round, learner, state, tell, may_go_on):
            break
        if state.step == steps:
            return True
        if not all_agree(may_go_on()):
            break

        started = time.perf_counter()
        number = state.step // per_round
        if number != ordered:
            ordered, order = number, round_steps(rows, settings["batch"], settings["seed"], number)
        batch = order[state.step % per_round]
        loss = learner.gradient(batch)
        norm = torch.linalg.vector_norm(flat.grad, dtype=torch.float64).item()
        if not (math.isfinite(loss) and math.isfinite(norm)):
            raise Diverged(state.step + 1, lines_of(batch))
        state.step += 1
        rate = learning_rate(state.step, steps, settings)
        flat.grad.mul_(min(1.0, settings["clip"] / (norm + CLIP_EPSILON)))
        optimizer.param_groups[0]["lr"] = rate
        optimizer.step()

        what = {"step": state.step, "epoch": number + 1, "loss": loss, "learningRate": rate, "gradNorm": norm}
        tokens, ms = sum(len(row["ids"]) for row in batch), (time.perf_counter() - started) * 1000
        tell("step", **what, tokens=tokens, ms=ms, bytes=peak_bytes(learner.device))
        if state.step % run["checkpointEvery"] == 0:
            save()
    save()
    return False


def steps_per_round(rows, settings):
    return math.ceil(len(rows) / settings["batch"])


def look_at_heldout(heldout, per_round, learner, state, tell, may_go_on):
    """Loss on the rows that are never trained on; keeps the weights of the round that the adapter will be. False if the owner wants to leave."""
    loss = learner.loss(heldout, may_go_on) if heldout else math.nan
    if loss is None:
        return False
    if heldout and not math.isfinite(loss):
        raise Diverged(state.step, lines_of(heldout))
    state.heldout_at = state.step
    if heldout:
        tokens = sum(len(row["ids"]) - row["answer"] for row in heldout)
        tell("heldout", step=state.step, epoch=state.step / per_round, loss=loss, tokens=tokens)
    if state.step == 0:
        return True
    lowest = min(loss, state.best["lowest"]) if state.best else loss
    if not heldout or loss <= lowest * (1 + TOLERANCE):
        state.best = {"step": state.step, "loss": loss, "lowest": lowest, "weights": on_host(learner.adapter.flat)}
    return True


def on_host(tensor):
    """A copy that no later step changes."""
    return tensor.detach().cpu().numpy().copy()


def lines_of(rows):
    return [row["line"] for row in rows]
