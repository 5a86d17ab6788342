"""Training: a text is nearer to its paraphrase than to anything else of the batch."""

from __future__ import annotations

import json
import random
import time

import torch
import torch.nn.functional as F

from .characters import Characters
from .model import Encoder
from .pairs import Pairs
from .settings import Settings

LONGEST = 64


def fit(settings: Settings, report_every: int = 250) -> None:
    """Trains from the beginning and writes `encoder.pt`."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(1)
    r = random.Random(settings.seed)
    characters, pairs = Characters(), Pairs()
    beginnings = characters.beginnings(settings.shape.hidden_size, settings.seed)
    encoder = Encoder(settings.shape, len(characters.names), beginnings).train()
    optimiser = torch.optim.AdamW(encoder.parameters(), settings.peak_rate, weight_decay=0.01)
    started, lost = time.process_time(), 0.0
    for step in range(settings.steps):
        for group in optimiser.param_groups:
            group["lr"] = _rate(settings, step)
        loss = _loss(encoder, characters, pairs.batch(settings.batch, r), settings.temperature)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimiser.step()
        lost += loss.item()
        if (step + 1) % report_every == 0:
            minutes = (time.process_time() - started) / 60
            print(
                json.dumps(
                    {"step": step + 1, "loss": round(lost / report_every, 3), "core_minutes": round(minutes, 1)}
                ),
                flush=True,
            )
            lost = 0.0
            settings.work.mkdir(parents=True, exist_ok=True)
            torch.save(encoder.state_dict(), settings.work / "encoder.pt")
    torch.save(encoder.state_dict(), settings.work / "encoder.pt")


def _rate(settings: Settings, step: int) -> float:
    return settings.peak_rate * min(1.0, (step + 1) / settings.warm_up) * max(0.02, 1 - step / settings.steps)


def _loss(
    encoder: Encoder, characters: Characters, triples: list[tuple[str, str, str]], temperature: float
) -> torch.Tensor:
    texts = [triple[part] for part in range(3) for triple in triples]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        rows = encoder(characters.encode(texts, LONGEST))
    anchors, paraphrases, wrong = rows.float().chunk(3)
    right = torch.arange(len(triples))
    forth = anchors @ torch.cat([paraphrases, wrong]).T / temperature
    back = paraphrases @ anchors.T / temperature
    return F.cross_entropy(forth, right) + 0.5 * F.cross_entropy(back, right)
