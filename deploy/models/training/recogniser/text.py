"""Stage `text`: the sentences to be spoken, and the larger text of the language model."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

from . import lists
from .grammar import COMMA, Grammar
from .pinyin import NoPinyin, plain, text_syllables
from .settings import Settings
from .syntax import Syntax
from .words import RandomWords, level_one, read_words


class Source:
    """Draws sentences that no fixed list contains and that have a reading."""

    def __init__(self, share: float, r: random.Random) -> None:
        self.words = read_words()
        self._grammar, self._salad = Grammar(), RandomWords(self.words)
        self._share, self._r = share, r
        self._forbidden = {plain(text) for text in lists.texts()}

    def _allowed(self, text: str) -> bool:
        clauses = text.split(COMMA)
        return plain(text) not in self._forbidden and not any(clause in self._forbidden for clause in clauses)

    def draw(self) -> tuple[str, str]:
        """Kind (`words` or `sales`) and sentence."""
        while True:
            random_words = self._r.random() < self._share
            text = self._salad.sentence(self._r) if random_words else self._grammar.sentence(self._r)
            if 2 <= len(text) <= 34 and self._allowed(text):
                return ("words" if random_words else "sales"), text


def write_more(settings: Settings) -> None:
    """Write `syntax.txt` and `talk.txt`, more text of the language model, unless they are there."""
    syntax, talk = Syntax(), Grammar("talk")
    _write_drawn(settings, "syntax", settings.syntax_sentences, syntax.sentence)
    _write_drawn(settings, "talk", settings.talk_sentences, talk.sentence)


def _write_drawn(settings: Settings, name: str, count: int, draw: Callable[[random.Random], str]) -> None:
    path = settings.text / f"{name}.txt"
    if path.exists():
        return
    forbidden = {plain(text) for text in lists.texts()}
    r = random.Random(f"{settings.seed} {name}")
    drawn = dict.fromkeys(draw(r) for _ in range(count))
    path.write_text("\n".join(t for t in drawn if plain(t) not in forbidden) + "\n", encoding="utf-8")


def _readable(text: str) -> bool:
    try:
        text_syllables(text)
    except NoPinyin:
        return False
    return True


def write_text(settings: Settings) -> None:
    """Write `clips.txt`, `language.txt` and `words.json`, unless they are there."""
    folder = settings.text
    if (folder / "done").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    source = Source(settings.random_words, random.Random(f"{settings.seed} text"))
    seen: set[str] = set()
    while len(seen) < settings.clips:
        _, text = source.draw()
        if text not in seen and _readable(text):
            seen.add(text)
    clips = sorted(seen)
    random.Random(f"{settings.seed} order").shuffle(clips)
    (folder / "clips.txt").write_text("\n".join(clips) + "\n", encoding="utf-8")
    drawn = dict.fromkeys(source.draw() for _ in range(settings.language_model_sentences))
    unique = [f"{kind}\t{text}" for kind, text in drawn]
    (folder / "language.txt").write_text("\n".join(unique) + "\n", encoding="utf-8")
    facts = {"words": source.words, "level_one": level_one()}
    (folder / "words.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    (folder / "done").touch()
