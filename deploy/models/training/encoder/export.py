"""The folder that `libs/embedding` loads: BERT in 16-bit floats with a tokenizer over characters."""

from __future__ import annotations

import dataclasses
import hashlib
import json

import torch
from safetensors.torch import save_file

from .characters import Characters
from .fit import LONGEST
from .settings import Settings

SUMS = "SHA256SUMS"


def export(settings: Settings) -> None:
    """Writes `export/` from `encoder.pt`."""
    folder = settings.work / "export"
    (folder / "1_Pooling").mkdir(parents=True, exist_ok=True)
    characters = Characters()
    weights = torch.load(settings.work / "encoder.pt")
    save_file({name: value.half().contiguous() for name, value in weights.items()}, folder / "model.safetensors")
    shape = dataclasses.asdict(settings.shape)
    config = {"model_type": "bert", "vocab_size": len(characters.names), "type_vocab_size": 1, "hidden_act": "gelu"}
    config |= {"layer_norm_eps": 1e-12, "pad_token_id": 0, "dtype": "float16", **shape}
    files = {
        "config.json": config,
        "tokenizer.json": characters.tokenizer(),
        "sentence_bert_config.json": {"max_seq_length": LONGEST, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": settings.shape.hidden_size,
            "pooling_mode_mean_tokens": True,
        },
    }
    for name, value in files.items():
        (folder / name).write_text(json.dumps(value, ensure_ascii=False) + "\n", encoding="utf-8")
    _sums(settings)


def _sums(settings: Settings) -> None:
    folder = settings.work / "export"
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}\n" for path in files]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")
