"""The units that the model tells apart, blank first."""

from __future__ import annotations

import json

from pypinyin import Style, pinyin

from .pinyin import BLANK, SYLLABLE, text_units, units
from .settings import Settings
from .words import level_one


def readings(character: str) -> list[str]:
    """Every syllable that a character may be read with, the most usual first."""
    found = pinyin(character, style=Style.TONE3, heteronym=True, neutral_tone_with_five=True, v_to_u=False)[0]
    return [s for s in found if SYLLABLE.fullmatch(s)]


def load_units(settings: Settings) -> list[str]:
    """The numbered units; made from the text at the first call."""
    path = settings.text / "units.json"
    if not path.exists():
        found = {u for c in level_one() for s in readings(c)[:1] for u in units(s)}
        for text in (settings.text / "clips.txt").read_text(encoding="utf-8").splitlines():
            found.update(text_units(text))
        path.write_text(json.dumps([BLANK, *sorted(found)], ensure_ascii=False), encoding="utf-8")
    return json.loads(path.read_text(encoding="utf-8"))
