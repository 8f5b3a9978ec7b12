"""Worker agreement with the aggregate (Wawa): a vote in which people count by how often they side with the majority."""

import numpy as np

from goldsmith.stats.ratings import Ratings
from goldsmith.stats.truth.result import Truth, truth_of
from goldsmith.stats.truth.votes import Known, Votes


def wawa(ratings: Ratings, *, known: Known = None) -> Truth:
    """Shares of labels, each rating weighing what its annotator's agreement with the majority is.

    Source: Appen (2021), "Calculating worker agreement with aggregate"; the same as crowd-kit's `Wawa`.
    known : answers that are certain, `{item: label}`; they count as the majority's.
    No model, hence no log-likelihood (NaN). An item on which no annotator weighs anything has equal shares.
    """
    votes = Votes.of(ratings, known)
    winner = votes.with_known(votes.tally()).argmax(0)
    agrees = winner[votes.item] == votes.label()
    n = np.bincount(votes.annotator(), minlength=votes.n_annotators)
    weight = np.bincount(votes.annotator(), agrees, votes.n_annotators) / np.maximum(n, 1)
    place = votes.label() * votes.n_items + votes.item
    shares = np.bincount(place, weight[votes.annotator()], votes.n_labels * votes.n_items).reshape(votes.n_labels, -1)
    shares[:, shares.sum(0) == 0] = 1.0
    return truth_of("wawa", ratings, votes, votes.with_known(shares / shares.sum(0)))
