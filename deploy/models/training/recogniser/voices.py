"""Who speaks: espeak-ng's voice variants, split into trained and unseen ones."""

from __future__ import annotations

import random
from dataclasses import dataclass

LANGUAGE = "cmn-latn-pinyin"
# All variants of Debian 12's espeak-ng 1.51 except robots and jokes; written out, so that no package moves the split.
VARIANTS = (
    "Alex Alicia Andrea Andy Annie AnxiousAndy Denis Diogo Gene Gene2 Henrique Hugo Jacky Lee Marco Mario Michael "
    "Mike Nguyen RicishayMax RicishayMax2 RicishayMax3 adam anika announcer antonio aunty belinda benjamin boris caleb "
    "croak david ed edward edward2 f1 f2 f3 f4 f5 grandma grandpa gustave iven iven2 iven3 iven4 john klatt klatt2 "
    "klatt3 klatt4 klatt5 klatt6 linda m1 m2 m3 m4 m5 m6 m7 m8 marcelo max michel miguel norbert pablo paul pedro "
    "quincy rob robert sandro shelby steph steph2 steph3 travis victor whisper whisperf zac"
).split()
HELD_OUT = tuple(VARIANTS[4::9])
TRAINED = tuple(v for v in VARIANTS if v not in HELD_OUT)


@dataclass(frozen=True)
class Voice:
    """Settings of `espeak-ng -v LANGUAGE+variant -s rate -p pitch -P range`; rate in words per minute."""

    variant: str
    rate: int
    pitch: int
    range: int

    @property
    def name(self) -> str:
        """The name for espeak-ng."""
        return f"{LANGUAGE}+{self.variant}"


def trained(r: random.Random) -> Voice:
    """A voice for training and for the lists of seen voices."""
    return Voice(r.choice(TRAINED), r.randint(190, 310), r.randint(15, 85), r.randint(25, 80))


def unseen(r: random.Random) -> Voice:
    """A variant that is never trained on."""
    return Voice(r.choice(HELD_OUT), r.randint(190, 310), r.randint(15, 85), r.randint(25, 80))
