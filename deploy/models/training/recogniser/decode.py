"""Reference decoder: prefix beam search over units, with the best character paths kept inside every prefix."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .language_file import END, LanguageModel

NEVER = -math.inf
TEXTS_FOR_SYLLABLE = 48  # homophones looked at, the most frequent first


@dataclass(frozen=True)
class Search:
    """Widths and weights of the search; written into config.json."""

    beam: int = 12
    paths: int = 12
    candidates: int = 10
    floor: float = -7.0
    language_weight: float = 0.5
    syllable_bonus: float = 2.5
    reading_weight: float = 0.5


@dataclass
class Writing:
    """One way to write a prefix: the language model's score, its context, and the characters."""

    score: float
    context: tuple[int, ...]
    text: str


class Prefix:
    """A sequence of units. `initial` is the unit that still waits for its final, or 0."""

    __slots__ = ("children", "initial", "last", "paths", "syllables")

    def __init__(self, last: int, initial: int, syllables: int, paths: list[Writing]) -> None:
        self.last, self.initial, self.syllables, self.paths = last, initial, syllables, paths
        self.children: dict[int, Prefix | None] = {}


@dataclass
class Result:
    """The text and what the confidence is made of."""

    text: str
    score: float
    acoustic: float
    language: float
    margin: float


def _add(a: float, b: float) -> float:
    if a < b:
        a, b = b, a
    return a if b == NEVER else a + math.log1p(math.exp(b - a))


class Lexicon:
    """Which characters a syllable may be, with the logarithm of the reading's probability."""

    def __init__(self, path: Path, units: list[str], language: LanguageModel) -> None:
        number = {unit: i for i, unit in enumerate(units)}
        found: dict[tuple[int, ...], list[tuple[float, int, float]]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            character, spelled, probability = line.split("\t")
            word = language.number[character]
            frequent = float(language.scores((), (word,))[0]) + float(probability)
            key = tuple(number[u] for u in spelled.split(" "))
            found.setdefault(key, []).append((frequent, word, float(probability)))
        self.initials = {key[0] for key in found if len(key) == 2}
        self.words: dict[tuple[int, ...], tuple[tuple[int, ...], np.ndarray]] = {}
        for key, entries in found.items():
            entries.sort(reverse=True)
            kept = entries[:TEXTS_FOR_SYLLABLE]
            self.words[key] = (tuple(word for _, word, _ in kept), np.array([p for _, _, p in kept]))


class Decoder:
    """Turns unit log-probabilities into characters."""

    def __init__(self, folder: Path, units: list[str], search: Search | None = None) -> None:
        self.language = LanguageModel(folder / "language.bin")
        self.lexicon = Lexicon(folder / "lexicon.tsv", units, self.language)
        self.search = search or Search()

    def _paths(self, paths: list[Writing], key: tuple[int, ...]) -> list[Writing]:
        """All ways to go on with this syllable; the best ones, one for each context."""
        words, readings = self.lexicon.words[key]
        best: dict[tuple[int, ...], Writing] = {}
        for path in paths:
            scores = path.score + self.language.scores(path.context, words) + self.search.reading_weight * readings
            for at in np.argsort(-scores)[: self.search.paths]:
                context = self.language.follow(path.context, words[at])
                known = best.get(context)
                if known is None or known.score < scores[at]:
                    text = path.text + chr(self.language.points[words[at]])
                    best[context] = Writing(float(scores[at]), context, text)
        return sorted(best.values(), key=lambda p: -p.score)[: self.search.paths]

    def _child(self, prefix: Prefix, unit: int) -> Prefix | None:
        """The prefix behind one more unit, or None where no syllable is spelled so."""
        if unit not in prefix.children:
            prefix.children[unit] = self._grow(prefix, unit)
        return prefix.children[unit]

    def _grow(self, prefix: Prefix, unit: int) -> Prefix | None:
        if unit in self.lexicon.initials:
            if prefix.initial:
                return None
            return Prefix(unit, unit, prefix.syllables, prefix.paths)
        key = (prefix.initial, unit) if prefix.initial else (unit,)
        if key not in self.lexicon.words:
            return None
        return Prefix(unit, 0, prefix.syllables + 1, self._paths(prefix.paths, key))

    def _total(self, prefix: Prefix, acoustic: float) -> float:
        weighted = self.search.language_weight * prefix.paths[0].score
        return acoustic + weighted + self.search.syllable_bonus * prefix.syllables

    def decode(self, logs: np.ndarray) -> Result:
        """Best text of (frames, units) log-probabilities, blank first."""
        root = Prefix(0, 0, 0, [Writing(0.0, self.language.begin(), "")])
        beam: dict[Prefix, tuple[float, float]] = {root: (0.0, NEVER)}
        for frame in logs:
            beam = self._advance(beam, frame)
        return self._finish(beam)

    def _advance(self, beam: dict[Prefix, tuple[float, float]], frame: np.ndarray) -> dict[Prefix, tuple[float, float]]:
        """One frame: (ends in blank, ends in its last unit) of every prefix."""
        near = np.argpartition(-frame, self.search.candidates)[: self.search.candidates]
        units = [int(u) for u in near if u and frame[u] > self.search.floor]
        grown: dict[Prefix, tuple[float, float]] = {}

        def give(prefix: Prefix, blank: float, unit: float) -> None:
            old = grown.get(prefix, (NEVER, NEVER))
            grown[prefix] = (_add(old[0], blank), _add(old[1], unit))

        for prefix, (blank, unit) in beam.items():
            both = _add(blank, unit)
            repeat = unit + float(frame[prefix.last]) if prefix.last else NEVER
            give(prefix, both + float(frame[0]), repeat)
            for u in units:
                child = self._child(prefix, u)
                if child is not None:
                    give(child, NEVER, (blank if u == prefix.last else both) + float(frame[u]))
        if len(grown) <= self.search.beam:
            return grown
        ranked = sorted(grown.items(), key=lambda item: -self._total(item[0], _add(*item[1])))
        return dict(ranked[: self.search.beam])

    def _finish(self, beam: dict[Prefix, tuple[float, float]]) -> Result:
        """End the sentence; an initial that still waits is dropped."""
        ended: dict[str, Result] = {}
        for prefix, halves in beam.items():
            acoustic = _add(*halves)
            for path in prefix.paths:
                language = path.score + float(self.language.scores(path.context, (END,))[0])
                bonus = self.search.syllable_bonus * prefix.syllables
                score = acoustic + self.search.language_weight * language + bonus
                known = ended.get(path.text)
                if known is None or known.score < score:
                    ended[path.text] = Result(path.text, score, acoustic, language, 0.0)
        ranked = sorted(ended.values(), key=lambda r: -r.score)
        best = ranked[0]
        best.margin = best.score - ranked[1].score if len(ranked) > 1 else 20.0
        return best
