"""The model card, filled with the measured figures."""

from __future__ import annotations

from pathlib import Path
from string import Template

from .settings import ROOT

TARGETS = {
    "cer-seen": ("seen patterns and voices, unseen sentences", 0.05),
    "cer-held-out-patterns": ("patterns that were never trained on", 0.12),
    "cer-unseen-voices": ("voices that were never trained on", 0.12),
    "cer-noise-10db": ("four kinds of noise at 10 dB", 0.15),
}


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


def _row(name: str, figures: dict[str, float | None]) -> str:
    what, target = TARGETS[name]
    measured, plain = figures[name], name.removeprefix("cer-")
    verdict = "met" if measured is not None and measured <= target else "**missed**"
    cells = (f"`{name}`", what, _percent(measured), f"≤ {_percent(target)}", verdict)
    more = (_percent(figures[f"doubtful-{plain}"]), _percent(figures[f"cer-sure-{plain}"]))
    return "| " + " | ".join((*cells, *more)) + " |"


def write_card(folder: Path, figures: dict[str, float | None]) -> None:
    """Fill model_card.template.md."""
    template = Template((ROOT / "model_card.template.md").read_text(encoding="utf-8"))
    sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir()) if path.suffix != ".md"}
    text = template.substitute(
        figures="\n".join(_row(name, figures) for name in TARGETS),
        visits=f"{figures['visits']:,}",
        calibration_error=f"{figures['calibration_error']:.3f}",
        sizes="\n".join(f"| `{name}` | {size / 1e6:.2f} MB |" for name, size in sizes.items()),
    )
    (folder / "model_card.md").write_text(text, encoding="utf-8")
