"""Calibrated confidence: how probable it is that at most a tenth of a segment's characters are wrong."""

from __future__ import annotations

import math

import numpy as np

from .decode import Result

FEATURES = ("spike", "weak_spikes", "overruled", "language_per_syllable", "margin", "syllables")
GOOD = 0.10  # character error rate up to which a segment counts as right


def features(logs: np.ndarray, result: Result) -> list[float]:
    """In the order of FEATURES; FORMATS.md says how each is computed."""
    best = logs.max(axis=1)
    spikes = best[logs.argmax(axis=1) != 0]
    count = max(1, len(result.text))
    if len(spikes) == 0:
        return [-3.0, 1.0, 3.0, -10.0, 0.0, 0.0]
    return [
        max(-3.0, float(spikes.mean())),
        float((spikes < math.log(0.7)).mean()),
        min(3.0, float(best.sum() - result.acoustic) / count),
        max(-10.0, result.language / count),
        min(3.0, result.margin),
        math.log(count),
    ]


def fit(rows: list[list[float]], good: list[bool]) -> dict[str, object]:
    """Ridge logistic regression on standardised features, by Newton's method."""
    x, y = np.array(rows), np.array(good, float)
    mean, scale = x.mean(0), x.std(0) + 1e-6
    z = np.column_stack([np.ones(len(x)), (x - mean) / scale])
    weight = np.zeros(z.shape[1])
    ridge = np.diag([0.0] + [1.0] * x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ weight))
        gradient = z.T @ (p - y) + ridge @ weight
        hessian = (z * (p * (1 - p))[:, None]).T @ z + ridge + 1e-6 * np.eye(len(weight))
        weight -= np.linalg.solve(hessian, gradient)
    raw = weight[1:] / scale
    bias = weight[0] - float(raw @ mean)
    return {"features": list(FEATURES), "weights": [round(float(w), 6) for w in raw], "bias": round(float(bias), 6)}


def probability(calibration: dict[str, object], row: list[float]) -> float:
    """The calibrated confidence of one segment."""
    return 1 / (1 + math.exp(-(float(calibration["bias"]) + float(np.dot(calibration["weights"], row)))))


def calibration_error(predicted: list[float], good: list[bool], bins: int = 10) -> float:
    """Expected calibration error over equal-width bins."""
    p, y = np.array(predicted), np.array(good, float)
    where = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(p[where == b].sum() - y[where == b].sum()) for b in range(bins)) / len(p))
