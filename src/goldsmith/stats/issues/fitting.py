"""Finding the mixture under which the given labels are likeliest."""

from dataclasses import replace

import numpy as np

from goldsmith.stats.issues.doubt import doubt_of
from goldsmith.stats.issues.mixture import Expected, Mixture, opinions_of
from goldsmith.stats.issues.noise import LEAST_SHARE, noise_matrix

ROUNDS, FOCUSED = 60, 8  # of expectation–maximisation; the first of them seek noise that has a direction
MOST_CELLS = 1 << 24  # rows × classes to learn from
CLOSE = 3e-6  # gain of log-likelihood per label at which it ends


def fitted(given: np.ndarray, said: np.ndarray, shares: np.ndarray | None, least: float = LEAST_SHARE) -> Mixture:
    """The mixture under which the given labels are likeliest.

    Expectation–maximisation: the expected true classes give the noise (`noise_matrix`) and the share taken at its
    word; slopes and biases take a step of Newton's towards them (multinomial logistic regression, weak priors: slopes
    about 1, biases about 0). The first rounds hold that wrong labels have a direction: from there the fit reaches
    even noise, but not the other way round. With two classes errors often go one way only, and a search that begins
    with both ends elsewhere: it begins at each in turn, too, and the likeliest end is taken.

    given : codes (n,).  said, shares : (n, classes).  least : the prior's least share of wrong labels.
    """
    rows, size = _picked(given, said.shape[1]), said.shape[1]
    opinions = [one.astype(float) for one in opinions_of(said[rows], None if shares is None else shares[rows])]
    label, word = given[rows], said[rows].astype(float)
    ends = [_climbed(label, word, opinions, noise, least) for noise in _starts(size)]
    model, found = max(ends, key=lambda end: _score(*end, len(label)))
    return replace(model, doubt=doubt_of(model, label, opinions, found), least=least)


def _starts(size: int) -> list[np.ndarray]:
    """Noise to begin with: a tenth of the labels wrong, evenly; of two classes also a third of one alone."""
    even = np.full((size, size), 0.1 / (size - 1)) + np.eye(size) * (0.9 - 0.1 / (size - 1))
    if size > 2:
        return [even]
    alone = np.array([[0.99, 0.01], [1 / 3, 2 / 3]])
    return [even, alone, alone[::-1, ::-1]]


def _climbed(
    label: np.ndarray, word: np.ndarray, opinions: list[np.ndarray], noise: np.ndarray, least: float
) -> tuple[Mixture, Expected]:
    """Where the search ends that begins with this noise."""
    model = Mixture(np.ones(len(opinions)), np.zeros(len(noise)), 0.05, noise)
    found, focused = _expected(model, opinions, label, word), FOCUSED if noise[0, 0] == noise[1, 1] else 0
    for turn in range(ROUNDS):
        slopes, bias = _stepped(model, opinions, found)
        noise = noise_matrix(_counted(label, found.classes), focused=turn < focused, least=least)
        model = Mixture(slopes, bias, float(1 - found.by_sharp.sum(1).mean()), noise)
        last, found = found.likelihood, _expected(model, opinions, label, word)
        if turn > FOCUSED + 1 and abs(found.likelihood - last) < CLOSE:
            break
    return model, found


def _score(model: Mixture, found: Expected, n: int) -> float:
    """Log-likelihood with the priors of slopes and biases."""
    return n * found.likelihood - (((model.slopes - 1) ** 2).sum() + (model.bias**2).sum()) / 2


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


def _picked(given: np.ndarray, size: int) -> np.ndarray:
    """Rows to learn from, evenly picked, in ascending order of their labels; fewer where classes are very many."""
    most = max(min(10_000 + 100 * size, MOST_CELLS // size), 1000)
    rows = np.linspace(0, len(given) - 1, min(len(given), most)).astype(np.intp)
    return rows[np.argsort(given[rows], kind="stable")]
