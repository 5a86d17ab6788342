"""Meanings and their wordings, from text/."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from recogniser import spoken
from recogniser.grammar import read_lines, read_slots

from .settings import TEXT

SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Meaning:
    """One thing that can be said, in several ways."""

    topic: str
    wordings: tuple[str, ...]


def read_meanings() -> list[Meaning]:
    """All meanings; a line `## topic` begins a topic."""
    meanings, topic = [], ""
    for line in (TEXT / "meanings.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            topic = line[3:].strip()
        elif line and not line.startswith("#"):
            meanings.append(Meaning(topic, tuple(wording.strip() for wording in line.split("|"))))
    return meanings


def _digits_or(
    words: Callable[[random.Random], str], digits: Callable[[random.Random], str]
) -> Callable[[random.Random], str]:
    return lambda r: words(r) if r.random() < 0.6 else digits(r)


NUMBERS = {
    "num": _digits_or(spoken.number, lambda r: str(r.choice([2, 3, 5, 7, 10, 15, 20, 24, 30, 48, 60, 100]))),
    "money": _digits_or(spoken.money, lambda r: f"{r.randrange(2, 900) * 10}元"),
    "pct": _digits_or(spoken.percent, lambda r: f"{r.randrange(2, 90)}%"),
}


class Speaker:
    """Says a wording: slots filled, words replaced by others of the same sense."""

    def __init__(self) -> None:
        self.slots = read_slots()
        groups = [line.split() for line in read_lines(TEXT / "synonyms.txt")]
        self.senses = {word: group for group in groups for word in group}
        # A single character may be part of another word, so it only ever takes a place.
        words = sorted((re.escape(word) for word in self.senses if len(word) > 1), key=len, reverse=True)
        self.words = re.compile("|".join(words))

    def filling(self, r: random.Random) -> dict[str, str]:
        """Something for every slot."""
        filling = {name: r.choice(choices) for name, choices in self.slots.items()}
        filling |= {name: number(r) for name, number in NUMBERS.items()}
        return filling | {"cust": filling["surname"] + filling["title"]}

    def say(self, wording: str, filling: dict[str, str], r: random.Random, replaced: float) -> str:
        """The wording with this filling, each known word replaced with probability `replaced`."""
        text = SLOT.sub(lambda m: filling[m.group(1)], wording)
        return self.words.sub(lambda m: r.choice(self.senses[m.group()]) if r.random() < replaced else m.group(), text)
