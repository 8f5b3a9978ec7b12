"""Where a search begins: at the majority, or at an earlier result."""

import numpy as np

from goldsmith.stats.ratings import Ratings
from goldsmith.stats.truth.mixture import expected
from goldsmith.stats.truth.result import Truth
from goldsmith.stats.truth.votes import Votes


def first_guess(ratings: Ratings, votes: Votes, start: Truth | None) -> np.ndarray:
    """A posterior (classes, items): the shares of the votes, or what an earlier result makes of these ratings.

    People whom the earlier result does not know judge like its average annotator.
    """
    if start is None:
        return votes.first_guess()
    if start.classes.tolist() != ratings.classes.tolist():
        raise ValueError("The result to start from has other classes: pass the same `classes` to both ratings.")
    average = start.confusion.mean(0)
    place = {annotator: code for code, annotator in enumerate(start.annotators.tolist())}
    rows = [place.get(annotator, -1) for annotator in ratings.annotators.tolist()]
    confusion = np.concatenate([start.confusion, average[None]])[rows].transpose(1, 0, 2)
    return expected(votes, confusion, start.share, np.arange(votes.n_labels))[0]
