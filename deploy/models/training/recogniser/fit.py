"""Stage `fit`: CTC training that can be stopped and taken up at any moment."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from dataclasses import asdict, astuple

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from .clips import Batch
from .feed import pools
from .inventory import load_units
from .model import Recogniser
from .settings import Settings

CHECKPOINT_EVERY = 300.0  # seconds
WARM_UP = 400  # steps
CPU_SECONDS, GPU_SECONDS = 80.0, 240.0  # of audio in a batch
AVERAGING = 0.999
MIDDLE_WEIGHT = 0.3
KEPT = ("visits", "steps", "pool", "cool_from")


def _optimisers(net: nn.Module) -> list[torch.optim.Optimizer]:
    """Muon for the matrices of the blocks, AdamW for everything else."""
    named = [(name, p) for name, p in net.named_parameters() if p.requires_grad]
    matrices = [p for name, p in named if ".layers." in name and p.ndim == 2]
    rest = [p for name, p in named if not (".layers." in name and p.ndim == 2)]
    muon = torch.optim.Muon(matrices, weight_decay=0.02, adjust_lr_fn="match_rms_adamw")
    adam = torch.optim.AdamW(rest, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    return [muon, adam]


def ctc(scores: Tensor, batch: Batch) -> Tensor:
    """CTC loss of (batch, frames, units) for each unit of the targets."""
    logs = scores.float().log_softmax(-1).transpose(0, 1)
    frames = torch.full((logs.shape[1],), logs.shape[0])
    return F.ctc_loss(logs, batch.targets, frames, batch.target_lengths, reduction="mean", zero_infinity=True)


class Training:
    """State of the training and its one step."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.units = settings, load_units(settings)
        torch.manual_seed(settings.seed)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.net = Recogniser(settings.shape, len(self.units)).to(self.device)
        self.optimisers = _optimisers(self.net)
        self.average = {name: p.detach().clone() for name, p in self.net.state_dict().items()}
        self.visits, self.steps, self.pool, self.cool_from = 0, 0, 0, 0
        self._resume()

    def _resume(self) -> None:
        if not self.settings.checkpoint.exists():
            return
        state = torch.load(self.settings.checkpoint, map_location=self.device, weights_only=True)
        self.net.load_state_dict(state["net"])
        self.average = state["average"]
        for optimiser, kept in zip(self.optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(kept)
        for name in KEPT:
            setattr(self, name, state[name])

    def save(self) -> None:
        """Write the checkpoint, replacing the old one at once."""
        state = {name: getattr(self, name) for name in KEPT} | {
            "net": self.net.state_dict(),
            "average": self.average,
            "optimisers": [optimiser.state_dict() for optimiser in self.optimisers],
            "units": self.units,
            "shape": asdict(self.settings.shape),
        }
        fresh = self.settings.checkpoint.with_suffix(".new")
        torch.save(state, fresh)
        fresh.replace(self.settings.checkpoint)

    def finished(self) -> bool:
        """Whether the learning rate has fallen to nothing."""
        return self.visits >= self._end()

    def _end(self) -> float:
        planned = self.settings.visits
        return self.cool_from * (1 + self.settings.cooldown) if self.cool_from else planned

    def rate(self) -> float:
        """Warm-up, a long plateau, then a straight fall over the last part."""
        end = self._end()
        fall = self.settings.cooldown * (self.cool_from or end)
        left = min(1.0, max(0.0, (end - self.visits) / fall))
        return self.settings.peak_rate * min(1.0, (self.steps + 1) / WARM_UP) * max(left, 0.01)

    def step(self, batch: Batch) -> tuple[float, float]:
        """One update; the loss of the last layer and the norm of the gradient."""
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["lr"] = self.rate()
        batch = Batch(*(part.to(self.device) for part in astuple(batch)))
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            middle, last = self.net(batch.mel, batch.starts)
        loss = ctc(last, batch)
        total = (1 - MIDDLE_WEIGHT) * loss + MIDDLE_WEIGHT * ctc(middle, batch)
        self.net.zero_grad(set_to_none=True)
        total.backward()
        norm = float(nn.utils.clip_grad_norm_(self.net.parameters(), 1.0))
        if math.isfinite(norm):
            for optimiser in self.optimisers:
                optimiser.step()
        self.steps += 1
        self.visits += len(batch.target_lengths)
        self._follow()
        return float(loss.detach()), norm

    @torch.no_grad()
    def _follow(self) -> None:
        share = min(AVERAGING, (1 + self.steps) / (20 + self.steps))
        for name, value in self.net.state_dict().items():
            self.average[name].lerp_(value, 1 - share)

    def run(self, batches: Iterable[Batch], until: float) -> list[tuple[float, float]]:
        """Train on one pool, or until the clock says stop."""
        done = []
        for batch in batches:
            done.append(self.step(batch))
            if self.finished() or time.monotonic() > until:
                break
        self.pool += 1
        return done


def _report(training: Training, done: list[tuple[float, float]]) -> None:
    losses, norms = zip(*done, strict=True)
    print(
        f"fit: {time.strftime('%H:%M:%S')} pool {training.pool} visits {training.visits} steps {training.steps} "
        f"loss {sum(losses) / len(done):.3f} norm {sum(norms) / len(done):.2f} rate {training.rate():.1e} "
        f"cpu {time.process_time():.0f} s",
        flush=True,
    )


def fit(settings: Settings, processes: int, cool_now: bool, minutes: float | None) -> None:
    """Train until the planned number of visits, or for so many minutes."""
    training = Training(settings)
    on_gpu = training.device.type == "cuda"
    torch.set_num_threads(1 if on_gpu else processes)
    if cool_now and not training.cool_from:
        training.cool_from = training.visits
    until = time.monotonic() + 60 * minutes if minutes else math.inf
    number = {unit: i for i, unit in enumerate(training.units)}
    source = pools(settings, number, training.pool, GPU_SECONDS if on_gpu else CPU_SECONDS, processes if on_gpu else 0)
    saved = time.monotonic()
    for _, batches in source:
        _report(training, training.run(batches, until))
        stop = training.finished() or time.monotonic() > until
        if stop or time.monotonic() - saved > CHECKPOINT_EVERY:
            training.save()
            saved = time.monotonic()
        if stop:
            break
    source.close()
