"""How well a method foretells people whose ratings it does not use: the yardstick without true answers."""

import numpy as np

from goldsmith.stats.coding import chunks
from goldsmith.stats.truth.map_dawid_skene import dirichlet_multinomial
from goldsmith.stats.truth.mixture import SMALLEST, Fit
from goldsmith.stats.truth.votes import Votes

RATINGS_AT_ONCE = 1 << 16
PRIOR_RATINGS = 2.0  # that the crowd's habits weigh against a person's own


def left_out_scores(votes: Votes, found: Fit) -> np.ndarray:
    """Nats per rating of each annotator, given what the others' ratings make of the items; NaN where nobody else is.

    The label that the model infers from all ratings of an item but the annotator's own is set against the
    annotator's; the score is the Dirichlet–multinomial log-likelihood of that table, its prior being the crowd's.
    A method scores well when its labels tell what people who had no part in them say, be it by confusion.
    """
    cells = votes.n_annotators * votes.n_labels
    others = np.bincount(votes.item, minlength=votes.n_items)[votes.item] > 1
    place = _labels_by_others(votes, found) * cells + votes.cell
    counts = np.bincount(place[others], minlength=votes.n_labels * cells)
    counts = counts.reshape(votes.n_labels, votes.n_annotators, votes.n_labels).astype(float)
    crowd = counts.sum(1) + 0.5
    crowd /= crowd.sum(1, keepdims=True)
    n = counts.sum((0, 2))
    score = dirichlet_multinomial(counts, PRIOR_RATINGS * crowd[:, None]).sum(0)
    return np.divide(score, n, out=np.full(len(n), np.nan), where=n > 0)


def _labels_by_others(votes: Votes, found: Fit) -> np.ndarray:
    """For each rating, the class inferred from the other ratings of its item."""
    table = np.log(np.maximum(found.confusion, SMALLEST)).reshape(len(found.share), -1)
    joint = votes.evidence(table) + np.log(np.maximum(found.share, SMALLEST))[:, None]
    label = np.empty(len(votes), np.intp)
    for part in chunks(len(votes), RATINGS_AT_ONCE):
        rest = joint[:, votes.item[part]] - table[:, votes.cell[part]]
        rest -= rest.max(0)
        label[part] = (found.naming.T @ np.exp(rest)).argmax(0)
    return label
