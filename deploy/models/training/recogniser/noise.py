"""Noise: a varied pool for training, and the exactly defined kinds of the fixed lists."""

from __future__ import annotations

import numpy as np
from scipy.signal import lfilter

from .settings import RATE

MASK = (1 << 64) - 1


def _unit(samples: np.ndarray) -> np.ndarray:
    return (samples / (samples.std() + 1e-9)).astype(np.float32)


def _coloured(count: int, power: float, r: np.random.Generator) -> np.ndarray:
    spectrum = np.fft.rfft(r.standard_normal(count))
    rank = np.maximum(np.arange(len(spectrum)), 1)
    return _unit(np.fft.irfft(spectrum / rank**power, count))


def _hum(count: int, r: np.random.Generator) -> np.ndarray:
    time = np.arange(count) / RATE
    tones = sum(np.sin(2 * np.pi * 50 * k * time + k) / k for k in range(1, 9))
    return _unit(tones + 0.3 * _coloured(count, 0.5, r))


def _clatter(count: int, r: np.random.Generator) -> np.ndarray:
    noise = 0.05 * _coloured(count, 0.5, r)
    for _ in range(count // 2400):
        at = int(r.integers(count - 2000))
        noise[at : at + 1600] += r.standard_normal(1600) * np.exp(-np.arange(1600) / r.integers(50, 500)) * r.random()
    return _unit(noise)


def _babble(count: int, clips: list[np.ndarray], talkers: int, r: np.random.Generator) -> np.ndarray:
    mix = np.zeros(count, np.float32)
    for _ in range(talkers):
        at = 0
        while at < count:
            clip = clips[r.integers(len(clips))][: count - at]
            mix[at : at + len(clip)] += clip
            at += len(clip) + int(r.integers(RATE // 2))
    return _unit(mix)


def pool(clips: list[np.ndarray], r: np.random.Generator, count: int = 30 * RATE) -> list[np.ndarray]:
    """Half a minute of each kind, all of unit power."""
    kinds = [_coloured(count, power, r) for power in (0.0, 0.25, 0.5, 0.8, 1.0)]
    kinds += [_babble(count, clips, talkers, r) for talkers in (2, 3, 4, 4, 6, 10)]
    return [*kinds, _hum(count, r), _clatter(count, r)]


def uniform(count: int, seed: int) -> np.ndarray:
    """White noise of the lists: xorshift64*, the top 24 bits of each number to -1..1."""
    state, values = seed & MASK, np.empty(count, np.float64)
    for i in range(count):
        state ^= state >> 12
        state = (state ^ (state << 25)) & MASK
        state ^= state >> 27
        values[i] = (((state * 0x2545F4914F6CDD1D) & MASK) >> 40) / ((1 << 23) - 1) - 1.0
    return values


def listed(kind: str, count: int, seed: int, others: list[np.ndarray]) -> np.ndarray:
    """The noise that a list's row names; `others` are the next four rows' clean recordings, for babble."""
    if kind == "babble":
        return sum(np.resize(clip, count).astype(np.float64) for clip in others)
    white = uniform(count, seed)
    if kind == "pink":
        parts = ((0.99765, 0.0990460), (0.96300, 0.2965164), (0.57000, 1.0526913))
        return sum(lfilter([gain], [1, -pole], white) for pole, gain in parts) + 0.1848 * white
    if kind == "brown":
        return lfilter([1], [1, -0.98], white)
    return white


def mixed(clean: np.ndarray, noise: np.ndarray, snr_db: float) -> np.ndarray:
    """Clean plus noise at this ratio of mean powers."""
    gain = np.sqrt(np.mean(np.square(clean)) / (np.mean(np.square(noise)) + 1e-12) * 10 ** (-snr_db / 10))
    return (clean + gain * noise).astype(np.float32)
