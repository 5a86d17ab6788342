"""Ordinary Chinese words (jieba's dictionary, MIT) and sentences of random words."""

from __future__ import annotations

import itertools
import random
from functools import lru_cache
from pathlib import Path

from . import spoken
from .grammar import COMMA
from .pinyin import NoPinyin, syllables

# Parts of speech left out: names of persons, organisations and brands, archaic and foreign strings.
NAMES = {"nr", "nrt", "nrfg", "nt", "nz", "eng", "x", "zg", "g"}
MOST_WORDS = 60_000
FLATNESS = 0.5  # frequencies are raised to this power: common words often, rare words sometimes


def level_one() -> list[str]:
    """The 3,755 most common characters: rows 16 to 55 of GB 2312."""
    rows = (bytes((row + 0xA0, cell + 0xA0)) for row in range(16, 56) for cell in range(1, 95))
    return [text for raw in rows if (text := raw.decode("gb2312", "ignore"))]


def _readable(word: str) -> bool:
    try:
        syllables(word)
    except NoPinyin:
        return False
    return True


@lru_cache(maxsize=1)
def _entries() -> list[tuple[str, int, str]]:
    """Word, frequency and part of speech, the most frequent first."""
    import jieba

    common = set(level_one())
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    entries = [(word, int(frequency), kind) for word, frequency, kind in (line.split(" ") for line in lines)]
    chosen = [e for e in entries if len(e[0]) <= 4 and e[2] not in NAMES and e[1] >= 3 and set(e[0]) <= common]
    chosen.sort(key=lambda entry: (-entry[1], entry[0]))
    return [entry for entry in chosen[:MOST_WORDS] if _readable(entry[0])]


def read_words() -> list[tuple[str, int]]:
    """Words of one to four level-one characters with their frequency, the most frequent first."""
    return [(word, frequency) for word, frequency, _ in _entries()]


def by_part_of_speech() -> dict[str, list[tuple[str, int]]]:
    """The same words by part of speech, in jieba's letters: n, v, a, d, t, s, q and so on."""
    kinds: dict[str, list[tuple[str, int]]] = {}
    for word, frequency, kind in _entries():
        kinds.setdefault(kind, []).append((word, frequency))
    return kinds


class RandomWords:
    """Word salad: no grammar to learn by heart, so the sounds must be heard."""

    def __init__(self, words: list[tuple[str, int]]) -> None:
        self._words = [word for word, _ in words]
        self._cumulative = list(itertools.accumulate(frequency**FLATNESS for _, frequency in words))
        self._by_character = self._rare_first(words)

    @staticmethod
    def _rare_first(words: list[tuple[str, int]]) -> list[list[str]]:
        lists: dict[str, list[str]] = {}
        for word, _ in words:
            for character in set(word):
                kept = lists.setdefault(character, [])
                if len(kept) < 12:
                    kept.append(word)
        return [lists[c] for c in sorted(lists)]

    def _word(self, r: random.Random) -> str:
        kind = r.random()
        if kind < 0.8:
            return r.choices(self._words, cum_weights=self._cumulative)[0]
        if kind < 0.94:
            return r.choice(r.choice(self._by_character))
        return r.choice((spoken.number, spoken.money, spoken.percent, spoken.date))(r)

    def sentence(self, r: random.Random) -> str:
        """Two to eight words, a pause now and then."""
        text, longest = "", r.choice((5, 8, 10, 12, 14, 18))
        while len(text) < longest:
            text += self._word(r) + (COMMA if r.random() < 0.08 else "")
        return text.strip(COMMA)[:22].strip(COMMA)
