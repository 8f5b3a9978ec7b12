"""How far the share of wrong labels is told by the labels and the model, and how far it could be something else."""

import numpy as np

from goldsmith.stats.issues.mixture import Expected, Mixture


def doubt_of(model: Mixture, label: np.ndarray, opinions: list[np.ndarray], found: Expected) -> float:
    """Standard error of the logit of the share of wrong labels: information from the items' scores (BHHH).

    Free are, with weak priors: every class's own rate of wrong labels (logit), every class's bias, the slopes, and the
    share taken at its word. So where a label that is left out on every third item looks like a class that is rarer
    than the model says, the interval tells of both. The share is Σ_j π_j r_j; its variance is by the delta method.

    Source: Berndt, Hall, Hall and Hausman (1974), Annals of Economic and Social Measurement 3, 653–665.
    """
    size = len(model.noise)
    rate, sharp = 1 - model.noise.diagonal(), found.sharp
    wrong = np.arange(size) != label[:, None]
    weight = found.by_sharp.sum(1)
    apart = found.by_sharp - sharp * weight[:, None]
    slopes = [(apart * one).sum(1) for one in opinions]
    scores = np.column_stack([found.classes * (wrong - rate), apart, *slopes, weight - weight.mean()])
    half = np.full(size, 0.5 / size)  # of an unseen wrong label, spread over the classes
    information = scores.T @ scores + np.diag([*half, *np.ones(size + len(opinions) + 1)])
    share = found.classes.mean(0)
    moved = (1 - model.raw) * (rate * sharp.mean(0) - sharp.T @ (sharp @ rate) / len(sharp))
    slope = np.concatenate([share * rate * (1 - rate), moved, np.zeros(len(opinions) + 1)])
    value = float(share @ rate)
    return float(np.sqrt(slope @ np.linalg.solve(information, slope)) / max(value * (1 - value), 1e-12))
