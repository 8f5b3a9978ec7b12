"""Labels with known errors, and predictions of a model that is unsure of itself."""

import numpy as np


def guessed(n: int, classes: int, rate: float, *, paired: bool = False, timid: float = 0.6, seed: int = 0):
    """(true labels, given labels, predictions): Gaussian classes in classes dimensions, the posterior made timid.

    rate : chance of a wrong label, any other alike; or `paired`: always the next class.
    timid : what the posterior is raised to; 1 is calibrated.
    """
    rng = np.random.default_rng(seed)
    true = rng.integers(0, classes, n)
    seen = 3.0 * np.eye(classes)[true] + rng.normal(size=(n, classes))
    score = timid * 3.0 * seen
    said = np.exp(score - score.max(1, keepdims=True))
    said /= said.sum(1, keepdims=True)
    step = np.ones(n, int) if paired else rng.integers(1, classes, n)
    given = np.where(rng.random(n) < rate, (true + step) % classes, true)
    return true, given, said


def average_precision(wrong: np.ndarray, suspicion: np.ndarray) -> float:
    """The mean precision at each wrong label, by falling suspicion."""
    hit = wrong[np.argsort(-suspicion, kind="stable")]
    return float((np.cumsum(hit)[hit] / (np.flatnonzero(hit) + 1)).mean())
