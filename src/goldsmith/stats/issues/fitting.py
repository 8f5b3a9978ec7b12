"""Finding the mixture under which the given labels are likeliest."""

from typing import NamedTuple

import numpy as np

from goldsmith.stats.issues.mixture import Mixture, opinions_of
from goldsmith.stats.issues.noise import LEAST_SHARE, noise_matrix

ROUNDS, FOCUSED = 60, 8  # of expectation–maximisation; the first of them seek noise that has a direction
CLOSE = 3e-6  # gain of log-likelihood per label at which it ends


class Expected(NamedTuple):
    """What the given labels say of the true classes: arrays (n, classes).

    sharp : softmax of the opinions.  by_sharp : posterior of the class where the sharpened prediction drew it.
    classes : posterior of the class however it was drawn.  likelihood : mean log-likelihood of the labels.
    """

    sharp: np.ndarray
    by_sharp: np.ndarray
    classes: np.ndarray
    likelihood: float


def fitted(given: np.ndarray, said: np.ndarray, shares: np.ndarray | None, least: float = LEAST_SHARE) -> Mixture:
    """The mixture under which the given labels are likeliest.

    Expectation–maximisation: the expected true classes give the noise (`noise_matrix`) and the share taken at its
    word; slopes and biases take a step of Newton's towards them (multinomial logistic regression, weak priors: slopes
    about 1, biases about 0). The first rounds hold that wrong labels have a direction: from there the fit reaches
    even noise, but not the other way round.

    given : codes (n,).  said, shares : (n, classes).  least : the prior's least share of wrong labels.
    """
    rows, size = _picked(given, 10_000 + 100 * said.shape[1]), said.shape[1]
    opinions = [one.astype(float) for one in opinions_of(said[rows], None if shares is None else shares[rows])]
    label, word = given[rows], said[rows].astype(float)
    start = np.full((size, size), 0.1 / (size - 1)) + np.eye(size) * (0.9 - 0.1 / (size - 1))
    model = Mixture(np.ones(len(opinions)), np.zeros(size), 0.05, start)
    found = _expected(model, opinions, label, word)
    for turn in range(ROUNDS):
        slopes, bias = _stepped(model, opinions, found)
        noise = noise_matrix(_counted(label, found.classes), focused=turn < FOCUSED, least=least)
        model = Mixture(slopes, bias, float(1 - found.by_sharp.sum(1).mean()), noise)
        last, found = found.likelihood, _expected(model, opinions, label, word)
        if turn > FOCUSED + 1 and abs(found.likelihood - last) < CLOSE:
            break
    return Mixture(model.slopes, model.bias, model.raw, model.noise, _doubt(label, opinions[0], found), least)


def _expected(model: Mixture, opinions: list[np.ndarray], label: np.ndarray, word: np.ndarray) -> Expected:
    """The posterior of the true classes, given the labels."""
    sharp, noise = model.sharpened(opinions), model.noise.T[label]
    by_sharp, by_word = (1 - model.raw) * sharp * noise, model.raw * word * noise
    total = np.maximum(by_sharp.sum(1) + by_word.sum(1), 1e-300)
    by_sharp /= total[:, None]
    by_word /= total[:, None]
    return Expected(sharp, by_sharp, by_sharp + by_word, float(np.log(total).mean()))


def _stepped(model: Mixture, opinions: list[np.ndarray], found: Expected) -> tuple[np.ndarray, np.ndarray]:
    """Slopes and biases one step of Newton's nearer to the expected classes."""
    sharp, target = found.sharp, found.by_sharp
    weight = target.sum(1, keepdims=True)
    apart, spread = target - sharp * weight, sharp * weight
    pull = np.array([(apart * one).sum() for one in opinions]) - (model.slopes - 1)
    centred = [one - (sharp * one).sum(1, keepdims=True) for one in opinions]
    bend = np.array([[(spread * a * b).sum() for b in centred] for a in centred]) + np.eye(len(opinions))
    slopes = np.clip(model.slopes + np.linalg.solve(bend, pull), 0.01, 100.0)
    bias = model.bias + (apart.sum(0) - model.bias) / ((spread * (1 - sharp)).sum(0) + 1.0)
    return slopes, bias


def _counted(label: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Expected counts (true, given), for labels in ascending order."""
    counts = np.zeros((expected.shape[1],) * 2)
    seen, starts = np.unique(label, return_index=True)
    counts[:, seen] = np.add.reduceat(expected, starts, axis=0).T
    return counts


def _doubt(label: np.ndarray, opinion: np.ndarray, found: Expected) -> float:
    """Standard error of the logit of the share of wrong labels: information from the items' scores (BHHH).

    Scores of three numbers, the others held: logit of the rate, slope, and logit of the share taken at its word.
    """
    wrong = 1 - found.classes[np.arange(len(label)), label]
    weight = found.by_sharp.sum(1)
    slope = ((found.by_sharp - found.sharp * weight[:, None]) * opinion).sum(1)
    scores = np.stack([wrong - wrong.mean(), slope, weight - weight.mean()], 1)
    information = scores.T @ scores + np.diag([0.5, 1.0, 1.0])  # half an unseen wrong label; weak priors
    return float(np.sqrt(np.linalg.inv(information)[0, 0]))


def _picked(given: np.ndarray, most: int) -> np.ndarray:
    """Rows to learn from, evenly picked, in ascending order of their labels."""
    rows = np.linspace(0, len(given) - 1, min(len(given), most)).astype(np.intp)
    return rows[np.argsort(given[rows], kind="stable")]
