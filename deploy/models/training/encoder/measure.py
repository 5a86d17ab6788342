"""What the encoder adds to character n-grams: which key points of a talk track an answer covers.

The share of the encoder in the blend is chosen on the development answers. The held-out answers are measured once, with
that share.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
import yaml

from .characters import Characters, normal
from .fit import LONGEST
from .model import Encoder
from .settings import SCORING, Settings

SHARES = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1.0]
WINDOW = 4  # clauses
CLAUSES = re.compile(r"[，。！？；,.!?;]+")
PLAIN = ("good", "partial", "off-topic")


@dataclass(frozen=True)
class Case:
    """An answer and a key point: does it cover it?"""

    kind: str
    wordings: tuple[str, ...]
    windows: tuple[str, ...]
    covered: bool


def read_cases(which: str, scoring: Path = SCORING) -> list[Case]:
    """All pairs of an answer and a key point of its track."""
    tracks = yaml.safe_load((scoring / "library.yaml").read_text(encoding="utf-8"))
    points = {track["track"]: track["must"] | track.get("nice", {}) for track in tracks}
    answers = yaml.safe_load((scoring / f"answers.{which}.yaml").read_text(encoding="utf-8"))
    return [
        Case(answer["kind"], tuple(map(str, wordings)), windows(answer["says"]), name in answer["covers"].split())
        for track, said in answers.items()
        for answer in said
        for name, wordings in points[track].items()
    ]


def windows(text: str) -> tuple[str, ...]:
    """Runs of up to four clauses of what the rep says."""
    turns = [turn.strip() for turn in text.split(" | ")]
    clauses = [c for turn in turns if not turn.startswith("客：") for c in CLAUSES.split(turn) if c.strip()]
    spans = [(i, j) for i in range(len(clauses)) for j in range(i + 1, min(i + WINDOW, len(clauses)) + 1)]
    return tuple("，".join(clauses[i:j]) for i, j in spans) or ("",)


class Grams:
    """Cosine of characters and their pairs, weighted by how rare they are in the library."""

    def __init__(self, documents: list[str]) -> None:
        seen = Counter(gram for document in documents for gram in set(self._grams(document)))
        self.count, self.seen = len(documents), seen
        self.vector = lru_cache(maxsize=None)(self._vector)

    @staticmethod
    def _grams(text: str) -> list[str]:
        plain = "".join(c for c in normal(text) if c.isalnum())
        return [*plain, *(plain[i : i + 2] for i in range(len(plain) - 1))]

    def _vector(self, text: str) -> dict[str, float]:
        """Unit vector of a text."""
        counts = Counter(self._grams(text))
        weighted = {
            g: (1 + math.log(n)) * math.log((1 + self.count) / (1 + self.seen[g]) + 1) for g, n in counts.items()
        }
        length = math.sqrt(sum(value * value for value in weighted.values())) or 1.0
        return {gram: value / length for gram, value in weighted.items()}

    def similarities(self, wordings: tuple[str, ...], texts: tuple[str, ...]) -> np.ndarray:
        """One row for each wording, one column for each text."""
        rows, columns = [self.vector(w) for w in wordings], [self.vector(t) for t in texts]
        return np.array([[sum(v * column.get(g, 0.0) for g, v in row.items()) for column in columns] for row in rows])


class Semantics:
    """Cosine of the encoder's vectors."""

    def __init__(self, settings: Settings) -> None:
        self.characters = Characters()
        names, width = len(self.characters.names), settings.shape.hidden_size
        self.encoder = Encoder(settings.shape, names, torch.zeros(names, width)).eval()
        self.encoder.load_state_dict(torch.load(settings.work / "encoder.pt"))

    @torch.inference_mode()
    def similarities(self, wordings: tuple[str, ...], texts: tuple[str, ...]) -> np.ndarray:
        """One row for each wording, one column for each text."""
        vectors = self.encoder(self.characters.encode([*wordings, *texts], LONGEST))
        return (vectors[: len(wordings)] @ vectors[len(wordings) :].T).numpy()


def area(scores: np.ndarray, covered: np.ndarray) -> float:
    """Area under the curve: how often a covered point scores above one that is not."""
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    for value in np.unique(scores):
        ranks[scores == value] = ranks[scores == value].mean()
    positive = covered.sum()
    return float((ranks[covered].sum() - positive * (positive + 1) / 2) / (positive * (len(scores) - positive)))


def best_threshold(scores: np.ndarray, covered: np.ndarray) -> float:
    """The threshold of the highest F1."""
    return float(max(np.unique(scores), key=lambda threshold: f1(scores, covered, threshold)))


def f1(scores: np.ndarray, covered: np.ndarray, threshold: float) -> float:
    """Harmonic mean of precision and recall."""
    found = scores >= threshold
    right = (found & covered).sum()
    return float(2 * right / (found.sum() + covered.sum()))


def _grid(cases: list[Case], grams: Grams, semantics: Semantics) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(grams.similarities(c.wordings, c.windows), semantics.similarities(c.wordings, c.windows)) for c in cases]


def _blend(grid: list[tuple[np.ndarray, np.ndarray]], share: float) -> np.ndarray:
    return np.array([float(((1 - share) * letters + share * sense).max()) for letters, sense in grid])


def measure(settings: Settings, which: tuple[str, ...] = ("development", "held-out")) -> dict[str, object]:
    """Writes `figures.json`: area and F1 by share on the development answers, then once on the held-out ones."""
    semantics = Semantics(settings)
    tracks = yaml.safe_load((SCORING / "library.yaml").read_text(encoding="utf-8"))
    grams = Grams(
        [str(w) for track in tracks for part in ("must", "nice") for ws in track.get(part, {}).values() for w in ws]
    )
    figures: dict[str, object] = {}
    chosen: dict[float, float] = {}
    for name in which:
        cases = read_cases(name)
        grid = _grid(cases, grams, semantics)
        covered = np.array([case.covered for case in cases])
        plain = np.array([case.kind in PLAIN for case in cases])
        rows = {}
        for share in SHARES:
            scores = _blend(grid, share)
            if name == "development":
                chosen[share] = best_threshold(scores, covered)
            rows[str(share)] = {
                "area": round(area(scores, covered), 4),
                "area_plain": round(area(scores[plain], covered[plain]), 4),
                "f1": round(f1(scores, covered, chosen[share]), 4),
                "f1_plain": round(f1(scores[plain], covered[plain], chosen[share]), 4),
            }
        figures[name] = {"cases": len(cases), "covered": int(covered.sum()), "by_share": rows}
    (settings.work / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return figures
