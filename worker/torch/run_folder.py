"""RUN_DIR: run.json says how to train, rows.jsonl on what. Both are checked before torch is loaded, so a refusal comes at once."""

import hashlib
import json
import math
from decimal import Decimal
from pathlib import Path

from failure import Refused

LINEAR_LAYERS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def is_int(value):
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value):
    return is_int(value) or (isinstance(value, float) and math.isfinite(value))


def one_of(*choices):
    return f"must be one of {', '.join(choices)}", lambda value: value in choices


COUNT = "must be a whole number above 0", lambda value: is_int(value) and value > 0
WHOLE = "must be a whole number", is_int
POSITIVE = "must be a number above 0", lambda value: is_number(value) and value > 0
SHARE = "must be between 0 and 1", lambda value: is_number(value) and 0 <= value <= 1
NOT_NEGATIVE = "must be 0 or more", lambda value: is_number(value) and value >= 0
YES_NO = "must be true or false", lambda value: isinstance(value, bool)
TEXT = "must be text", lambda value: isinstance(value, str)
LAYERS = "must name linear layers", lambda value: isinstance(value, list) and value != [] and all(name in LINEAR_LAYERS for name in value)

# Entry → (what it must be, check), in the order of the builtin trainer: the run's name depends on it.
SETTINGS = {
    "epochs": COUNT,
    "batch": COUNT,
    "learningRate": POSITIVE,
    "warmup": SHARE,
    "finalRate": SHARE,
    "weightDecay": NOT_NEGATIVE,
    "clip": POSITIVE,
    "rank": COUNT,
    "alpha": POSITIVE,
    "targets": LAYERS,
    "seed": WHOLE,
    "checkpointing": YES_NO,
}
RUN = {"base": TEXT, "fingerprint": TEXT, "out": TEXT, "checkpointEvery": COUNT, "threads": COUNT}
# run.json's `torch`, every entry optional. quantize: the base in 4 or 8 bits. dtype: the base otherwise (default: bf16 on a GPU, f32 on a
# CPU). packing: rows of a step one after the other without padding (default: on a GPU). tokens: at most so many at once a process.
# beta: how closely DPO stays with the base.
TORCH = {
    "quantize": one_of("4bit", "8bit"),
    "dtype": one_of("f32", "bf16"),
    "attention": one_of("sdpa", "eager", "flash_attention_2"),
    "packing": YES_NO,
    "tokens": COUNT,
    "beta": POSITIVE,
}
# These change the curve, so a checkpoint made with others is of another run.
CURVE = ["quantize", "dtype", "beta"]


def read_run(folder):
    """run.json as a dict; `settings` and `torch` have only the entries that are known. Raises Refused with the first entry that is wrong."""
    try:
        run = json.loads((folder / "run.json").read_text("utf-8"))
    except FileNotFoundError as error:
        raise Refused("trainer.noRun", folder=str(folder)) from error
    except ValueError as error:
        raise Refused("trainer.badRun", entry="run.json", problem="no JSON") from error
    if not isinstance(run, dict):
        raise Refused("trainer.badRun", entry="run.json", problem="must be an object")
    settings = checked(run.get("settings"), SETTINGS, "settings.")
    torch = checked(run.get("torch", {}), TORCH, "torch.", optional=True)
    resume = run.get("resume")
    return checked(run, RUN, "") | {"settings": settings, "torch": torch, "resume": resume if isinstance(resume, str) else None}


def checked(values, rules, prefix, optional=False):
    if not isinstance(values, dict):
        raise Refused("trainer.badRun", entry=prefix.rstrip("."), problem="must be an object")
    for name, (expected, is_right) in rules.items():
        if not (optional and name not in values) and not is_right(values.get(name)):
            raise Refused("trainer.badRun", entry=prefix + name, problem=expected)
    return {name: values[name] for name in rules if name in values}


def read_rows(folder):
    """The rows, each with its `line`, and the bytes that they were read from. Raises Refused for lines that are no rows."""
    try:
        text = (folder / "rows.jsonl").read_bytes()
    except FileNotFoundError as error:
        raise Refused("trainer.noRows", folder=str(folder)) from error
    rows = [row_of(line, number) for number, line in enumerate(filter(bytes.strip, text.split(b"\n")), 1)]
    refuse("trainer.rowsUnreadable", [number for number, row in enumerate(rows, 1) if row is None])
    if all(row["part"] == "heldout" for row in rows):
        raise Refused("trainer.noTrainingRows", folder=str(folder))
    return rows, text


def row_of(line, number):
    def is_ids(value):
        return isinstance(value, list) and all(is_int(token) and token >= 0 for token in value)

    try:
        row = json.loads(line)
        right = is_ids(row["ids"]) and is_int(row["answer"]) and row["answer"] > 0 and row["part"] in ("train", "heldout", "replay")
        right = right and ("rejected" not in row or is_ids(row["rejected"]))
    except (ValueError, KeyError, TypeError):
        return None
    return {**row, "line": number} if right else None


def check_rows(rows, config):
    """Raises Refused for rows that this model cannot be trained on."""
    limit, vocab = config.get("max_position_embeddings") or math.inf, config["vocab_size"]
    parts = [(row, row["ids"] + row.get("rejected", [])) for row in rows]
    lines = lambda is_bad: [row["line"] for row, ids in parts if is_bad(row, ids)]
    refuse("trainer.rowsWithoutAnswer", lines(lambda row, _: row["answer"] >= len(row["ids"]) or row.get("rejected") == []))
    longest = lambda row: max(len(row["ids"]), row["answer"] + len(row.get("rejected", [])))
    refuse("trainer.rowsTooLong", lines(lambda row, _: longest(row) > limit), limit=limit)
    refuse("trainer.rowsForeignTokens", lines(lambda _, ids: max(ids) >= vocab), vocab=vocab)
    if any("rejected" in row for row in rows):
        refuse("torch.rowsWithoutRejected", lines(lambda row, _: "rejected" not in row))


def refuse(code, lines, **values):
    if lines:
        raise Refused(code, lines, **values)


def run_name(run, text):
    """Names a run by all that decides its curve; the builtin trainer's name, as long as nothing is asked for that it cannot do."""
    digest = hashlib.sha256(js_json({"settings": run["settings"], "fingerprint": run["fingerprint"]}).encode())
    curve = {name: run["torch"][name] for name in CURVE if name in run["torch"]}
    if curve:
        digest.update(js_json(curve).encode())
    digest.update(text)
    return digest.hexdigest()


def js_json(value):
    """JSON.stringify of JavaScript, whose numbers are written in another way than Python's."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{js_json(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(js_json, value)) + "]"
    return js_number(value) if is_number(value) else json.dumps(value, ensure_ascii=False)


def js_number(value):
    """Number.prototype.toString: the same shortest digits as repr, but a fraction down to 1e-6 and whole numbers up to 1e21 in full."""
    if value == 0 or 1e-6 <= abs(value) < 1e21:
        text = format(Decimal(repr(value)), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa, _, exponent = repr(float(value)).partition("e")
    return f"{mantissa.removesuffix('.0')}e{int(exponent):+d}"
