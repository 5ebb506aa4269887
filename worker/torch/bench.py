"""
Speed and memory of the torch trainer against a plain loop of transformers' Trainer, on random models of known shapes, in one run.

    python bench.py                               on a GPU: shapes of 1 to 8 billion parameters, bf16
    python bench.py --shapes tiny --steps 3       a smoke run anywhere

For each shape three ways take the very same steps (rows of similar length together, which spares the plain loop padding, too): ours packed,
ours padded, and Trainer + PEFT with padded batches and full logits. Each is a process of its own, so none has another's memory; the clock runs
from the end of the first step, which warms up, to the end of the last, with all that a loop does between two steps. A line each, then the ratios,
and one JSON line at the end:
tokens a second (the rows' own, without padding), peak memory in bytes, and MFU: the products that the mathematics asks for over the card's peak.
That is 4 × the blocks' weights a token (2 of the usual 6 are gradients of weights, which a frozen base has none of), 4 × the head's an answer's
token; attention's own products and what recomputing repeats are not counted.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

# hidden, layers, heads, heads of keys and values, intermediate, vocabulary: for a CPU, then Llama 3.2 1B and 3B, Llama 2 7B, Llama 3.1 8B.
SHAPES = {
    "tiny": (64, 2, 4, 2, 160, 320),
    "small": (256, 8, 8, 4, 768, 4096),
    "1B": (2048, 16, 32, 8, 8192, 128256),
    "3B": (3072, 28, 24, 8, 8192, 128256),
    "7B": (4096, 32, 32, 32, 11008, 32000),
    "8B": (4096, 32, 32, 8, 14336, 128256),
}
WAYS = ["packed", "padded", "plain"]


def measure(name, way, options):
    """One way on one shape in a process of its own; None, with the reason on stderr, where it failed, as for lack of memory."""
    asked = json.dumps({"shape": SHAPES[name], "way": way, **options})
    # glibc as the worker has it for the trainer (worker/choose-trainer.ts); one GPU, for Trainer would share its rows among all that it sees.
    env = os.environ | {"MALLOC_MMAP_THRESHOLD_": "131072", "CUDA_VISIBLE_DEVICES": os.environ.get("CUDA_VISIBLE_DEVICES", "0").split(",")[0]}
    child = subprocess.run([sys.executable, Path(__file__).with_name("bench_way.py"), asked], stdout=subprocess.PIPE, text=True, env=env)
    if child.returncode != 0:
        print(f"{name} {way}: failed", file=sys.stderr)
        return None
    row = {"shape": name, "way": way, **json.loads(child.stdout.splitlines()[-1])}
    print(f"{name} {way}: {row['tokensPerSecond']:.0f} tokens/s, {row['peakBytes'] / 1e9:.2f} GB, MFU {row['mfu'] or 'not known here'}", file=sys.stderr)
    return row


def ratios(rows):
    """Tokens a second and peak memory of ours packed, over each other way's on the same shape."""
    of = {(row["shape"], row["way"]): row for row in rows}
    for (shape, way), row in of.items():
        ours_packed = of.get((shape, "packed"))
        if ours_packed and way != "packed":
            faster, memory = (round(ours_packed[key] / row[key], 3) for key in ("tokensPerSecond", "peakBytes"))
            print(f"{shape} packed over {way}: {faster:.2f} × the speed, {memory:.2f} × the memory", file=sys.stderr)
            yield {"shape": shape, "over": way, "speed": faster, "memory": memory}


def main():
    parser = argparse.ArgumentParser(description="The torch trainer against transformers' Trainer.")
    parser.add_argument("--shapes", default="1B,3B,8B", help=f"of {', '.join(SHAPES)}")
    parser.add_argument("--steps", type=int, default=10, help="timed steps, after one that warms up; 1 at least")
    parser.add_argument("--longest", type=int, default=2048, help="tokens of a row at most")
    parser.add_argument("--rows-at-once", type=int, default=4, choices=(1, 2, 4, 8, 16), help="the plain loop's batch; it makes up the step's 16 rows by accumulation")
    parser.add_argument("--tokens", type=int, help="ours: tokens at once; left out, the trainer's own choice")
    parser.add_argument("--ways", default=",".join(WAYS))
    options = vars(parser.parse_args())
    shapes, ways = options.pop("shapes").split(","), options.pop("ways").split(",")
    for given, known in ((shapes, SHAPES), (ways, WAYS)):
        if unknown := set(given) - set(known):
            parser.error(f"{', '.join(sorted(unknown))}: expected some of {', '.join(known)}")
    asked = [(name, way) for name in shapes for way in ways]
    rows = [row for name, way in asked if (row := measure(name, way, options))]
    print(json.dumps({"bench": "torch", "rows": rows, "ratios": list(ratios(rows))}))
    sys.exit(0 if len(rows) == len(asked) else 1)


if __name__ == "__main__":
    main()
