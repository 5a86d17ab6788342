"""Hanzi to pinyin syllables and to the model's units: initials, and finals with their tone."""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from pypinyin.style import convert

BLANK = "_"
COMMA = "，"
SYLLABLE = re.compile(r"[a-züê]+[1-5]")
INITIALS = ("b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r", "z", "c", "s")


class NoPinyin(ValueError):
    """A text holds a character without a reading."""


def plain(text: str) -> str:
    """The text without the pauses: what a recogniser has to write."""
    return text.replace(COMMA, "")


@lru_cache(maxsize=200_000)
def syllables(clause: str) -> tuple[str, ...]:
    """One TONE3 syllable for each character of a clause; neutral tone is 5, ü is v."""
    read = lazy_pinyin(clause, style=Style.TONE3, neutral_tone_with_five=True, errors=lambda _: ["?"], v_to_u=False)
    if len(read) != len(clause) or not all(SYLLABLE.fullmatch(s) for s in read):
        raise NoPinyin(clause)
    return tuple(read)


def text_syllables(text: str) -> list[str]:
    """The syllables of a text with pauses."""
    return [s for clause in text.split(COMMA) if clause for s in syllables(clause)]


@lru_cache(maxsize=10_000)
def units(syllable: str) -> tuple[str, ...]:
    """`("zh", "ong1")` or, without an initial, `("an1",)`: finals in their full form (jü, not ju)."""
    sound, tone = syllable[:-1], syllable[-1]
    initial = convert(sound, Style.INITIALS, strict=True)
    final = convert(sound, Style.FINALS, strict=True).replace("ü", "v") or sound
    if final == "i" and initial in ("z", "c", "s"):
        final = "ii"
    if final == "i" and initial in ("zh", "ch", "sh", "r"):
        final = "iii"
    final += tone
    return (initial, final) if initial else (final,)


def text_units(text: str) -> list[str]:
    """All units of a text, in order."""
    return [u for s in text_syllables(text) for u in units(s)]
