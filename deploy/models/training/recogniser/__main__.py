"""Command line: `python -m recogniser STAGE --work DIR`. The script `train` runs all stages in order."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from .settings import Settings


def _lists(_: Settings, options: argparse.Namespace) -> None:
    from .lists import LISTS, write_all

    if any(LISTS.glob("*.tsv")) and not options.force:
        raise SystemExit("the lists are fixed; --force makes new ones and voids every figure measured before")
    write_all()


def _text(settings: Settings, _: argparse.Namespace) -> None:
    from .text import write_more, write_text

    write_text(settings)
    write_more(settings)


def _synth(settings: Settings, options: argparse.Namespace) -> None:
    from .synth import synthesise

    synthesise(settings, options.processes)


def _fit(settings: Settings, options: argparse.Namespace) -> None:
    from .fit import fit

    fit(settings, options.processes, cool_now=options.cool_now, minutes=options.minutes)


def _language(settings: Settings, _: argparse.Namespace) -> None:
    from .language import build_language_model

    build_language_model(settings)


def _export(settings: Settings, _: argparse.Namespace) -> None:
    from .export import export

    export(settings)


def _evaluate(settings: Settings, options: argparse.Namespace) -> None:
    from .evaluate import evaluate

    evaluate(settings, sentences=options.sentences)


def _tune(settings: Settings, options: argparse.Namespace) -> None:
    from .tune import tune

    tune(settings, options.sentences)


STAGES: dict[str, Callable[[Settings, argparse.Namespace], None]] = {
    "lists": _lists,
    "text": _text,
    "synth": _synth,
    "fit": _fit,
    "language": _language,
    "export": _export,
    "tune": _tune,
    "evaluate": _evaluate,
}


def main() -> None:
    """Run one stage."""
    parser = argparse.ArgumentParser(prog="recogniser", description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--work", type=Path, default=Path.home() / ".cache/sluice/training")
    parser.add_argument("--processes", type=int, default=1, help="synthesis processes, or threads of the training")
    parser.add_argument("--minutes", type=float, help="stop the training after this time; the next call goes on")
    parser.add_argument("--cool-now", action="store_true", help="let the learning rate fall to zero from here on")
    parser.add_argument("--sentences", type=int, help="evaluate only so many sentences of each list")
    parser.add_argument("--force", action="store_true", help="with `lists`: write the fixed lists anew")
    options = parser.parse_args()
    STAGES[options.stage](Settings(work=options.work), options)


if __name__ == "__main__":
    main()
