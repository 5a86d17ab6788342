"""Everyday Mandarin for the language model: skeletons of small words, filled with words by part of speech."""

from __future__ import annotations

import itertools
import random

from .grammar import ALTERNATIVES, FILLERS, SLOT, TEXT, read_lines
from .words import by_part_of_speech

KINDS = {
    "noun": ("n", "vn", "an"),
    "verb": ("v", "vn"),
    "adj": ("a",),
    "adv": ("d",),
    "time": ("t",),
    "place": ("s", "ns"),
    "measure": ("q",),
}
FLATNESS = 0.8


class Syntax:
    """Draws sentences from text/syntax.txt."""

    def __init__(self) -> None:
        self._skeletons = read_lines(TEXT / "syntax.txt")
        words = by_part_of_speech()
        self._slots: dict[str, tuple[list[str], list[float]]] = {}
        for slot, kinds in KINDS.items():
            entries = [entry for kind in kinds for entry in words.get(kind, [])]
            cumulative = list(itertools.accumulate(frequency**FLATNESS for _, frequency in entries))
            self._slots[slot] = ([word for word, _ in entries], cumulative)

    def _fill(self, name: str, r: random.Random) -> str:
        if name in FILLERS:
            return FILLERS[name](r)
        words, cumulative = self._slots[name]
        return r.choices(words, cum_weights=cumulative)[0]

    def sentence(self, r: random.Random) -> str:
        """One filled skeleton, or two in a row: then small words are seen behind many others."""
        return self._clause(r) + (self._clause(r) if r.random() < 0.4 else "")

    def _clause(self, r: random.Random) -> str:
        skeleton = r.choice(self._skeletons)
        chosen = ALTERNATIVES.sub(lambda m: r.choice(m.group(1).split("|")), skeleton)
        return SLOT.sub(lambda m: self._fill(m.group(1), r), chosen)
