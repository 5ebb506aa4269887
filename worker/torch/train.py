"""The torch trainer: `train.py RUN_DIR` by the protocol in worker/trainer.ts, on transformers, PEFT and TRL. Events on stdout; stdin and SIGTERM
say when to pause or leave.

    python train.py RUN_DIR                                             one GPU, or the CPU
    torchrun --standalone --nproc_per_node 4 train.py RUN_DIR           several: each takes a share of every step's rows
"""

import json
import logging
import os
import sys
import traceback
import warnings
from pathlib import Path

# Libraries print: stdout carries events only.
EVENTS = os.dup(1)
os.dup2(2, 1)
os.environ.update(HF_HUB_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", HF_HUB_DISABLE_PROGRESS_BARS="1", TRANSFORMERS_VERBOSITY="error")
# stderr is for people: what libraries think of each other is not for them.
warnings.simplefilter("ignore")
logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
RANK = int(os.environ.get("RANK", 0))

from base import check_fingerprint, open_base, read_config
from failure import Refused, failed
from owner import Owner
from run_folder import check_rows, read_rows, read_run, run_name


def main(folder):
    owner = Owner(hears_stdin=RANK == 0)
    reached = {}
    try:
        run_here(folder, owner, reached)
    except Exception as error:
        if not isinstance(error, Refused):
            traceback.print_exc()
        if is_first_to_fail(folder):
            write_line({"event": "failed", **failed(error, **reached)})
        sys.exit(1)


def run_here(folder, owner, reached):
    """Trains and publishes. `reached` learns what an advice depends on."""
    run = read_run(folder)
    rows, text = read_rows(folder)
    settings, options, base_folder = run["settings"], run["torch"], Path(run["base"])
    reached |= {"settings": settings, "options": options}
    config = read_config(base_folder)
    check_fingerprint(base_folder, run["fingerprint"])
    check_rows(rows, config)

    # Imported here: it takes seconds, and a refusal should come at once.
    import torch

    from checkpoint import State, resume, write_checkpoint
    from group import device_of_this_process, join_group, leave_group, spoken_name
    from learner import Learner
    from loop import on_host, steps_per_round, train
    from lora import add_adapter, write_adapter
    from peak_memory import peak_bytes

    torch.set_num_threads(run["threads"])
    device = device_of_this_process()
    reached["gpu"] = device.type == "cuda"
    join_group()
    adapter = add_adapter(open_base(base_folder, options, device), settings, device)
    flat, name, out = adapter.flat, run_name(run, text), Path(run["out"])
    values = flat.numel()
    state = (run["resume"] and resume(run["resume"], name, values)) or State.at_the_beginning(on_host(flat))
    first, second = (torch.tensor(array, device=device) for array in (state.first, state.second))
    flat.data.copy_(torch.tensor(state.weights))
    optimizer = torch.optim.AdamW([flat], weight_decay=settings["weightDecay"])
    optimizer.state[flat] = {"step": torch.tensor(float(state.step)), "exp_avg": first, "exp_avg_sq": second}
    reached["training"] = True

    def save():
        if RANK == 0:
            state.weights, state.first, state.second = on_host(flat), on_host(first), on_host(second)
            tell("checkpoint", step=state.step, folder=str(write_checkpoint(out / "checkpoints", name, state)))

    trained = [row for row in rows if row["part"] != "heldout"]
    heldout = [row for row in rows if row["part"] == "heldout"]
    steps = settings["epochs"] * steps_per_round(trained, settings)
    tell("started", trainable=values, steps=steps, resumedAt=state.step, device=spoken_name(device, run["threads"]))
    if train(run, trained, heldout, Learner(adapter, options, device), optimizer, state, tell, owner.may_go_on, save):
        if RANK == 0:
            write_adapter(out / "adapter", run, adapter.names, state.best["weights"])
        tell("done", bestStep=state.best["step"], folder=str(out / "adapter"), peakBytes=peak_bytes(device))
    else:
        tell("stopped", step=state.step)
    leave_group()


def tell(event, **fields):
    if RANK == 0:
        write_line({"event": event, **fields})


def write_line(event):
    try:
        os.write(EVENTS, (json.dumps(event) + "\n").encode())
    except BrokenPipeError:
        pass  # the owner is gone; the end of stdin makes us leave in order


def is_first_to_fail(folder):
    """Of several processes that fail, one tells. torchrun gives each start a name of its own."""
    start = os.environ.get("TORCHELASTIC_RUN_ID")
    if start is None:
        return True
    try:
        os.close(os.open(folder / f"failed-{start}", os.O_CREAT | os.O_EXCL))
        return True
    except OSError:
        return False


if __name__ == "__main__":
    main(Path(sys.argv[1]))
