"""The base model: its folder is checked before torch is loaded, then opened as transformers opens it, or in 4 or 8 bits."""

import hashlib
import json
import os
from pathlib import Path

from failure import Refused, is_out_of_memory
from run_folder import js_number

SINGLE, INDEX, SIDECAR = "model.safetensors", "model.safetensors.index.json", ".fingerprint.json"


def read_config(folder):
    if not folder.is_dir():
        raise Refused("model.folderMissing", folder=str(folder))
    return read_json(folder / "config.json")


def read_json(path):
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Refused("model.fileMissing", file=path.name, folder=str(path.parent)) from error
    except ValueError as error:
        raise Refused("model.jsonDamaged", file=path.name, folder=str(path.parent)) from error


def check_fingerprint(folder, expected):
    """Raises Refused where the weights are not those that the run was prepared for."""
    found = fingerprint(folder)
    if found != expected:
        raise Refused("trainer.otherBase", expected=expected[:12], found=found[:12], folder=str(folder))


def fingerprint(folder):
    """src/model/fingerprint.ts: sha256 of the weights' file, or of the sums of several; taken from the file beside them where that is fresh."""
    names = [SINGLE]
    if not (folder / SINGLE).exists() and (folder / INDEX).exists():
        names = sorted(set(read_json(folder / INDEX)["weight_map"].values()))
    files = [folder / name for name in names]
    for file in files:
        if not file.exists():
            raise Refused("model.fileMissing", file=file.name, folder=str(folder))
    kept = kept_fingerprint(folder / SIDECAR, files)
    if kept:
        return kept
    sums = [sha256_of(file) for file in files]
    return sums[0] if len(sums) == 1 else hashlib.sha256("\n".join(sums).encode()).hexdigest()


def kept_fingerprint(sidecar, files):
    times = [(stat.st_size, stat.st_mtime_ns) for stat in map(os.stat, files)]
    # fs.Stats.mtimeMs of Node: seconds and nanoseconds added up as floats.
    key = " ".join(f"{size}@{js_number(float(ns // 10**9) * 1e3 + ns % 10**9 / 1e6)}" for size, ns in times)
    try:
        kept = json.loads(sidecar.read_text("utf-8"))
        return kept["sha256"] if kept["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def sha256_of(file):
    with open(file, "rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def open_base(folder, options, device):
    """The model on its device, frozen by whoever adapts it. Raises Refused where a tensor is missing, damaged or of another shape."""
    import torch
    from transformers import AutoModelForCausalLM, BitsAndBytesConfig
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()

    gpu = device.type == "cuda"
    dtype = {"f32": torch.float32, "bf16": torch.bfloat16}[options.get("dtype", "bf16" if gpu and torch.cuda.is_bf16_supported() else "f32")]
    quantized = {
        # Dettmers et al., 2023: NormalFloat with the scales quantised again; products in the type of the rest of the model.
        "4bit": dict(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True, bnb_4bit_compute_dtype=dtype),
        "8bit": dict(load_in_8bit=True),
        None: None,
    }[options.get("quantize")]
    try:
        model, loaded = AutoModelForCausalLM.from_pretrained(
            folder,
            dtype=dtype,
            attn_implementation=options.get("attention", "sdpa"),
            quantization_config=quantized and BitsAndBytesConfig(**quantized),
            device_map={"": str(device)},
            local_files_only=True,
            output_loading_info=True,
        )
    except Exception as error:
        if is_out_of_memory(error):
            raise
        message = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        raise Refused("torch.baseBroken", folder=str(folder), message=message) from error
    # transformers makes numbers up for a tensor that it does not find, and only warns.
    wrong = sorted(loaded["missing_keys"]) + sorted(str(key) for key in loaded["mismatched_keys"])
    if wrong:
        raise Refused("torch.baseTensor", folder=str(folder), tensor=wrong[0])
    return model


def base_name(folder):
    return Path(os.path.realpath(folder)).name
