"""Loss and gradient of a step's rows: split to fit the memory, shared among the processes; neither changes the result."""

import gc

import torch
import torch.nn.functional as F
from trl.trainer.dpo_trainer import DataCollatorForPreference
from trl.trainer.sft_trainer import DataCollatorForLanguageModeling

from failure import is_out_of_memory
from group import RANK, WORLD, all_agree, sum_over
from order import length, micro_batches, share

IGNORED = -100
# Tokens that one process puts through the model at once, unless run.json says otherwise.
TOKENS_AT_ONCE = {"cpu": 768, "cuda": 8192}
BETA = 0.1


class Learner:
    """`gradient(rows)` leaves the gradient in `adapter.flat.grad`. Rows with `rejected` are pairs: direct preference optimisation."""

    def __init__(self, adapter, options, device):
        self.adapter, self.device = adapter, device
        # For held-out rows too: without dropout no layer does otherwise there, and bitsandbytes would repack a base in 4 bits on a CPU.
        adapter.model.train()
        self.in_bf16 = adapter.model.get_base_model().dtype == torch.bfloat16  # the adapter itself stays in float32
        self.beta = options.get("beta", BETA)
        self.packed = options.get("packing", device.type == "cuda")
        self.budget = options.get("tokens", TOKENS_AT_ONCE[device.type])
        self.rows_together = DataCollatorForLanguageModeling(pad_token_id=0, padding_free=self.packed)
        self.pairs_together = DataCollatorForPreference(pad_token_id=0)

    def gradient(self, rows):
        """The loss of the rows: the mean over all their answers' tokens, or over pairs."""
        total = sum(map(weight, rows))
        while True:
            self.adapter.flat.grad.zero_()
            try:
                loss = torch.zeros((), dtype=torch.float64, device=self.device)
                for part in micro_batches(share(rows, RANK, WORLD), self.budget, self.packed):
                    part_loss = self._loss(part) / total
                    part_loss.backward()
                    loss += part_loss.detach()
                break
            except Exception as error:
                if not is_out_of_memory(error) or not self._shrink(rows):
                    raise
        sum_over(self.adapter.flat.grad)
        return sum_over(loss).item()

    def loss(self, rows, may_go_on):
        """The same without a gradient; None if the owner wanted to leave meanwhile."""
        parts = [micro_batches(share(rows, rank, WORLD), self.budget, self.packed) for rank in range(WORLD)]
        loss = torch.zeros((), dtype=torch.float64, device=self.device)
        for i in range(max(map(len, parts))):  # all processes ask the owner equally often
            if not all_agree(may_go_on()):
                return None
            if i < len(parts[RANK]):
                with torch.no_grad():
                    loss += self._loss(parts[RANK][i])
        return sum_over(loss).item() / sum(map(weight, rows))

    def _shrink(self, rows):
        """Half as many tokens at once from now on. Several processes would have to agree on it in the middle of a step: they do not try."""
        if WORLD > 1 or self.budget <= max(map(length, rows)):
            return False
        self.budget = min(self.budget, sum(map(length, rows))) // 2
        gc.collect()
        if self.device.type == "cuda":
            torch.cuda.empty_cache()
        return True

    def _loss(self, rows):
        """The sum over the rows' weights."""
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.in_bf16):
            return self._preference(rows) if "rejected" in rows[0] else -self._log_probs(self._together(rows)).double().sum()

    def _together(self, rows):
        return self.rows_together(
            [{"input_ids": row["ids"], "labels": [IGNORED] * row["answer"] + row["ids"][row["answer"] :]} for row in rows]
        )

    def _log_probs(self, batch):
        on_device = {name: value.to(self.device) if isinstance(value, torch.Tensor) else value for name, value in batch.items()}
        return self.adapter.model(**on_device, fused_lm_head=True).log_probs

    def _preference(self, rows):
        """Rafailov et al., 2023, equation 7; the reference is the base, without the adapter."""
        batch = self.pairs_together(
            [{"prompt_ids": row["ids"][: row["answer"]], "chosen_ids": row["ids"][row["answer"] :], "rejected_ids": row["rejected"]} for row in rows]
        )
        answer = batch.pop("completion_mask")
        batch["labels"] = batch["input_ids"].masked_fill(answer == 0, IGNORED)
        tuned = self._log_probs(batch).double().sum(1)
        with torch.no_grad(), self.adapter.model.disable_adapter():
            base = self._log_probs(batch).double().sum(1)
        chosen, rejected = (tuned - base).chunk(2)
        return -F.logsigmoid(self.beta * (chosen - rejected)).sum()


def weight(row):
    """What a row counts in a mean: tokens of its answer, or one pair."""
    return 1 if "rejected" in row else len(row["ids"]) - row["answer"]
