"""Sizes and seeds of the recipe."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
TEXT = HERE / "text"
SCORING = HERE.parents[3] / "services/ai-qa/testdata/scoring"


@dataclass(frozen=True)
class Shape:
    """Form of the encoder, in the words of a BERT configuration."""

    hidden_size: int = 160
    num_hidden_layers: int = 2
    num_attention_heads: int = 5
    intermediate_size: int = 480
    max_position_embeddings: int = 128


@dataclass(frozen=True)
class Settings:
    """Everything that a run depends on."""

    work: Path
    seed: int = 20_262
    steps: int = 1_000
    batch: int = 48
    peak_rate: float = 1e-3
    warm_up: int = 100
    temperature: float = 0.06
    shape: Shape = field(default_factory=Shape)
