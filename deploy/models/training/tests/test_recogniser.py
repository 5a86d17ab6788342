"""Checks of the recipe's own logic: `python -m unittest tests.test_recogniser` in this folder."""

from __future__ import annotations

import itertools
import math
import random
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from recogniser import language_file, lists, ngrams, noise, spoken, voices
from recogniser.decode import Decoder, Search
from recogniser.evaluate import edits
from recogniser.grammar import Grammar
from recogniser.mel import log_mel
from recogniser.pinyin import plain, text_units, units


class Language(unittest.TestCase):
    """The n-gram model sums to one, before and after the file."""

    def setUp(self) -> None:
        """Estimate from random words over a small alphabet."""
        r = random.Random(3)
        sentences = [[3 + min(r.randint(0, 9), r.randint(0, 9)) for _ in range(r.randint(1, 9))] for _ in range(300)]
        levels = ngrams.prune(ngrams.estimate(sentences, 4, 13), [0, 60, 50, 40])
        self.folder = Path(tempfile.mkdtemp())
        self.characters = [chr(0x4E00 + i) for i in range(10)]
        language_file.write(self.folder / "language.bin", self.characters, levels)
        self.model = language_file.LanguageModel(self.folder / "language.bin")

    def test_every_context_sums_to_one(self) -> None:
        """For contexts that were seen and others."""
        every = tuple(range(13))
        for context in itertools.chain(
            [(), (1,), (3, 4), (1, 3), (12, 12, 12)], itertools.product((3, 4, 5), repeat=3)
        ):
            total = float(np.exp(self.model.scores(tuple(context), every)).sum())
            self.assertAlmostEqual(total, 1.0, delta=0.01, msg=str(context))

    def test_decoder_reads_clear_units(self) -> None:
        """Sharp posteriors give their characters; the language model chooses the homophone."""
        rows = [f"{c}\tb\x20a{1 + i % 3}\t0.0" for i, c in enumerate(self.characters)]
        (self.folder / "lexicon.tsv").write_text("\n".join(rows), encoding="utf-8")
        names = ["_", "a1", "a2", "a3", "b"]
        logs = np.full((9, 5), -12.0)
        for frame, unit in enumerate((0, 4, 1, 1, 0, 4, 0, 2, 0)):
            logs[frame, unit] = -0.001
        result = Decoder(self.folder, names, Search(candidates=4)).decode(logs)
        self.assertEqual(len(result.text), 2)
        self.assertIn(result.text[0], [self.characters[i] for i in (0, 3, 6, 9)])
        self.assertIn(result.text[1], [self.characters[i] for i in (1, 4, 7)])
        self.assertGreater(result.acoustic, -1.0)


class Text(unittest.TestCase):
    """Readings, units, lists."""

    def test_numbers_are_said_as_people_do(self) -> None:
        """Zeros, 两, 十."""
        said = {10: "十", 12: "十二", 105: "一百零五", 230: "两百三十", 10_500: "一万零五百", 20_300: "两万零三百"}
        for value, text in said.items():
            self.assertEqual(spoken.cardinal(value), text)

    def test_finals_are_full(self) -> None:
        """Spelling rules of pinyin are undone."""
        expected = {
            "you3": ("iou3",),
            "yu2": ("v2",),
            "shi4": ("sh", "iii4"),
            "liu2": ("l", "iou2"),
            "zi5": ("z", "ii5"),
        }
        for syllable, parts in expected.items():
            self.assertEqual(units(syllable), parts)
        self.assertEqual(text_units("报价，高"), ["b", "ao4", "j", "ia4", "g", "ao1"])

    def test_lists_are_apart_from_training(self) -> None:
        """No unseen voice is trained; held-out patterns are in no topic; no sentence is in two lists."""
        self.assertFalse(set(voices.HELD_OUT) & set(voices.TRAINED))
        self.assertTrue(all(item.voice.variant in voices.HELD_OUT for item in lists.read("unseen-voices")))
        self.assertTrue(all(item.voice.variant in voices.TRAINED for item in lists.read("seen")))
        grammar = Grammar()
        self.assertFalse(set(grammar.held_out) & {line for lines in grammar.topics.values() for line in lines})
        every = [plain(item.text) for name in (*lists.TESTS, lists.DEV) for item in lists.read(name)]
        self.assertEqual(len(every), len(set(every)))


class Sound(unittest.TestCase):
    """Features and noise."""

    def test_mel_of_a_tone_peaks_at_its_band(self) -> None:
        """A tone of 1 kHz lies in the band around it; the range is 2 at most."""
        wave = torch.sin(2 * math.pi * 1000 * torch.arange(3200) / 16_000)[None]
        mel = log_mel(wave)
        self.assertEqual(tuple(mel.shape), (1, 80, 20))
        self.assertEqual(int(mel[0].mean(1).argmax()), 26)
        self.assertLessEqual(float(mel.max() - mel.min()), 2.0 + 1e-5)

    def test_listed_noise_is_exact(self) -> None:
        """The first numbers of the generator, for whoever writes it in another language."""
        self.assertEqual([round(float(v), 6) for v in noise.uniform(3, 1)], EXPECTED_NOISE)
        mix = noise.mixed(np.ones(100, np.float32), noise.uniform(100, 5), 10.0) - 1
        self.assertAlmostEqual(float(np.mean(np.square(mix))), 0.1, places=5)

    def test_edit_distance(self) -> None:
        """Substitution, insertion, deletion."""
        self.assertEqual(edits("报价单", "报单"), 1)
        self.assertEqual(edits("合同", "何同了"), 2)


EXPECTED_NOISE = [-0.43833, 0.342275, 0.451692]

if __name__ == "__main__":
    unittest.main()
