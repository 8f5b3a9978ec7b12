"""What people would watch drift with instead, with its defaults: each gives the places of its alarms."""

from collections.abc import Callable

import numpy as np

from bench.drift_simulated import REFERENCE
from goldsmith.stats import Traffic

WINDOW, EVERY, DRAWS = 100, 25, 200  # of MMD


def cusum(traffic: Traffic, watched: np.ndarray, seed: int) -> list[int]:
    """Page (1954), both sides, on standardised values: allowance ½, limit 5."""
    high = low = 0.0
    alarms = []
    for place, value in enumerate(watched.tolist()):
        high, low = max(0.0, high + value - 0.5), max(0.0, low - value - 0.5)
        if max(high, low) > 5:
            alarms.append(place)
            high = low = 0.0
    return alarms


def by_river(name: str) -> Callable[[Traffic, np.ndarray, int], list[int]]:
    """A detector of river with its defaults."""

    def run(traffic: Traffic, watched: np.ndarray, seed: int) -> list[int]:
        from river import drift  # pyright: ignore[reportMissingImports]

        detector = drift.KSWIN(seed=seed) if name == "KSWIN" else drift.PageHinkley()
        alarms = []
        for place, value in enumerate(watched.tolist()):
            detector.update(value)
            if detector.drift_detected:
                alarms.append(place)
        return alarms

    return run


def mmd(traffic: Traffic, watched: np.ndarray, seed: int) -> list[int]:
    """Gretton et al. (2012): the last 100 items against the reference, every 25 items, at level .005.

    Gaussian kernel with the median distance; the limit is the quantile of 200 windows drawn from the reference. An
    alarm lasts until a window is below the limit again, and counts once.
    """
    rng, vectors = np.random.default_rng(seed), traffic.embeddings
    reference, items = vectors[:REFERENCE], vectors[REFERENCE:]
    scale = np.median(1 - reference @ reference.T)
    known = np.exp((reference @ reference.T - 1) / scale)
    across = np.exp((items @ reference.T - 1) / scale).mean(1)

    def apart(within: np.ndarray, to_reference: float) -> float:
        return (within.sum() - len(within)) / (len(within) * (len(within) - 1)) - 2 * to_reference

    drawn = [rng.permutation(REFERENCE)[:WINDOW] for _ in range(DRAWS)]
    limit = np.quantile(
        [apart(known[np.ix_(some, some)], np.delete(known[some], some, 1).mean()) for some in drawn], 0.995
    )
    alarms, ringing = [], False
    for end in range(WINDOW, len(items) + 1, EVERY):
        window = items[end - WINDOW : end]
        above = apart(np.exp((window @ window.T - 1) / scale), across[end - WINDOW : end].mean()) > limit
        if above and not ringing:
            alarms.append(end - 1)
        ringing = bool(above)
    return alarms
