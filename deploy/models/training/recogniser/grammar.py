"""Sales talk from patterns: `[a|b]` are alternatives, `{slot}` is filled, clauses are recombined."""

from __future__ import annotations

import random
import re
from pathlib import Path

from . import spoken

TEXT = Path(__file__).resolve().parent.parent / "text"
COMMA = "，"
ALTERNATIVES = re.compile(r"\[([^\]]*)\]")
SLOT = re.compile(r"\{(\w+)\}")
FILLERS = {
    "num": spoken.number,
    "money": spoken.money,
    "pct": spoken.percent,
    "date": spoken.date,
    "time": spoken.clock,
    "days": spoken.span,
    "disc": spoken.discount,
}


def read_lines(path: Path) -> list[str]:
    """The lines of a text file without comments."""
    stripped = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in stripped if line and not line.startswith("#")]


def read_slots(path: Path = TEXT / "slots.txt") -> dict[str, list[str]]:
    """Slot name to its choices."""
    pairs = (line.split(":", 1) for line in read_lines(path))
    return {name.strip(): choices.split() for name, choices in pairs}


def variants(line: str) -> int:
    """How many patterns one line stands for."""
    count = 1
    for group in ALTERNATIVES.findall(line):
        count *= len(group.split("|"))
    return count


class Grammar:
    """Clauses by topic, of a folder. `held_out` ones are kept apart: they only ever write the list of that name."""

    def __init__(self, folder: str = "patterns") -> None:
        self.slots = read_slots()
        topics = {path.stem: path for path in sorted((TEXT / folder).glob("*.txt"))}
        if own := topics.pop("slots", None):
            self.slots |= read_slots(own)
        self.topics = {topic: read_lines(path) for topic, path in topics.items()}
        self.held_out = read_lines(TEXT / "held-out.txt")
        self._clauses = [(topic, line) for topic, lines in self.topics.items() for line in lines]
        self._weights = [min(variants(line), 6) for _, line in self._clauses]

    def pattern_count(self) -> int:
        """Patterns before slots are filled and clauses combined."""
        return sum(variants(line) for _, line in self._clauses)

    def _fill(self, name: str, r: random.Random) -> str:
        if name in FILLERS:
            return FILLERS[name](r)
        if name == "cust":
            return r.choice(self.slots["surname"]) + r.choice(self.slots["title"])
        return r.choice(self.slots[name])

    def clause(self, line: str, r: random.Random) -> str:
        """One clause of this line."""
        chosen = ALTERNATIVES.sub(lambda m: r.choice(m.group(1).split("|")), line)
        filled = SLOT.sub(lambda m: self._fill(m.group(1), r), chosen)
        return filled.strip(COMMA)

    def sentence(self, r: random.Random) -> str:
        """One to three clauses, mostly of one topic, with fillers now and then."""
        topic, line = r.choices(self._clauses, self._weights)[0]
        parts = [self.clause(line, r)]
        while r.random() < 0.3 and sum(map(len, parts)) < 16:
            other = r.choice(self.topics[topic]) if r.random() < 0.6 else r.choice(self._clauses)[1]
            parts.append(self.clause(other, r))
        return self._dress(parts, r)

    def _dress(self, parts: list[str], r: random.Random) -> str:
        joint = COMMA if r.random() < 0.8 else ""
        text = parts[0]
        for part in parts[1:]:
            text += COMMA + (r.choice(self.slots["fil"]) + joint if r.random() < 0.3 else "") + part
        if r.random() < 0.15:
            text = r.choice(self.slots["fil"]) + joint + text
        if r.random() < 0.1:
            text += joint + r.choice(self.slots["end"])
        return text

    def held_out_sentence(self, index: int, r: random.Random) -> str:
        """A filling of the held-out pattern with this index."""
        return self.clause(self.held_out[index % len(self.held_out)], r)
