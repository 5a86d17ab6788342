"""Whisper's encoder with a CTC head; parameter names as Hugging Face's Whisper has them."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from .settings import Shape


def sinusoids(length: int, channels: int) -> Tensor:
    """Whisper's fixed positions: sines in the first half of the channels, cosines in the second."""
    step = math.log(10_000) / (channels // 2 - 1)
    angles = torch.arange(length).float()[:, None] * torch.exp(-step * torch.arange(channels // 2).float())[None]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    """Self-attention; no bias on the keys."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q_proj = nn.Linear(width, width)
        self.k_proj = nn.Linear(width, width, bias=False)
        self.v_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, frames, width) to the same."""
        batch, frames, width = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, frames, self.heads, -1).transpose(1, 2)

        q, k, v = split(self.q_proj(x)), split(self.k_proj(x)), split(self.v_proj(x))
        weight = (q * (width // self.heads) ** -0.5 @ k.transpose(-1, -2)).softmax(-1)
        return self.out_proj((weight @ v).transpose(1, 2).reshape(batch, frames, width))


class Layer(nn.Module):
    """Pre-norm block."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width, inner = shape.d_model, shape.encoder_ffn_dim
        self.self_attn = Attention(width, shape.encoder_attention_heads)
        self.self_attn_layer_norm = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, inner)
        self.fc2 = nn.Linear(inner, width)
        self.final_layer_norm = nn.LayerNorm(width)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, frames, width) to the same."""
        x = x + self.self_attn(self.self_attn_layer_norm(x))
        return x + self.fc2(F.gelu(self.fc1(self.final_layer_norm(x))))


class Encoder(nn.Module):
    """Two convolutions, positions, blocks, final norm."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.d_model
        self.conv1 = nn.Conv1d(shape.num_mel_bins, width, 3, padding=1)
        self.conv2 = nn.Conv1d(width, width, 3, stride=2, padding=1)
        self.embed_positions = nn.Embedding(shape.max_source_positions, width)
        self.embed_positions.weight = nn.Parameter(sinusoids(shape.max_source_positions, width), requires_grad=False)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.encoder_layers))
        self.layer_norm = nn.LayerNorm(width)

    def forward(self, mel: Tensor, starts: Tensor | None = None) -> list[Tensor]:
        """(batch, 80, 2 t) to normalised states (batch, t, width): of a middle layer (training only) and of the last.

        `starts` (batch,) moves each clip along the positions, so that none is tied to a place in the recording.
        """
        x = F.gelu(self.conv2(F.gelu(self.conv1(mel)))).transpose(1, 2)
        at = torch.arange(x.shape[1], device=x.device)
        x = x + self.embed_positions.weight[at if starts is None else starts[:, None] + at].to(x.dtype)
        states, middle = [], (len(self.layers) + 1) // 2
        for number, layer in enumerate(self.layers, start=1):
            x = layer(x)
            if number == len(self.layers) or (self.training and number == middle):
                states.append(self.layer_norm(x))
        return states


class Recogniser(nn.Module):
    """`model.encoder.*` and `ctc_head.*`."""

    def __init__(self, shape: Shape, units: int) -> None:
        super().__init__()
        self.model = nn.ModuleDict({"encoder": Encoder(shape)})
        self.ctc_head = nn.Linear(shape.d_model, units)

    def forward(self, mel: Tensor, starts: Tensor | None = None) -> list[Tensor]:
        """Unit scores (batch, frames, units) of each state of the encoder."""
        return [self.ctc_head(state) for state in self.model["encoder"](mel, starts)]
