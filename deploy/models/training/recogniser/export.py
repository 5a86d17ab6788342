"""Stage `export`: the folder that the engine loads."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from .decode import Search
from .model import Recogniser
from .settings import RATE, Settings, Shape

MODEL_TYPE = "sluice-ctc"
MOST_BYTES = 8_000_000
LONGEST_SEGMENT = 10.0  # seconds: no longer clip is trained on
COMMA_PAUSE = 40  # milliseconds; espeak-ng's voices pause longer at a comma unless they speak very fast


def config(shape: Shape, units: int, visits: int) -> dict[str, object]:
    """config.json without the confidence, which `evaluate` adds."""
    return {
        "model_type": MODEL_TYPE,
        "format_version": 1,
        "language": "zh",
        **asdict(shape),
        "activation_function": "gelu",
        "layer_norm_eps": 1e-5,
        "vocab_size": units,
        "blank_id": 0,
        "sampling_rate": RATE,
        "n_fft": 400,
        "hop_length": 160,
        "frames_multiple": 2,
        "max_segment_seconds": LONGEST_SEGMENT,
        "pad_before_ms": 100,
        "pad_after_ms": 300,
        "comma_pause_ms": COMMA_PAUSE,
        "search": asdict(Search()),
        "dtype": "float16",
        "training_visits": visits,
    }


def export(settings: Settings) -> None:
    """Write `model.safetensors` (averaged weights, half precision), `units.json` and `config.json`."""
    state = torch.load(settings.checkpoint, weights_only=True)
    folder = settings.model
    folder.mkdir(parents=True, exist_ok=True)
    half = {name: value.half().contiguous() for name, value in state["average"].items()}
    save_file(half, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)
    size = (folder / "model.safetensors").stat().st_size
    if size > MOST_BYTES:
        raise ValueError(f"model.safetensors has {size} bytes, more than {MOST_BYTES}")
    write_json(folder / "units.json", state["units"])
    path = folder / "config.json"
    old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    fresh = config(Shape(**state["shape"]), len(state["units"]), state["visits"])
    if "confidence" in old:
        fresh["confidence"] = old["confidence"]
    write_json(path, fresh)


def write_json(path: Path, value: object) -> None:
    """Readable JSON with Chinese as it is."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_sums(folder: Path) -> None:
    """`SHA256SUMS` of the files that the engine reads; it refuses a folder that differs."""
    names = ("config.json", "language.bin", "lexicon.tsv", "model.safetensors", "units.json")
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def load(folder: Path) -> tuple[Recogniser, list[str], dict[str, object]]:
    """The exported network in f32, its units and its configuration."""
    settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    units = json.loads((folder / "units.json").read_text(encoding="utf-8"))
    shape = Shape(**{name: settings[name] for name in asdict(Shape())})
    net = Recogniser(shape, len(units)).eval()
    net.load_state_dict({name: value.float() for name, value in load_file(folder / "model.safetensors").items()})
    return net, units, settings
