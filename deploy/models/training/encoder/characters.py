"""Characters as tokens: their numbers, a tokenizer file, and where each begins its life as a vector."""

from __future__ import annotations

import string
import unicodedata

import numpy as np
import torch
from scipy.sparse import coo_matrix
from scipy.sparse.linalg import svds

from recogniser.words import level_one, read_words

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
PAD, UNKNOWN, FIRST, LAST = range(4)
MARKS = "，。？！、：；“”%.,?!:;（）()-+/~·"


class Characters:
    """The vocabulary: level-one characters, digits, small letters and marks."""

    def __init__(self) -> None:
        plain = [*string.digits, *string.ascii_lowercase, *dict.fromkeys(normal(MARKS)), *level_one()]
        self.names = SPECIAL + list(dict.fromkeys(plain))
        self.numbers = {name: number for number, name in enumerate(self.names)}

    def encode(self, texts: list[str], longest: int) -> torch.Tensor:
        """A row of numbers for each text, padded at the end."""
        rows = [
            [FIRST, *(self.numbers.get(c, UNKNOWN) for c in normal(t)[: longest - 2] if not c.isspace()), LAST]
            for t in texts
        ]
        padded = torch.full((len(rows), max(map(len, rows))), PAD)
        for row, values in zip(padded, rows, strict=True):
            row[: len(values)] = torch.tensor(values)
        return padded

    def tokenizer(self) -> dict[str, object]:
        """The same as `encode`, as Hugging Face's tokenizer.json."""
        added = [
            {
                "id": n,
                "content": name,
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
            for n, name in enumerate(SPECIAL)
        ]
        template = [
            {"SpecialToken": {"id": "[CLS]", "type_id": 0}},
            {"Sequence": {"id": "A", "type_id": 0}},
            {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
        ]
        pair = [*template, {"Sequence": {"id": "B", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}]
        ends = {name: {"id": name, "ids": [self.numbers[name]], "tokens": [name]} for name in ("[CLS]", "[SEP]")}
        cut = [
            {"type": "Split", "pattern": {"Regex": r"\s+"}, "behavior": "Removed", "invert": False},
            {"type": "Split", "pattern": {"Regex": r"[\s\S]"}, "behavior": "Isolated", "invert": False},
        ]
        return {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": added,
            "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}]},
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": cut},
            "post_processor": {"type": "TemplateProcessing", "single": template, "pair": pair, "special_tokens": ends},
            "decoder": None,
            "model": {"type": "WordLevel", "vocab": self.numbers, "unk_token": "[UNK]"},
        }

    def beginnings(self, width: int, seed: int) -> torch.Tensor:
        """Characters that stand beside the same characters in the words of the dictionary begin near one another: the
        largest singular vectors of the positive pointwise mutual information."""
        count = len(self.names)
        rows, columns, weights = [], [], []
        for word, frequency in read_words():
            for i, a in enumerate(word):
                for b in word[:i] + word[i + 1 :]:
                    rows.append(self.numbers[a])
                    columns.append(self.numbers[b])
                    weights.append(frequency**0.5)
        seen = coo_matrix((weights, (rows, columns)), (count, count)).tocsr()
        total = seen.sum()
        single = np.asarray(seen.sum(1)).ravel() / total
        pairs = seen.tocoo()
        information = np.log(
            pairs.data / total / (single[pairs.row] * single[pairs.col] ** 0.75 / (single**0.75).sum())
        )
        positive = coo_matrix((np.maximum(information, 0), (pairs.row, pairs.col)), (count, count)).tocsr()
        left, values, _ = svds(positive, k=width, random_state=np.random.default_rng(seed))
        vectors = left * np.sqrt(values)
        vectors += np.random.default_rng(seed).normal(0, 0.3 * vectors.std(), vectors.shape)
        return torch.tensor(vectors / vectors.std() * 0.5, dtype=torch.float32)


def normal(text: str) -> str:
    """Full-width letters and marks as ordinary ones, small letters."""
    return unicodedata.normalize("NFKC", text).lower()
