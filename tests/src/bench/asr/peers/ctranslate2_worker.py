"""CTranslate2 in int8, told what to do line by line: `python ctranslate2_worker.py FOLDER THREADS`.

Reads `encode`, `write CLIPS TOKENS` or `both TOKENS` and answers with processor time and time on the clock, in milliseconds, and
the number of tokens written. The input is the mel that the file `mel.f32` beside the model holds."""

from __future__ import annotations

import sys
import time

import ctranslate2
import numpy as np

PROMPT = [50_258, 50_259, 50_359, 50_363]
NOT_TEXT = list(range(50_257, 51_865))


def main() -> None:
    folder, threads = sys.argv[1], int(sys.argv[2])
    model = ctranslate2.models.Whisper(f"{folder}/ctranslate2", device="cpu", compute_type="int8", intra_threads=threads, inter_threads=1)
    mel = np.fromfile(f"{folder}/mel.f32", dtype=np.float32).reshape(1, 80, 3000)
    heard = model.encode(ctranslate2.StorageView.from_array(mel))
    together = {}
    print(ctranslate2.__version__, flush=True)

    # CTranslate2 writes no more than half of `max_length`, as OpenAI does.
    def write(of: ctranslate2.StorageView, clips: int, tokens: int) -> int:
        results = model.generate(
            of, [PROMPT] * clips, beam_size=1, max_length=2 * tokens, suppress_tokens=NOT_TEXT, suppress_blank=False,
        )
        return sum(len(result.sequences_ids[0]) for result in results)

    for line in sys.stdin:
        command, *numbers = line.split()
        clips, count = (int(numbers[0]), int(numbers[1])) if command == "write" else (1, int(numbers[0]) if numbers else 0)
        if command == "write" and clips not in together:
            one = np.array(heard)
            together[clips] = ctranslate2.StorageView.from_array(np.repeat(one, clips, axis=0))
        cpu, wall, written = time.process_time(), time.perf_counter(), 0
        if command == "encode":
            np.array(model.encode(ctranslate2.StorageView.from_array(mel)))
        elif command == "write":
            written = write(together[clips], clips, count)
        else:
            written = write(model.encode(ctranslate2.StorageView.from_array(mel)), 1, count)
        print((time.process_time() - cpu) * 1e3, (time.perf_counter() - wall) * 1e3, written, flush=True)


if __name__ == "__main__":
    main()
