"""Modified Kneser-Ney estimation of character n-grams, with pruning, on sorted arrays of packed n-grams."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

UNKNOWN, START, END = 0, 1, 2
BITS = 13  # of a word number in a packed n-gram
WORD = (1 << BITS) - 1


@dataclass
class Level:
    """All n-grams of one order, sorted by key; `backoff` is the weight of the shorter context behind this n-gram."""

    keys: np.ndarray
    counts: np.ndarray
    probability: np.ndarray
    backoff: np.ndarray


def pack(sentences: list[list[int]], order: int) -> np.ndarray:
    """Every window of `order` words, one key each, none across sentences."""
    flat = np.concatenate([np.array([START, *s, END], np.int64) for s in sentences])
    ends = np.concatenate([np.full(len(s) + 2, i, np.int32) for i, s in enumerate(sentences)])
    if len(flat) < order:
        return np.zeros(0, np.int64)
    size = len(flat) - order + 1
    keys = np.zeros(size, np.int64)
    for offset in range(order):
        keys = (keys << BITS) | flat[offset : offset + size]
    return keys[ends[:size] == ends[order - 1 :]]


def _tail(keys: np.ndarray, order: int) -> np.ndarray:
    """The last order - 1 words."""
    return keys & ((1 << (BITS * (order - 1))) - 1)


def _starts(keys: np.ndarray, order: int) -> np.ndarray:
    return (keys >> (BITS * (order - 1))) == START


def _adjusted_counts(sentences: list[list[int]], orders: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Raw counts of the highest order and behind <s>; elsewhere the number of different words in front."""
    keys, counts = np.unique(pack(sentences, orders), return_counts=True)
    levels = [(keys, counts)]
    for order in range(orders - 1, 0, -1):
        followed, fronts = np.unique(_tail(levels[0][0], order + 1), return_counts=True)
        raw, raw_counts = np.unique(pack(sentences, order), return_counts=True)
        first = _starts(raw, order)
        keys, counts = np.concatenate([followed, raw[first]]), np.concatenate([fronts, raw_counts[first]])
        sort = np.argsort(keys)
        levels.insert(0, (keys[sort], counts[sort]))
    return levels


def _discounts(counts: np.ndarray) -> np.ndarray:
    """What is taken from counts of 0, 1, 2 and 3 or more."""
    n1, n2, n3, n4 = (max(1, int(np.sum(counts == k))) for k in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    return np.clip([0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3], 0.0, [0.0, 0.95, 1.9, 2.9])


def _estimate(order: int, keys: np.ndarray, counts: np.ndarray, lower: Level, vocabulary: int) -> Level:
    contexts, where = np.unique(keys >> BITS, return_inverse=True)
    taken = _discounts(counts)[np.minimum(counts, 3)]
    total = np.bincount(where, counts)
    left = np.bincount(where, taken) / total
    below = np.full(len(keys), 1 / vocabulary)
    if order > 1:
        below = lower.probability[np.searchsorted(lower.keys, _tail(keys, order))]
    probability = (counts - taken) / total[where] + left[where] * below
    if order > 1:
        lower.backoff[np.searchsorted(lower.keys, contexts)] = left
    return Level(keys, counts, probability, np.ones(len(keys)))


def estimate(sentences: list[list[int]], orders: int, vocabulary: int) -> list[Level]:
    """Interpolated modified Kneser-Ney; every word of the vocabulary gets a unigram."""
    levels: list[Level] = []
    for order, (keys, counts) in enumerate(_adjusted_counts(sentences, orders), start=1):
        if order == 1:
            dense = np.zeros(vocabulary, np.int64)
            dense[keys] = counts
            dense[START] = 0
            keys, counts = np.arange(vocabulary, dtype=np.int64), dense
        levels.append(_estimate(order, keys, counts, levels[-1] if levels else None, vocabulary))
    return levels


def log_probability(levels: list[Level], keys: np.ndarray, order: int) -> np.ndarray:
    """Natural logarithm of the last word's probability, backing off where an n-gram is missing."""
    if order == 1:
        return np.log(levels[0].probability[keys])
    level, at = levels[order - 1], np.searchsorted(levels[order - 1].keys, keys)
    found = (at < len(level.keys)) & (level.keys[np.minimum(at, len(level.keys) - 1)] == keys)
    result = np.empty(len(keys))
    result[found] = np.log(level.probability[at[found]])
    missing = keys[~found]
    context, lower = missing >> BITS, levels[order - 2]
    behind = np.minimum(np.searchsorted(lower.keys, context), len(lower.keys) - 1)
    weight = np.where(lower.keys[behind] == context, np.log(lower.backoff[behind]), 0.0)
    result[~found] = weight + log_probability(levels, _tail(missing, order), order - 1)
    return result


def _gain(level: Level, lower: Level, order: int) -> np.ndarray:
    """What an n-gram is worth: its count times what is lost by backing off."""
    below = lower.probability[np.searchsorted(lower.keys, _tail(level.keys, order))]
    weight = lower.backoff[np.searchsorted(lower.keys, level.keys >> BITS)]
    return level.counts * (np.log(level.probability) - np.log(np.maximum(weight * below, 1e-12)))


def _kept(level: Level, mask: np.ndarray) -> Level:
    return Level(level.keys[mask], level.counts[mask], level.probability[mask], level.backoff[mask])


def prune(levels: list[Level], limits: list[int]) -> list[Level]:
    """At most limits[n - 1] n-grams of each order, the most valuable and those that longer ones stand on."""
    kept, needed = [], np.zeros(0, np.int64)
    for order in range(len(levels), 1, -1):
        level = levels[order - 1]
        gain = _gain(level, levels[order - 2], order)
        gain[np.isin(level.keys, needed)] = np.inf
        limit = min(limits[order - 1], len(gain))
        mask = gain >= np.partition(gain, len(gain) - limit)[len(gain) - limit]
        mask &= (gain > 0) | np.isinf(gain)
        kept.insert(0, _kept(level, mask))
        needed = np.unique(kept[0].keys >> BITS)
    return _renormalised([_kept(levels[0], np.ones(len(levels[0].keys), bool)), *kept])


def _renormalised(levels: list[Level]) -> list[Level]:
    """Back-off weights that make each distribution sum to one again."""
    for order in range(2, len(levels) + 1):
        level, lower = levels[order - 1], levels[order - 2]
        contexts, where = np.unique(level.keys >> BITS, return_inverse=True)
        explicit = np.bincount(where, level.probability)
        below = np.bincount(where, np.exp(log_probability(levels[: order - 1], _tail(level.keys, order), order - 1)))
        lower.backoff[:] = 1.0
        weight = np.maximum(1 - explicit, 1e-6) / np.maximum(1 - below, 1e-6)
        lower.backoff[np.searchsorted(lower.keys, contexts)] = weight
    return levels
