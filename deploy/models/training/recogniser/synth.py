"""Stage `synth`: speaks every clip once, in shards that survive an interruption."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import numpy as np

from . import voices
from .espeak import Espeak
from .lists import to_pinyin
from .pinyin import text_units
from .settings import RATE, Settings

LONGEST = 9.5  # seconds


def _open_rows(part: Path) -> list[dict]:
    """Rows that an interrupted process wrote whole."""
    if not part.exists():
        return []
    return [json.loads(line) for line in part.read_text(encoding="utf-8").split("\n")[:-1]]


def _speak(settings: Settings, index: int, first: int) -> None:
    """Go on with one shard from its clip number `first`."""
    size, espeak = settings.clips_in_shard, Espeak()
    texts = (settings.text / "clips.txt").read_text(encoding="utf-8").splitlines()[index * size : (index + 1) * size]
    rows, samples_file = shard(settings, index).with_suffix(".rows"), shard(settings, index).with_suffix(".part")
    known = _open_rows(rows)
    at = known[-1]["at"] + known[-1]["len"] if known else 0
    samples_file.touch()
    os.truncate(samples_file, 2 * at)
    with samples_file.open("ab", buffering=0) as pcm, rows.open("a", encoding="utf-8", buffering=1) as table:
        for number in range(first, len(texts)):
            r = random.Random(f"{settings.seed} voice {index} {number}")
            voice, text = voices.trained(r), texts[number]
            samples = espeak.say(to_pinyin(text, r), voice)
            if not 0.3 * RATE < len(samples) < LONGEST * RATE:
                samples = samples[:0]
            pcm.write((samples * 32767).astype(np.int16).tobytes())
            row = {"clip": number, "at": at, "len": len(samples), "variant": voice.variant}
            row |= {"text": text, "units": text_units(text)}
            table.write(json.dumps(row, ensure_ascii=False) + "\n")
            at += len(samples)


def _finish(settings: Settings, index: int) -> None:
    """Name the shard's files for good; clips that came out empty are left out."""
    path = shard(settings, index)
    rows = [row for row in _open_rows(path.with_suffix(".rows")) if row["len"]]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.with_suffix(".jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    path.with_suffix(".part").rename(path)
    path.with_suffix(".rows").unlink()


def _worker(settings: Settings, indices: list[int]) -> None:
    """Each shard is spoken by a child: espeak-ng 1.51 crashes once in some 5,000 clips; that clip is passed over."""
    for index in indices:
        started, crashes = time.monotonic(), 0
        while True:
            rows = _open_rows(shard(settings, index).with_suffix(".rows"))
            first = rows[-1]["clip"] + 1 if rows else 0
            child = multiprocessing.Process(target=_speak, args=(settings, index, first + (1 if crashes else 0)))
            child.start()
            child.join()
            if child.exitcode == 0:
                break
            crashes += 1
            if crashes > 50 or child.exitcode != -signal.SIGSEGV:
                raise RuntimeError(f"synthesis of shard {index} failed with {child.exitcode}")
        _finish(settings, index)
        print(f"synth: shard {index} in {time.monotonic() - started:.0f} s, {crashes} crashes", flush=True)


def missing_shards(settings: Settings) -> list[int]:
    """Shards that are not there yet."""
    total = -(-settings.clips // settings.clips_in_shard)
    return [i for i in range(total) if not shard(settings, i).exists()]


def shard(settings: Settings, index: int) -> Path:
    """The samples of a shard: 16-bit mono 16 kHz."""
    return settings.audio / f"shard-{index:03}.i16"


def synthesise(settings: Settings, processes: int) -> None:
    """Speak what is missing."""
    settings.audio.mkdir(parents=True, exist_ok=True)
    todo = missing_shards(settings)
    parts = [todo[k::processes] for k in range(processes)]
    running = [multiprocessing.Process(target=_worker, args=(settings, part)) for part in parts if part]
    for process in running:
        process.start()
    for process in running:
        process.join()
        if process.exitcode:
            raise RuntimeError("a synthesis process failed")
