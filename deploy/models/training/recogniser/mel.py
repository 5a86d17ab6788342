"""OpenAI's log-mel on the audio's own length, with an optional warp of the frequency axis for training."""

from __future__ import annotations

import numpy as np
import torch

from .settings import RATE

N_FFT, HOP, MELS = 400, 160, 80
STRIDE = 2 * HOP  # samples to one encoder frame
_WINDOW = torch.hann_window(N_FFT)


def _to_hertz(mel: np.ndarray) -> np.ndarray:
    linear = mel * (200.0 / 3)
    return np.where(mel < 15, linear, 1000.0 * np.exp((mel - 15) * (np.log(6.4) / 27)))


def filters(warp: float = 1.0) -> torch.Tensor:
    """Slaney's 80 triangles of unit area over 201 bins; `warp` stretches the voice's frequencies."""
    top = 15 + np.log(RATE / 2 / 1000) / (np.log(6.4) / 27)
    corners = _to_hertz(np.linspace(0, top, MELS + 2))
    bins = np.linspace(0, RATE / 2, N_FFT // 2 + 1) * warp
    rising = (bins - corners[:-2, None]) / np.diff(corners)[:-1, None]
    falling = (corners[2:, None] - bins) / np.diff(corners)[1:, None]
    area = 2 / (corners[2:] - corners[:-2])
    return torch.from_numpy(np.maximum(0, np.minimum(rising, falling)) * area[:, None]).float()


_PLAIN = filters()


def log_mel(samples: torch.Tensor, banks: torch.Tensor = _PLAIN) -> torch.Tensor:
    """(batch, n) samples, n a multiple of 320, to (batch, 80, n / 160).

    `banks` is (80, 201), or (batch, 80, 201) with one warp for each clip. The maximum of the dynamic range is taken
    over each clip's own frames.
    """
    spectrum = torch.stft(samples, N_FFT, HOP, window=_WINDOW, return_complex=True)[..., :-1]
    power = spectrum.real.square() + spectrum.imag.square()
    level = (banks @ power).clamp_min(1e-10).log10()
    level = torch.maximum(level, level.amax((1, 2), keepdim=True) - 8.0)
    return (level + 4.0) / 4.0


def padded(samples: np.ndarray, before: int = RATE // 10, after: int = 3 * RATE // 10) -> np.ndarray:
    """Silence around a clip as at evaluation, and up to a whole encoder frame."""
    length = before + len(samples) + after
    whole = np.zeros(-(-length // STRIDE) * STRIDE, np.float32)
    whole[before : before + len(samples)] = samples
    return whole
