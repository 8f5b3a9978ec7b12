"""How far the share of wrong labels is told by the labels and the model, and how far it could be something else."""

from collections.abc import Iterable

import numpy as np

from goldsmith.stats.issues.mixture import Expected, Mixture


def doubt_of(model: Mixture, blocks: Iterable[tuple[np.ndarray, list[np.ndarray], Expected]], weight: float) -> float:
    """Standard error of the logit of the share of wrong labels: information from the items' scores (BHHH).

    Free are, with weak priors: every class's own rate of wrong labels (logit), every class's bias, the slopes, and the
    share taken at its word. So where a label that is left out on every third item looks like a class that is rarer
    than the model says, the interval tells of both. The share is Σ_j π_j r_j; its variance is by the delta method.

    blocks : labels, opinions and expected classes of some rows at a time.  weight : the mean share of the sharpened.

    Source: Berndt, Hall, Hall and Hausman (1974), Annals of Economic and Social Measurement 3, 653–665.
    """
    size, rate, n, several = len(model.noise), 1 - model.noise.diagonal(), 0, len(model.slopes)
    half = np.full(size, 0.5 / size)  # of an unseen wrong label, spread over the classes
    information = np.diag([*half, *np.ones(size + several + 1)])
    share, likely, caught = np.zeros(size), np.zeros(size), np.zeros(size)
    for label, opinions, found in blocks:
        scores = _scores(label, opinions, found, rate, weight)
        information += scores.T @ scores
        share += found.classes.sum(0)
        likely += found.sharp.sum(0)
        caught += found.sharp.T @ (found.sharp @ rate)
        n += len(label)
    share, moved = share / n, (1 - model.raw) * (rate * likely - caught) / n
    slope = np.concatenate([share * rate * (1 - rate), moved, np.zeros(several + 1)])
    value = float(share @ rate)
    return float(np.sqrt(slope @ np.linalg.solve(information, slope)) / max(value * (1 - value), 1e-12))


def _scores(
    label: np.ndarray, opinions: list[np.ndarray], found: Expected, rate: np.ndarray, weight: float
) -> np.ndarray:
    """What each row adds to the slope of the likelihood, (n, 2 classes + opinions + 1)."""
    wrong = np.arange(len(rate)) != label[:, None]
    weights = found.by_sharp.sum(1)
    apart = found.by_sharp - found.sharp * weights[:, None]
    slopes = [(apart * one).sum(1) for one in opinions]
    return np.column_stack([found.classes * (wrong - rate), apart, *slopes, weights - weight])
