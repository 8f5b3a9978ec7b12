"""Finding the mixture under which the given labels are likeliest."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from goldsmith.stats.issues.doubt import doubt_of
from goldsmith.stats.issues.mixture import AT_ONCE, Expected, Mixture, opinions_of
from goldsmith.stats.issues.noise import LEAST_SHARE, noise_matrix

ROUNDS, FOCUSED = 60, 8  # of expectation–maximisation; the first of them seek noise that has a direction
MOST_CELLS = 1 << 24  # rows × classes to learn from
CELLS_OF_SCORES = 1 << 20  # of a block whose scores are multiplied: classes² cells are added up for each
CLOSE = 3e-6  # gain of log-likelihood per label at which it ends


class Summed(NamedTuple):
    """What the expected classes of all rows come to, which is all that a round of the search asks of them.

    pull, bend : of the slopes, (opinions,) and (opinions, opinions).  apart, spread : of the biases, (classes,).
    counts : expected counts (true, given).  weight : mean share of the sharpened prediction.  likelihood : per label.
    """

    pull: np.ndarray
    bend: np.ndarray
    apart: np.ndarray
    spread: np.ndarray
    counts: np.ndarray
    weight: float
    likelihood: float


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows to learn from, in ascending order of their labels, a block at a time: one that the processor's cache holds.

    label : codes (n,).  word : the model's predictions, (n, classes).  opinions : see `opinions_of`.
    """

    label: np.ndarray
    word: np.ndarray
    opinions: list[np.ndarray]

    def expected(self, model: Mixture, cells: int = AT_ONCE) -> Iterator[tuple[np.ndarray, list[np.ndarray], Expected]]:
        """The labels and opinions of each block, and the posterior of its true classes."""
        step = max(cells // self.word.shape[1], 1)
        by_label = np.ascontiguousarray(model.noise.T)
        for start in range(0, len(self.label), step):
            rows = slice(start, start + step)
            label, opinions = self.label[rows], [one[rows] for one in self.opinions]
            yield label, opinions, _expected(model, opinions, by_label[label], self.word[rows])


def fitted(given: np.ndarray, said: np.ndarray, shares: np.ndarray | None, least: float = LEAST_SHARE) -> Mixture:
    """The mixture under which the given labels are likeliest.

    Expectation–maximisation: the expected true classes give the noise (`noise_matrix`) and the share taken at its
    word; slopes and biases take a step of Newton's towards them (multinomial logistic regression, weak priors: slopes
    about 1, biases about 0). The first rounds hold that wrong labels have a direction: from there the fit reaches
    even noise, but not the other way round. With two classes errors often go one way only, and a search that begins
    with both ends elsewhere: it begins at each in turn, too, and the likeliest end is taken.

    given : codes (n,).  said, shares : (n, classes).  least : the prior's least share of wrong labels.
    """
    picked, size = _picked(given, said.shape[1]), said.shape[1]
    opinions = [one.astype(float) for one in opinions_of(said[picked], None if shares is None else shares[picked])]
    rows = Rows(given[picked], said[picked].astype(float), opinions)
    ends = [_climbed(rows, noise, least) for noise in _starts(size)]
    model, found = max(ends, key=lambda end: _score(*end, len(picked)))
    return replace(model, doubt=doubt_of(model, rows.expected(model, CELLS_OF_SCORES), found.weight), least=least)


def _starts(size: int) -> list[np.ndarray]:
    """Noise to begin with: a tenth of the labels wrong, evenly; of two classes also a third of one alone."""
    even = np.full((size, size), 0.1 / (size - 1)) + np.eye(size) * (0.9 - 0.1 / (size - 1))
    if size > 2:
        return [even]
    alone = np.array([[0.99, 0.01], [1 / 3, 2 / 3]])
    return [even, alone, alone[::-1, ::-1]]


def _climbed(rows: Rows, noise: np.ndarray, least: float) -> tuple[Mixture, Summed]:
    """Where the search ends that begins with this noise."""
    model = Mixture(np.ones(len(rows.opinions)), np.zeros(len(noise)), 0.05, noise)
    found, focused = _summed(model, rows), FOCUSED if noise[0, 0] == noise[1, 1] else 0
    for turn in range(ROUNDS):
        slopes, bias = _stepped(model, found)
        noise = noise_matrix(found.counts, focused=turn < focused, least=least)
        model = Mixture(slopes, bias, 1 - found.weight, noise)
        last, found = found.likelihood, _summed(model, rows)
        if turn > FOCUSED + 1 and abs(found.likelihood - last) < CLOSE:
            break
    return model, found


def _score(model: Mixture, found: Summed, n: int) -> float:
    """Log-likelihood with the priors of slopes and biases."""
    return n * found.likelihood - (((model.slopes - 1) ** 2).sum() + (model.bias**2).sum()) / 2


def _expected(model: Mixture, opinions: list[np.ndarray], noise: np.ndarray, word: np.ndarray) -> Expected:
    """The posterior of the true classes; `noise` is the chance of each given label by true class, (n, classes)."""
    sharp = model.sharpened(opinions)
    by_sharp, by_word = (1 - model.raw) * sharp * noise, model.raw * word * noise
    total = np.maximum(by_sharp.sum(1) + by_word.sum(1), 1e-300)
    by_sharp /= total[:, None]
    by_word /= total[:, None]
    return Expected(sharp, by_sharp, by_sharp + by_word, float(np.log(total).sum()))


def _summed(model: Mixture, rows: Rows) -> Summed:
    size, several = len(model.noise), len(rows.opinions)
    pull, bend, weight, likelihood = np.zeros(several), np.zeros((several, several)), 0.0, 0.0
    apart_of, spread_of, counts = np.zeros(size), np.zeros(size), np.zeros((size, size))
    for label, opinions, found in rows.expected(model):
        weights = found.by_sharp.sum(1, keepdims=True)
        spread = found.sharp * weights
        apart = found.by_sharp - spread
        centred = [one - (found.sharp * one).sum(1, keepdims=True) for one in opinions]
        pull += [(apart * one).sum() for one in opinions]
        bend += [[(spread * a * b).sum() for b in centred] for a in centred]
        apart_of += apart.sum(0)
        spread_of += (spread * (1 - found.sharp)).sum(0)
        weight += float(weights.sum())
        likelihood += found.likelihood
        seen, starts = np.unique(label, return_index=True)
        counts[seen] += np.add.reduceat(found.classes, starts, axis=0)
    n = len(rows.label)
    return Summed(pull, bend, apart_of, spread_of, counts.T, weight / n, likelihood / n)


def _stepped(model: Mixture, found: Summed) -> tuple[np.ndarray, np.ndarray]:
    """Slopes and biases one step of Newton's nearer to the expected classes."""
    pull, bend = found.pull - (model.slopes - 1), found.bend + np.eye(len(found.pull))
    slopes = np.clip(model.slopes + np.linalg.solve(bend, pull), 0.01, 100.0)
    bias = model.bias + (found.apart - model.bias) / (found.spread + 1.0)
    return slopes, bias


def _picked(given: np.ndarray, size: int) -> np.ndarray:
    """Rows to learn from, evenly picked, in ascending order of their labels; fewer where classes are very many."""
    most = max(min(10_000 + 100 * size, MOST_CELLS // size), 1000)
    rows = np.linspace(0, len(given) - 1, min(len(given), most)).astype(np.intp)
    return rows[np.argsort(given[rows], kind="stable")]
