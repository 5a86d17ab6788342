"""Batches: clips of like length, freshly augmented, in a few fixed shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from . import noise
from .augment import augmented, noisy
from .mel import STRIDE, filters, log_mel
from .settings import RATE, Settings
from .synth import shard

SECONDS = (1.3, 1.8, 2.4, 3.0, 3.8, 4.8, 6.2, 8.0, 11.0)
LENGTHS = tuple(-(-int(seconds * RATE) // STRIDE) * STRIDE for seconds in SECONDS)
POOL = 1_500  # clips drawn at a time, then sorted by length
GAP = RATE // 5


@dataclass
class Batch:
    """Features, targets one after the other, and each target's length."""

    mel: Tensor
    starts: Tensor
    targets: Tensor
    target_lengths: Tensor


class Clips:
    """All shards that are there."""

    def __init__(self, settings: Settings, number: dict[str, int]) -> None:
        self._settings, self._number = settings, number
        self._pcm: list[np.ndarray] = []
        self.rows: list[tuple[int, int, int, np.ndarray]] = []
        self._next = 0
        self.refresh()
        r = np.random.default_rng(settings.seed)
        self._noises = noise.pool([self.samples(i) for i in r.integers(len(self.rows), size=400)], r)
        self._banks = torch.stack([filters(warp) for warp in np.geomspace(0.84, 1.19, 25)])

    def refresh(self) -> None:
        """Take up shards that were finished since."""
        while shard(self._settings, self._next).exists():
            path = shard(self._settings, self._next)
            self._pcm.append(np.memmap(path, np.int16, "r"))
            for line in path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                units = np.array([self._number[u] for u in row["units"]], np.int32)
                self.rows.append((self._next, row["at"], row["len"], units))
            self._next += 1

    def samples(self, index: int) -> np.ndarray:
        """A clean clip in -1..1."""
        part, at, length, _ = self.rows[index]
        return self._pcm[part][at : at + length].astype(np.float32) / 32768

    def batches(self, pool: int, strength: float, longest: float, seconds: float) -> Iterator[Batch]:
        """One pool's batches of about `seconds` of audio, clips up to `longest` seconds; the same at every call."""
        r = np.random.default_rng((self._settings.seed, pool))
        drawn = r.integers(len(self.rows), size=POOL)
        groups = [[int(i)] for i in drawn if self.rows[i][2] <= longest * RATE]
        groups = self._joined(groups, strength, r)
        groups.sort(key=self._length)
        parts = list(self._parts(groups, seconds))
        r.shuffle(parts)
        for part in parts:
            yield self._batch(part, r, strength)

    def _length(self, group: list[int]) -> int:
        return sum(self.rows[i][2] + GAP for i in group)

    def _joined(self, groups: list[list[int]], strength: float, r: np.random.Generator) -> list[list[int]]:
        """Some clips come in pairs, as in a recording."""
        pairs = int(0.06 * strength * len(groups))
        taken = [a + b for a, b in zip(groups[:pairs], groups[pairs : 2 * pairs], strict=True)]
        return [g for g in taken if self._length(g) < 9 * RATE] + groups[2 * pairs :]

    def _parts(self, groups: list[list[int]], seconds: float) -> Iterator[list[list[int]]]:
        part: list[list[int]] = []
        for group in groups:
            if part and (len(part) + 1) * (self._length(group) + 0.4 * RATE) > seconds * RATE:
                yield part
                part = []
            part.append(group)
        if len(part) > 2:
            yield part

    def _batch(self, part: list[list[int]], r: np.random.Generator, strength: float) -> Batch:
        waves = [self._wave(group, r, strength) for group in part]
        needed = max(map(len, waves))
        length = next((n for n in LENGTHS if n >= needed), LENGTHS[-1])
        whole = np.zeros((len(part), length), np.float32)
        for row, wave in zip(whole, waves, strict=True):
            row[: len(wave)] = wave[:length]
            row[:] = noisy(row, self._noises, r, strength)
        banks = self._banks[r.integers(len(self._banks), size=len(part))] if r.random() < 0.8 else self._banks[12]
        mel = log_mel(torch.from_numpy(whole), banks)
        self._mask(mel, r, strength)
        room = self._settings.shape.max_source_positions - length // STRIDE
        starts = torch.from_numpy(r.integers(room, size=len(part)) * (r.random(len(part)) < 0.6))
        units = [np.concatenate([self.rows[i][3] for i in group]) for group in part]
        lengths = torch.tensor([len(u) for u in units])
        return Batch(mel, starts, torch.from_numpy(np.concatenate(units)), lengths)

    def _wave(self, group: list[int], r: np.random.Generator, strength: float) -> np.ndarray:
        gap = np.zeros(GAP, np.float32)
        pieces = [piece for i in group for piece in (self.samples(i), gap)][:-1]
        return augmented(np.concatenate(pieces), r, strength)

    @staticmethod
    def _mask(mel: Tensor, r: np.random.Generator, strength: float) -> None:
        for clip in mel:
            if r.random() > 0.7 * strength:
                continue
            level = clip.mean()
            for _ in range(2):
                low, frame = int(r.integers(70)), int(r.integers(clip.shape[1]))
                clip[low : low + int(r.integers(12))] = level
                clip[:, frame : frame + int(r.integers(14))] = level
