"""What happens to a clean clip before training sees it: speed, room, line, noise, loudness."""

from __future__ import annotations

import numpy as np

from .noise import mixed
from .settings import RATE


def _speed(clip: np.ndarray, r: np.random.Generator) -> np.ndarray:
    step = r.uniform(0.88, 1.14)
    return np.interp(np.arange(0, len(clip) - 1, step), np.arange(len(clip)), clip).astype(np.float32)


def _room(r: np.random.Generator) -> np.ndarray:
    length = int(r.uniform(0.06, 0.5) * RATE)
    tail = r.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    tail[: r.integers(16, 80)] = 0
    tail *= r.uniform(0.1, 0.8) / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    return tail.astype(np.float32)


def _line(frequencies: np.ndarray, r: np.random.Generator) -> np.ndarray:
    """Magnitude of microphone and line: a tilt and a resonance, now and then the telephone band."""
    octave = np.log2(np.maximum(frequencies, 50) / 1000)
    decibel = r.uniform(-4, 4) * octave + r.uniform(-6, 6) * np.exp(-((octave - r.uniform(-2, 3)) ** 2))
    gain = 10 ** (np.clip(decibel, -24, 18) / 20)
    if r.random() < 0.2:
        low, high = r.uniform(150, 350), r.uniform(3100, 3900)
        gain = gain / (1 + (low / np.maximum(frequencies, 1)) ** 4) / (1 + (frequencies / high) ** 12)
    return gain


def _filtered(clip: np.ndarray, r: np.random.Generator) -> np.ndarray:
    """Room and line in one pass over the spectrum."""
    size = 1 << (len(clip) + RATE // 2).bit_length()
    spectrum = np.fft.rfft(clip, size)
    if r.random() < 0.5:
        spectrum *= np.fft.rfft(_room(r), size)
    spectrum *= _line(np.arange(len(spectrum)) * (RATE / size), r)
    return np.fft.irfft(spectrum, size)[: len(clip)].astype(np.float32)


def augmented(clip: np.ndarray, r: np.random.Generator, strength: float) -> np.ndarray:
    """The clip with silence around it; `strength` 0..1 is the share of clips that get a room or line."""
    if r.random() < 0.7:
        clip = _speed(clip, r)
    clip = np.concatenate(
        [np.zeros(r.integers(0, RATE // 4), np.float32), clip, np.zeros(r.integers(RATE // 12, RATE // 2), np.float32)]
    )
    return _filtered(clip, r) if r.random() < 0.55 * strength else clip


def noisy(clip: np.ndarray, kinds: list[np.ndarray], r: np.random.Generator, strength: float) -> np.ndarray:
    """Noise at 3 to 32 dB over the whole length, on most clips, then a loudness."""
    if r.random() < 0.7 * strength:
        noise = kinds[r.integers(len(kinds))]
        at = r.integers(len(noise) - len(clip))
        clip = mixed(clip, noise[at : at + len(clip)], r.uniform(3, 32))
    return np.clip(clip * np.float32(10 ** r.uniform(-1.3, 0.2)), -1, 1)
