"""`language.bin`: the character language model as a trie of sorted arrays. Byte by byte in FORMATS.md."""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path

import numpy as np

from .ngrams import BITS, END, START, WORD, Level

MAGIC = b"SLUICELM"
SCALE = 2048


def _cost(probability: np.ndarray) -> np.ndarray:
    return np.clip(np.round(-np.log(np.maximum(probability, 1e-30)) * SCALE), 0, 65_535).astype("<u2")


def _weight(backoff: np.ndarray) -> np.ndarray:
    return np.clip(np.round(np.log(backoff) * SCALE), -32_768, 32_767).astype("<i2")


def write(path: Path, characters: list[str], levels: list[Level]) -> None:
    """`characters[i]` is the word number i + 3."""
    points = np.array([0, 0, 0, *map(ord, characters)], "<u4")
    parts = [MAGIC, struct.pack("<II", len(levels), len(points))]
    parts += [struct.pack("<I", len(level.keys)) for level in levels]
    parts.append(points.tobytes())
    for order, level in enumerate(levels, start=1):
        if order > 1:
            parts.append((level.keys & WORD).astype("<u2").tobytes())
        parts.append(_cost(level.probability).tobytes())
        if order < len(levels):
            parts.append(_weight(level.backoff).tobytes())
            bounds = np.append(level.keys, np.iinfo(np.int64).max >> BITS) << BITS
            parts.append(np.searchsorted(levels[order].keys, bounds).astype("<u4").tobytes())
    path.write_bytes(b"".join(parts))


def size(levels: list[Level]) -> int:
    """Bytes of the file, without a few for the header."""
    middle = sum(10 * len(level.keys) for level in levels[1:-1])
    return 12 * len(levels[0].keys) + middle + 4 * len(levels[-1].keys)


class _Reader:
    def __init__(self, raw: bytes) -> None:
        self._raw, self._at = raw, 0

    def take(self, kind: str, count: int) -> np.ndarray:
        """The next `count` numbers."""
        array = np.frombuffer(self._raw, kind, count, self._at)
        self._at += array.nbytes
        return array


class LanguageModel:
    """Reads the file and scores characters; a context is a tuple of at most order - 1 word numbers."""

    def __init__(self, path: Path) -> None:
        raw = path.read_bytes()
        if raw[:8] != MAGIC:
            raise ValueError(f"{path} is no language model")
        reader = _Reader(raw[8:])
        self.order, size = map(int, reader.take("<u4", 2))
        counts = reader.take("<u4", self.order)
        self.points = reader.take("<u4", size)
        self.number = {chr(point): i for i, point in enumerate(self.points) if i > END}
        self._words, self._costs, self._weights, self._children = [], [], [], []
        for order, count in enumerate(map(int, counts), start=1):
            self._words.append(np.arange(count) if order == 1 else reader.take("<u2", count))
            self._costs.append(reader.take("<u2", count) / -SCALE)
            if order < self.order:
                self._weights.append(reader.take("<i2", count) / SCALE)
                self._children.append(reader.take("<u4", count + 1))
        self.node = lru_cache(maxsize=300_000)(self._find)
        self.scores = lru_cache(maxsize=200_000)(self._score_all)

    def begin(self) -> tuple[int, ...]:
        """The context at the start of a segment."""
        return (START,)

    def follow(self, context: tuple[int, ...], word: int) -> tuple[int, ...]:
        """The context behind one more word."""
        return (*context, word)[-(self.order - 1) :]

    def _find(self, words: tuple[int, ...]) -> int | None:
        """Index of this n-gram in its level."""
        at = words[0]
        for level, word in enumerate(words[1:]):
            low, high = self._children[level][at], self._children[level][at + 1]
            inside = self._words[level + 1][low:high]
            place = int(np.searchsorted(inside, word))
            if place == len(inside) or inside[place] != word:
                return None
            at = int(low) + place
        return at

    def _score_all(self, context: tuple[int, ...], words: tuple[int, ...]) -> np.ndarray:
        """ln P(word | context) of several words: the longest n-gram there is, with the weights of those left."""
        wanted = np.array(words)
        if not context:
            return self._costs[0][wanted]
        lower = self.scores(context[1:], words)
        at = self.node(context)
        if at is None:
            return lower
        level = len(context) - 1
        low, high = self._children[level][at], self._children[level][at + 1]
        result = lower + self._weights[level][at]
        if low == high:
            return result
        inside = self._words[level + 1][low:high]
        place = np.minimum(np.searchsorted(inside, wanted), len(inside) - 1)
        found = inside[place] == wanted
        result[found] = self._costs[level + 1][low + place[found]]
        return result
