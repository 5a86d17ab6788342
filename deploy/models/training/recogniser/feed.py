"""Brings batches to the training: made in its own process, or by several beside it where a GPU would wait for them."""

from __future__ import annotations

import itertools
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass

import torch

from .clips import Batch, Clips
from .settings import Settings


@dataclass(frozen=True)
class Curriculum:
    """How hard a pool is: share of augmented clips, longest clip in seconds, seconds of audio in a batch."""

    strength: float
    longest: float
    seconds: float


def curriculum(pool: int, batch_seconds: float) -> Curriculum:
    """Short and clean clips in small batches first; it depends on the pool's number alone."""
    grown = min(1.0, pool / 30)
    return Curriculum(0.15 + 0.85 * grown, 2.4 + 8.0 * min(1.0, pool / 24), batch_seconds * (0.6 if pool < 40 else 1))


def _make(clips: Clips, pool: int, batch_seconds: float) -> Iterator[Batch]:
    level = curriculum(pool, batch_seconds)
    return clips.batches(pool, level.strength, level.longest, level.seconds)


_clips: Clips | None = None


def _open(settings: Settings, number: dict[str, int]) -> None:
    global _clips
    torch.set_num_threads(1)
    _clips = Clips(settings, number)


def _make_apart(pool: int, batch_seconds: float) -> list[Batch]:
    if _clips is None:
        raise RuntimeError("the process was not prepared")
    return list(_make(_clips, pool, batch_seconds))


def pools(
    settings: Settings, number: dict[str, int], first: int, batch_seconds: float, feeders: int
) -> Iterator[tuple[int, Iterable[Batch]]]:
    """Endless (pool number, batches), from pool `first` on."""
    if feeders == 0:
        clips = Clips(settings, number)
        for pool in itertools.count(first):
            clips.refresh()
            yield pool, _make(clips, pool, batch_seconds)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(feeders, context, initializer=_open, initargs=(settings, number)) as executor:
        waiting: deque[Future[list[Batch]]] = deque()
        for pool in itertools.count(first):
            while len(waiting) < feeders + 2:
                waiting.append(executor.submit(_make_apart, pool + len(waiting), batch_seconds))
            yield pool, waiting.popleft().result()
