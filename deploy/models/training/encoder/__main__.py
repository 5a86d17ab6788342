"""Command line: `python -m encoder STAGE --work DIR`. The script `train` runs all stages in order."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from .settings import Settings


def main() -> None:
    """Runs one stage."""
    parser = argparse.ArgumentParser(prog="encoder")
    parser.add_argument("stage", choices=["fit", "export", "measure"])
    parser.add_argument("--work", type=Path, required=True)
    options = parser.parse_args()
    settings = Settings(work=options.work)
    if options.stage == "fit":
        from .fit import fit

        fit(settings)
    elif options.stage == "export":
        from .export import export

        export(settings)
    else:
        from .measure import measure

        print(json.dumps(measure(settings), indent=1))


main()
