"""The fixed lists: made once, committed, never trained on. Format: lists/README.md."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import voices
from .grammar import COMMA, Grammar
from .pinyin import syllables
from .settings import LISTS
from .voices import Voice
from .words import RandomWords, read_words

TESTS = ("seen", "held-out-patterns", "unseen-voices", "noise-10db")
DEV = "dev"
NOISES = ("white", "pink", "brown", "babble")
COLUMNS = ("id", "variant", "rate", "pitch", "range", "noise", "snr_db", "noise_seed", "pinyin", "text")
SENTENCES = 200
SEED = "fixed lists, first edition"


@dataclass(frozen=True)
class Item:
    """One sentence to be spoken. `noise` is empty for a clean one."""

    id: str
    voice: Voice
    noise: str
    snr_db: int
    noise_seed: int
    pinyin: str
    text: str


def to_pinyin(text: str, r: random.Random) -> str:
    """What espeak-ng reads: syllables, half of the time joined into words, commas for pauses."""
    import jieba

    jieba.setLogLevel("WARNING")

    joined, said = r.random() < 0.5, []
    for clause in text.split(COMMA):
        read, at, groups = syllables(clause), 0, []
        for word in jieba.cut(clause):
            groups.append(("" if joined else " ").join(read[at : at + len(word)]))
            at += len(word)
        said.append(" ".join(groups))
    return ", ".join(said)


def read(name: str, folder: Path = LISTS) -> list[Item]:
    """A committed list."""
    lines = (folder / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    if tuple(lines[0].split("\t")) != COLUMNS:
        raise ValueError(f"{name}.tsv: unexpected columns")
    return [_item(line.split("\t")) for line in lines[1:]]


def _item(cells: list[str]) -> Item:
    id_, variant, rate, pitch, range_, noise, snr, seed, pinyin, text = cells
    return Item(id_, Voice(variant, int(rate), int(pitch), int(range_)), noise, int(snr), int(seed), pinyin, text)


def texts() -> set[str]:
    """Every sentence of every list: none may be trained on."""
    return {item.text for name in (*TESTS, DEV) for item in read(name)}


def _write(name: str, items: list[Item]) -> None:
    rows = ["\t".join(COLUMNS)]
    for i in items:
        v = i.voice
        cells = (i.id, v.variant, v.rate, v.pitch, v.range, i.noise, i.snr_db, i.noise_seed, i.pinyin, i.text)
        rows.append("\t".join(map(str, cells)))
    (LISTS / f"{name}.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def _make(name: str, count: int, say: Callable[[int], str], r: random.Random, taken: set[str]) -> list[Item]:
    items: list[Item] = []
    for attempt in itertools.count():
        if len(items) == count:
            break
        text = say(attempt)
        if text in taken or not 5 <= len(text) <= 30:
            continue
        taken.add(text)
        voice = voices.unseen(r) if name == "unseen-voices" else voices.trained(r)
        noise, snr = "", 0
        if name == "noise-10db":
            noise, snr = NOISES[len(items) % len(NOISES)], 10
        if name == DEV and r.random() < 0.7:
            noise, snr = r.choice(NOISES), r.choice((-5, 0, 3, 5, 8, 10, 15, 20))
        identity = f"{name}-{len(items) + 1:03}"
        items.append(Item(identity, voice, noise, snr, r.randint(1, 2**31), to_pinyin(text, r), text))
    return items


def write_all() -> None:
    """Make the lists anew. Only ever done before a first training: a later change voids every figure."""
    grammar, salad = Grammar(), RandomWords(read_words())
    taken: set[str] = set()
    for name in (*TESTS, DEV):
        r = random.Random(f"{SEED}: {name}")

        def say(index: int, name: str = name, r: random.Random = r) -> str:
            if name == "held-out-patterns":
                return grammar.held_out_sentence(index, r)
            if name == DEV and index % 2:
                return salad.sentence(r)
            return grammar.sentence(r)

        _write(name, _make(name, SENTENCES * (2 if name == DEV else 1), say, r, taken))
