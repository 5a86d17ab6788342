"""Stage `tune`: error rate of the dev list over weights of the search; the best go into `Search`'s defaults by hand."""

from __future__ import annotations

import itertools

from . import lists
from .decode import Decoder, Search
from .evaluate import cached_recordings, edits, unit_logs
from .export import load
from .pinyin import plain
from .settings import Settings

LANGUAGE_WEIGHTS = (0.3, 0.45, 0.6, 0.8)
SYLLABLE_BONUSES = (0.0, 1.0, 2.0, 3.0)


def tune(settings: Settings, sentences: int | None) -> None:
    """Print the character error rate for each pair of weights, over the first sentences of the dev list."""
    net, units, _ = load(settings.model)
    items = lists.read(lists.DEV)[: sentences or 80]
    logs = [unit_logs(net, wave) for wave in cached_recordings(settings, lists.DEV)[: len(items)]]
    truths = [plain(item.text) for item in items]
    decoder = Decoder(settings.model, units)
    for weight, bonus in itertools.product(LANGUAGE_WEIGHTS, SYLLABLE_BONUSES):
        decoder.search = Search(language_weight=weight, syllable_bonus=bonus)
        wrong = sum(edits(truth, decoder.decode(log).text) for truth, log in zip(truths, logs, strict=True))
        print(f"tune: language {weight} bonus {bonus} CER {wrong / sum(map(len, truths)):.4f}", flush=True)
