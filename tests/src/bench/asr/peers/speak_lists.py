"""Speaks the fixed lists of the recipe once: `python speak_lists.py RECIPE FOLDER LIST...` writes `FOLDER/LIST.i16`, all clips
one after the other in 16 bits at 16 kHz, and `FOLDER/LIST.tsv`, with samples and spoken text of each."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np


def main(recipe: str, folder: Path, names: list[str]) -> None:
    sys.path.insert(0, recipe)
    from recogniser import lists, noise
    from recogniser.espeak import Espeak
    from recogniser.pinyin import plain

    folder.mkdir(parents=True, exist_ok=True)
    espeak = Espeak()
    for name in names:
        items = lists.read(name)
        clean = [espeak.say(item.pinyin, item.voice) for item in items]
        rows, waves = [], []
        for at, item in enumerate(items):
            wave = padded(clean[at])
            if item.noise:
                others = [clean[(at + k) % len(items)] for k in range(1, 5)]
                wave = noise.mixed(wave, noise.listed(item.noise, len(wave), item.noise_seed, others), item.snr_db)
            waves.append((np.clip(wave, -1, 1) * 32767).astype("<i2"))
            rows.append(f"{len(wave)}\t{plain(item.text)}\n")
        np.concatenate(waves).tofile(folder / f"{name}.i16")
        (folder / f"{name}.tsv").write_text("".join(rows), encoding="utf-8")


def padded(samples: np.ndarray) -> np.ndarray:
    """As lists/README.md says: 100 ms before, 300 ms behind, up to a multiple of 320 samples."""
    length = -(-(len(samples) + 6_400) // 320) * 320
    whole = np.zeros(length, np.float32)
    whole[1_600 : 1_600 + len(samples)] = samples
    return whole


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
