"""Stage `evaluate`: character error rates of the fixed lists, the confidence's calibration, the model card."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from . import confidence, lists, noise
from .card import write_card
from .decode import Decoder, Result, Search
from .espeak import Espeak
from .export import load, write_json, write_sums
from .lists import Item
from .mel import log_mel, padded
from .model import Recogniser
from .pinyin import plain
from .settings import Settings

DOUBTFUL = 0.5  # confidence below which a segment must not be scored


@dataclass
class Heard:
    """One sentence of a list after recognition."""

    item: Item
    truth: str
    result: Result
    errors: int
    features: list[float]


def edits(truth: str, heard: str) -> int:
    """Levenshtein distance."""
    row = list(range(len(heard) + 1))
    for i, a in enumerate(truth, start=1):
        corner, row[0] = row[0], i
        for j, b in enumerate(heard, start=1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (a != b))
    return row[-1]


def recordings(items: list[Item], espeak: Espeak) -> list[np.ndarray]:
    """The audio of a list's rows, with silence around and the noise that the row names."""
    clean = [espeak.say(item.pinyin, item.voice) for item in items]
    made = []
    for at, item in enumerate(items):
        whole = padded(clean[at])
        if item.noise:
            others = [clean[(at + k) % len(items)] for k in range(1, 5)]
            whole = noise.mixed(whole, noise.listed(item.noise, len(whole), item.noise_seed, others), item.snr_db)
            whole = np.clip(whole, -1, 1)
        made.append(whole)
    return made


def cached_recordings(settings: Settings, name: str) -> list[np.ndarray]:
    """As `recordings`, spoken once; the file's name carries the list's fingerprint."""
    fingerprint = hashlib.sha256((lists.LISTS / f"{name}.tsv").read_bytes()).hexdigest()[:12]
    path = settings.work / "lists" / f"{name}-{fingerprint}.npz"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = recordings(lists.read(name), Espeak())
        np.savez(path, **{f"{i:04}": (wave * 32767).astype(np.int16) for i, wave in enumerate(made)})
    with np.load(path) as kept:
        return [kept[key].astype(np.float32) / 32768 for key in sorted(kept.files)]


@torch.inference_mode()
def unit_logs(net: Recogniser, wave: np.ndarray) -> np.ndarray:
    """(frames, units) natural log-probabilities of one recording."""
    return net(log_mel(torch.from_numpy(wave)[None]))[-1][0].log_softmax(-1).numpy()


def hear(settings: Settings, name: str, net: Recogniser, decoder: Decoder, most: int | None) -> list[Heard]:
    """Recognise a list."""
    heard = []
    for item, wave in list(zip(lists.read(name), cached_recordings(settings, name), strict=True))[:most]:
        logs = unit_logs(net, wave)
        result, truth = decoder.decode(logs), plain(item.text)
        row = confidence.features(logs, result)
        heard.append(Heard(item, truth, result, edits(truth, result.text), row))
    return heard


def error_rate(heard: list[Heard]) -> float:
    """Character errors of all sentences over all their characters."""
    return sum(h.errors for h in heard) / sum(len(h.truth) for h in heard)


def _right(heard: list[Heard]) -> list[bool]:
    return [h.errors <= confidence.GOOD * len(h.truth) for h in heard]


def _calibrate(folder: Path, dev: list[Heard]) -> dict[str, object]:
    """Fit on the odd sentences of the dev list, measure on the even ones, write into config.json."""
    rows, good = [h.features for h in dev], _right(dev)
    calibration = confidence.fit(rows[::2], good[::2])
    predicted = [confidence.probability(calibration, row) for row in rows[1::2]]
    calibration |= {"doubtful_below": DOUBTFUL, "means_cer_up_to": confidence.GOOD}
    calibration["calibration_error"] = round(confidence.calibration_error(predicted, good[1::2]), 4)
    path = folder / "config.json"
    write_json(path, json.loads(path.read_text(encoding="utf-8")) | {"confidence": calibration})
    return calibration


def evaluate(settings: Settings, sentences: int | None) -> None:
    """Measure everything and write `figures.json` and `model_card.md` beside the model."""
    folder, started = settings.model, time.monotonic()
    net, units, config = load(folder)
    decoder = Decoder(folder, units, Search(**config["search"]))
    heard = {name: hear(settings, name, net, decoder, sentences) for name in (*lists.TESTS, lists.DEV)}
    calibration = _calibrate(folder, heard[lists.DEV])
    figures = {f"cer-{name}": round(error_rate(heard[name]), 4) for name in lists.TESTS}
    for name in lists.TESTS:
        predicted = [confidence.probability(calibration, h.features) for h in heard[name]]
        doubtful = np.array(predicted) < DOUBTFUL
        figures[f"doubtful-{name}"] = round(float(doubtful.mean()), 4)
        sure = [h for h, unsure in zip(heard[name], doubtful, strict=True) if not unsure]
        figures[f"cer-sure-{name}"] = round(error_rate(sure), 4) if sure else None
        for h in sorted(heard[name], key=lambda h: -h.errors)[:4]:
            print(f"  {name} {h.errors:2} {h.truth} -> {h.result.text}")
    figures |= {"visits": config["training_visits"], "calibration_error": calibration["calibration_error"]}
    write_json(folder / "figures.json", figures)
    write_card(folder, figures)
    write_sums(folder)
    print(f"evaluate: {json.dumps(figures)} in {time.monotonic() - started:.0f} s", flush=True)
