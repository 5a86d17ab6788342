"""espeak-ng as a library: 16 kHz speech from pinyin."""

from __future__ import annotations

import ctypes

import numpy as np
from scipy.signal import resample_poly

from .settings import RATE
from .voices import Voice

RATE_PARAMETER, PITCH_PARAMETER, RANGE_PARAMETER = 1, 3, 4
SYNCHRONOUS, UTF8 = 2, 1
SILENCE = 60  # 16-bit amplitude below which the ends are cut
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """One synthesiser; the library holds global state, so there is one to a process."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self._chunks: list[np.ndarray] = []
        self._callback = _CALLBACK(self._receive)
        self.rate: int = self._library.espeak_Initialize(SYNCHRONOUS, 500, None, 0)
        self._library.espeak_SetSynthCallback(self._callback)

    def _receive(self, samples: ctypes._Pointer, count: int, _events: int) -> int:
        if samples and count > 0:
            self._chunks.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    def say(self, pinyin: str, voice: Voice) -> np.ndarray:
        """Samples in -1..1 at 16 kHz, silence cut to 50 ms at the start and 100 ms at the end."""
        self._chunks.clear()
        if self._library.espeak_SetVoiceByName(voice.name.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {voice.name}")
        wanted = ((RATE_PARAMETER, voice.rate), (PITCH_PARAMETER, voice.pitch), (RANGE_PARAMETER, voice.range))
        for parameter, value in wanted:
            self._library.espeak_SetParameter(parameter, value, 0)
        raw = pinyin.encode()
        self._library.espeak_Synth(raw, len(raw) + 1, 0, 1, 0, UTF8, None, None)
        self._library.espeak_Synchronize()
        return self._cut(np.concatenate(self._chunks or [np.zeros(1, np.int16)]))

    def _cut(self, raw: np.ndarray) -> np.ndarray:
        loud = np.nonzero(np.abs(raw) > SILENCE)[0]
        if len(loud) == 0:
            return np.zeros(0, np.float32)
        kept = raw[max(0, loud[0] - self.rate // 20) : loud[-1] + self.rate // 10].astype(np.float32)
        resampled = resample_poly(kept, RATE // 50, self.rate // 50)
        return (resampled * (0.6 / max(1.0, float(np.abs(resampled).max())))).astype(np.float32)
