"""Training material: two ways to say something, and something else that looks like it."""

from __future__ import annotations

import random

from recogniser.grammar import COMMA, Grammar
from recogniser.words import read_words

from .meanings import Meaning, Speaker, read_meanings

FILLERS = "嗯 那个 其实 就是说 您看 然后 说实话 对 好的 这个 您放心 我跟您说 没错".split()

Triple = tuple[str, str, str]


class Pairs:
    """Draws triples of an anchor, a paraphrase and a negative."""

    def __init__(self) -> None:
        self.speaker = Speaker()
        self.grammar = Grammar()
        self.meanings = read_meanings()
        self.words = [word for word, _ in read_words() if len(word) > 1]
        self.by_topic: dict[str, list[Meaning]] = {}
        for meaning in self.meanings:
            self.by_topic.setdefault(meaning.topic, []).append(meaning)

    def batch(self, size: int, r: random.Random) -> list[Triple]:
        """`size` triples of different meanings: half meanings, half sentences and random words."""
        chosen = r.sample(self.meanings, size // 2)
        triples = [self._meant(meaning, r) for meaning in chosen]
        return triples + [self._free(r) for _ in range(size - len(triples))]

    def _meant(self, meaning: Meaning, r: random.Random) -> Triple:
        filling = self.speaker.filling(r)
        first, second = r.sample(meaning.wordings, 2)
        said = self.speaker.say(second, filling if r.random() < 0.6 else self.speaker.filling(r), r, 0.5)
        if r.random() < 0.4:
            said = self._beside(said, self.speaker.say(r.choice(self._other(meaning, r).wordings), filling, r, 0.5), r)
        wrong = self.speaker.say(r.choice(self._other(meaning, r).wordings), filling, r, 0.4)
        return self.speaker.say(first, filling, r, 0.2), self._dress(said, r), self._dress(wrong, r)

    def _other(self, meaning: Meaning, r: random.Random) -> Meaning:
        near = [other for other in self.by_topic[meaning.topic] if other is not meaning]
        far = [other for other in r.sample(self.meanings, 2) if other is not meaning]
        return r.choice(near if near and r.random() < 0.6 else far)

    def _free(self, r: random.Random) -> Triple:
        """Any sentence, so that every character is known and what is equal stays equal."""
        if r.random() < 0.5:
            first, wrong = self.grammar.sentence(r), self.grammar.sentence(r)
        else:
            parts = [r.choice(self.words) for _ in range(r.randint(3, 6))]
            changed = [r.choice(self.words) if r.random() < 0.6 else part for part in parts]
            first, wrong = "".join(parts), "".join(changed)
            r.shuffle(parts)
            if first != "".join(parts) and r.random() < 0.3:
                return first, self._dress("".join(parts), r), wrong
        return first, self._dress(self.speaker.say(first, {}, r, 0.6), r), self._dress(wrong, r)

    @staticmethod
    def _beside(text: str, other: str, r: random.Random) -> str:
        return COMMA.join([text, other] if r.random() < 0.5 else [other, text])

    def _dress(self, text: str, r: random.Random) -> str:
        """As it is said and as a recogniser hears it: fillers, a character lost or wrong."""
        if r.random() < 0.4:
            text = r.choice(FILLERS) + (COMMA if r.random() < 0.6 else "") + text
        if r.random() < 0.4:
            noise = r.choice(self.words)
            text = "".join(r.choice(noise) if r.random() < 0.03 else c for c in text if r.random() > 0.02)
        return text or "嗯"
