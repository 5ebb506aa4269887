"""The adapter: LoRA matrices of PEFT that are views into one flat array, in the order of src/model/lora.ts; optimizer and checkpoints see that alone."""

import json
import math
import os
import shutil

import torch
from peft import LoraConfig, get_peft_model
from peft.tuners.tuners_utils import BaseTunerLayer
from safetensors.numpy import save
from trl.trainer.utils import add_fused_lm_head

from base import base_name
from order import random_numbers, subseed
from run_folder import LINEAR_LAYERS


class Adapter:
    """`model` speaks with `flat`, whose gradient is `flat.grad`; `names`: (PEFT's name, shape, place in `flat`) of each matrix."""

    def __init__(self, model, names, flat):
        self.model, self.names, self.flat = model, names, flat


def add_adapter(base, settings, device):
    """A new adapter, started as the builtin trainer starts it (worker/builtin/initial.ts): the same seed gives the same one."""
    add_fused_lm_head(base)  # scores the answers' tokens only, in tiles: the full logits are never there
    targets = [name for name in LINEAR_LAYERS if name in settings["targets"]]
    lora = LoraConfig(r=settings["rank"], lora_alpha=settings["alpha"], target_modules=targets, lora_dropout=0.0, bias="none", task_type="CAUSAL_LM")
    model = get_peft_model(base, lora)
    for module in model.modules():
        if isinstance(module, BaseTunerLayer):
            # Beside a base in bf16 autocast takes the adapter there, too. PEFT would copy every input into float32 for it, keep the copy for the
            # backward pass, a sixth of all that is kept, and have autocast turn it back into the same numbers.
            module.cast_input_dtype_enabled = False
    parameters = dict(model.named_parameters())
    names, end = [], 0
    for block in range(base.config.num_hidden_layers):
        for layer in targets:
            path = f"base_model.model.model.layers.{block}.{'mlp' if layer in LINEAR_LAYERS[4:] else 'self_attn'}.{layer}"
            for part in ("lora_A", "lora_B"):
                shape = parameters[f"{path}.{part}.default.weight"].shape
                names.append((f"{path}.{part}", tuple(shape), slice(end, end := end + shape.numel())))

    start = torch.zeros(end)
    drawn = 0
    numbers = random_numbers(subseed(settings["seed"], 0), sum(at.stop - at.start for name, _, at in names if name.endswith("lora_A")))
    for name, (_, columns), at in names:
        if name.endswith("lora_A"):
            count = at.stop - at.start
            start[at] = torch.from_numpy((2 * numbers[drawn : drawn + count] - 1) * (1 / math.sqrt(columns)))
            drawn += count

    flat = torch.nn.Parameter(start.to(device))
    flat.grad = torch.zeros_like(flat)
    for name, shape, at in names:
        matrix = parameters[f"{name}.default.weight"]
        matrix.data = flat.data[at].view(shape)
        matrix.grad = flat.grad[at].view(shape)
    if settings["checkpointing"]:
        model.gradient_checkpointing_enable({"use_reentrant": False})
        model.enable_input_require_grads()
    return Adapter(model, names, flat)


def write_adapter(folder, run, names, flat):
    """Writes the values `flat` (numpy, float32) in PEFT's layout, as src/model/adapter.ts does: all or nothing, readable by a server under another user."""
    fresh, old = (folder.with_name(f"{folder.name}.{what}-{os.getpid()}") for what in ("partial", "old"))
    for place in (fresh, old):
        shutil.rmtree(place, ignore_errors=True)
    fresh.mkdir(parents=True)
    tensors = {f"{name}.weight": flat[at].reshape(shape) for name, shape, at in names}
    (fresh / "adapter_model.safetensors").write_bytes(save(tensors, {"format": "pt"}))
    (fresh / "adapter_config.json").write_text(json.dumps(peft_config(run), indent=2) + "\n")
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def peft_config(run):
    settings = run["settings"]
    return {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": base_name(run["base"]),
        "inference_mode": True,
        "r": settings["rank"],
        "lora_alpha": settings["alpha"],
        "target_modules": [name for name in LINEAR_LAYERS if name in settings["targets"]],
        "lora_dropout": 0,
        "bias": "none",
        "fan_in_fan_out": False,
        "use_dora": False,
        "use_rslora": False,
        "modules_to_save": None,
        "apprentice": {"base_fingerprint": run["fingerprint"]},
    }
