"""BERT with the tensor names of Hugging Face, and nothing of it that a sentence encoder does not need."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from .characters import PAD
from .settings import Shape

EPSILON = 1e-12


def _module(parts: dict[str, nn.Module]) -> nn.Module:
    module = nn.Module()
    for name, part in parts.items():
        module.add_module(name, part)
    return module


class Layer(nn.Module):
    """Attention and a feed-forward net, each followed by a norm."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width, inner = shape.hidden_size, shape.intermediate_size
        self.heads = shape.num_attention_heads
        projections = {name: nn.Linear(width, width) for name in ("query", "key", "value")}
        output = _module({"dense": nn.Linear(width, width), "LayerNorm": nn.LayerNorm(width, EPSILON)})
        self.attention = _module({"self": _module(projections), "output": output})
        self.intermediate = _module({"dense": nn.Linear(width, inner)})
        self.output = _module({"dense": nn.Linear(inner, width), "LayerNorm": nn.LayerNorm(width, EPSILON)})

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """`x` is batch × positions × width; `mask` is true where there is text."""
        own = self.attention.get_submodule("self")
        split = [part(x).unflatten(2, (self.heads, -1)).transpose(1, 2) for part in (own.query, own.key, own.value)]
        mixed = F.scaled_dot_product_attention(*split, attn_mask=mask[:, None, None, :]).transpose(1, 2).flatten(2)
        x = self.attention.output.LayerNorm(x + self.attention.output.dense(mixed))
        return self.output.LayerNorm(x + self.output.dense(F.gelu(self.intermediate.dense(x))))


class Encoder(nn.Module):
    """Numbers of characters to vectors of length one: the mean over all positions."""

    def __init__(self, shape: Shape, characters: int, beginnings: torch.Tensor) -> None:
        super().__init__()
        width = shape.hidden_size
        self.embeddings = _module(
            {
                "word_embeddings": nn.Embedding(characters, width),
                "position_embeddings": nn.Embedding(shape.max_position_embeddings, width),
                "token_type_embeddings": nn.Embedding(1, width),
                "LayerNorm": nn.LayerNorm(width, EPSILON),
            }
        )
        layers = nn.ModuleList(Layer(shape) for _ in range(shape.num_hidden_layers))
        self.encoder = _module({"layer": layers})
        for name, weights in self.named_parameters():
            if weights.ndim == 2:
                nn.init.normal_(weights, 0, 0.05 if "encoder" in name else 0.02)
        with torch.no_grad():
            self.embeddings.word_embeddings.weight.copy_(beginnings)

    def forward(self, numbers: torch.Tensor) -> torch.Tensor:
        """One row for each text."""
        mask = numbers != PAD
        parts = self.embeddings
        x = (
            parts.word_embeddings(numbers)
            + parts.position_embeddings.weight[: numbers.shape[1]]
            + parts.token_type_embeddings.weight[0]
        )
        x = parts.LayerNorm(x)
        for layer in self.encoder.layer:
            x = layer(x, mask)
        weight = mask.unsqueeze(2).to(x.dtype)
        return F.normalize((x * weight).sum(1) / weight.sum(1), dim=1)
