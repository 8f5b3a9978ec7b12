"""Where a candidate begins and ends: medians in which precise annotators count for more."""

import numpy as np

from goldsmith.stats.spans.candidates import Candidates
from goldsmith.stats.spans.spans import Spans

ROUNDS = 5  # they settle in two or three
WEIGHT_OF_CROWD = 5.0  # boundaries that the crowd's error weighs against an annotator's own
LEAST_ERROR = 0.25  # characters: nobody is infinitely precise


def boundaries(spans: Spans, found: Candidates) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Start and end of each candidate, and each annotator's mean error, in characters.

    Errors are Laplace-distributed with a scale for each annotator: given the scales, the likeliest place is the
    median weighted with 1 / scale; given the places, the likeliest scale is the mean error, here drawn to the crowd's.
    A tie goes to the earlier place.
    """
    n = np.bincount(spans.annotator, minlength=len(spans.annotators))
    scale = np.ones(len(spans.annotators))
    start, end = spans.start[:0], spans.end[:0]
    error = np.zeros(len(spans))
    for _ in range(ROUNDS):
        weight = 1 / scale[spans.annotator]
        start = _weighted_medians(spans.start, found.member, weight, len(found))
        end = _weighted_medians(spans.end, found.member, weight, len(found))
        error = (np.abs(spans.start - start[found.member]) + np.abs(spans.end - end[found.member])) / 2
        crowd = max(float(error.mean()) if len(error) else 0.0, LEAST_ERROR)
        total = np.bincount(spans.annotator, error, len(n))
        scale = np.maximum((total + WEIGHT_OF_CROWD * crowd) / (n + WEIGHT_OF_CROWD), LEAST_ERROR)
    own = np.bincount(spans.annotator, error, len(n)) / np.where(n, n, np.nan)
    return start, end, own


def _weighted_medians(value: np.ndarray, group: np.ndarray, weight: np.ndarray, n_groups: int) -> np.ndarray:
    """Of each group, the first value at which half of the weight is reached: (groups,)."""
    order = np.lexsort((value, group))
    group, weight = group[order], weight[order]
    reached = np.cumsum(weight)
    total = np.bincount(group, weight, n_groups)
    half = np.cumsum(total) - total / 2
    place = np.searchsorted(reached, half - 1e-9 * (1 + half))
    return value[order][np.minimum(place, len(order) - 1)] if len(order) else value
