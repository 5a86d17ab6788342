"""Sizes and seeds of the recipe: one place, written into the model card."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTS = ROOT / "lists"
RATE = 16_000


@dataclass(frozen=True)
class Shape:
    """Form of the encoder, in the words of a Whisper configuration."""

    d_model: int = 256
    encoder_layers: int = 5
    encoder_attention_heads: int = 4
    encoder_ffn_dim: int = 768
    num_mel_bins: int = 80
    max_source_positions: int = 1000


@dataclass(frozen=True)
class Settings:
    """Everything that a run depends on."""

    work: Path
    seed: int = 20_261
    clips: int = 80_000
    clips_in_shard: int = 2_000
    random_words: float = 0.58
    language_model_sentences: int = 400_000
    syntax_sentences: int = 300_000
    talk_sentences: int = 400_000
    visits: int = 1_600_000
    cooldown: float = 0.2
    peak_rate: float = 8e-4
    shape: Shape = field(default_factory=Shape)

    @property
    def text(self) -> Path:
        """Folder of the training text."""
        return self.work / "text"

    @property
    def audio(self) -> Path:
        """Folder of the synthesised shards."""
        return self.work / "audio"

    @property
    def model(self) -> Path:
        """Folder that the export writes."""
        return self.work / "export"

    @property
    def checkpoint(self) -> Path:
        """The newest training state."""
        return self.work / "checkpoint.pt"
