"""Stage `language`: the character language model and the lexicon."""

from __future__ import annotations

import itertools
import json
import math
from collections import Counter, defaultdict

from . import language_file, ngrams
from .inventory import readings
from .pinyin import NoPinyin, plain, text_syllables, units
from .settings import Settings

ORDER = 4
MOST_BYTES = 7_900_000
SHARES = (0, 240_000, 280_000, 620_000)  # n-grams of each order, scaled down until the file is small enough
READ_SENTENCES = 25_000  # whose readings are counted


def _sentences(settings: Settings) -> list[str]:
    """All sales talk, all that only this model reads, a third of the random words: they know nothing of how often."""
    lines = (settings.text / "language.txt").read_text(encoding="utf-8").splitlines()
    drawn = [line.split("\t") for line in lines]
    sales = [text for kind, text in drawn if kind == "sales"]
    salad = [text for kind, text in drawn if kind == "words"][::3]
    more = [(settings.text / f"{name}.txt").read_text(encoding="utf-8").splitlines() for name in ("syntax", "talk")]
    return [plain(text) for text in (*sales, *salad, *itertools.chain(*more))]


def _vocabulary(settings: Settings, sentences: list[str]) -> list[str]:
    level_one = json.loads((settings.text / "words.json").read_text(encoding="utf-8"))["level_one"]
    return sorted(set(level_one).union(*sentences))


def _reading_counts(sentences: list[str]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        try:
            read = text_syllables(sentence)
        except NoPinyin:
            continue
        for character, syllable in zip(sentence, read, strict=True):
            counts[character][syllable] += 1
    return counts


def lexicon(characters: list[str], sentences: list[str], known: set[str]) -> list[tuple[str, str, float]]:
    """Character, its units, ln P(reading | character)."""
    counts, rows = _reading_counts(sentences[:: max(1, len(sentences) // READ_SENTENCES)]), []
    for character in characters:
        seen = counts[character]
        for place, syllable in enumerate(readings(character)[:4]):
            seen[syllable] += 1.0 if place == 0 else 0.1
        usable = {s: n for s, n in seen.items() if known.issuperset(units(s))}
        total = sum(usable.values())
        rows += [(character, " ".join(units(s)), math.log(n / total)) for s, n in usable.items() if n / total > 1e-3]
    return rows


def _small_enough(levels: list[ngrams.Level]) -> list[ngrams.Level]:
    for scale in (1.0, 0.85, 0.7, 0.6, 0.5, 0.4, 0.3):
        pruned = ngrams.prune(levels, [int(scale * share) for share in SHARES])
        if language_file.size(pruned) <= MOST_BYTES:
            return pruned
    raise ValueError("the language model cannot be made small enough")


def build_language_model(settings: Settings) -> None:
    """Write `language.bin` and `lexicon.tsv` into the export folder."""
    settings.model.mkdir(parents=True, exist_ok=True)
    sentences = _sentences(settings)
    characters = _vocabulary(settings, sentences)
    number = {character: i for i, character in enumerate(characters, start=3)}
    numbered = [[number[c] for c in sentence] for sentence in sentences]
    levels = ngrams.estimate(numbered, ORDER, len(characters) + 3)
    language_file.write(settings.model / "language.bin", characters, _small_enough(levels))
    known = set(json.loads((settings.text / "units.json").read_text(encoding="utf-8")))
    rows = [f"{c}\t{u}\t{p:.3f}" for c, u, p in lexicon(characters, sentences, known)]
    (settings.model / "lexicon.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
