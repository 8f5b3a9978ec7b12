"""Agreement of each annotator with the others: who reads the guideline unlike everybody else."""

from collections.abc import Hashable, Sequence

import numpy as np

from goldsmith.stats.agreement.by_item import Spread, spread_of
from goldsmith.stats.agreement.coefficient import Disagreement, apart
from goldsmith.stats.agreement.jackknife import JACKKNIFE, around, student_t
from goldsmith.stats.agreement.levels import Level
from goldsmith.stats.agreement.pairs import rating_pairs
from goldsmith.stats.agreement.result import Agreement
from goldsmith.stats.agreement.unanimous import SAME, UNANIMOUS, unanimous_ends
from goldsmith.stats.columns import check_confidence
from goldsmith.stats.ratings import Ratings


def alpha_by_annotator(
    ratings: Ratings,
    *,
    level: Level = "nominal",
    order: Sequence[Hashable] | None = None,
    confidence: float = 0.95,
) -> dict[Hashable, Agreement]:
    """1 − D_a / D_e: D_a the mean distance of the annotator's ratings to the others of the same items.

    D_e is that of `krippendorff_alpha` over everybody; weighted by each annotator's ratings, the values average to α.
    Interval: over the annotator's items, Student's t around the mean, D_e taken as known; exact bounds where every
    item shows the same disagreement. n_items : items shared with others; n_annotators : the annotator and who else
    rated them; n_ratings : the annotator's own. Annotators who share no item are left out. α undefined: NaN.
    """
    check_confidence(confidence)
    spread = spread_of(ratings, level, order)
    who = spread.ratings.annotator
    n_all = np.bincount(who, minlength=len(ratings.annotators))
    codes = np.flatnonzero(n_all)
    n_items = n_all[codes]
    within = _by(who, spread.to_others, codes) / n_items
    ends = _ends(spread, within, codes, n_items, confidence)
    columns = (ratings.annotators[codes], 1 - within / spread.expected, *ends, n_items, _met(spread, codes))
    return {
        name: Agreement(value, low, high, confidence, method, items, met, items)
        for name, value, low, high, method, items, met in zip(*(c.tolist() for c in columns), strict=True)
    }


def _ends(
    spread: Spread, within: np.ndarray, codes: np.ndarray, n_items: np.ndarray, confidence: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Low, high and method of each annotator."""
    squares = _squares(spread, within, codes)
    degrees = np.maximum(n_items - 1, 1)
    reach = student_t((1 + confidence) / 2, degrees) * np.sqrt(squares / degrees / n_items) / spread.expected
    low, high = around(1 - within / spread.expected, reach)
    parts = Disagreement(within, spread.expected, apart(spread.totals, spread.to_all), n_items)
    same, (same_low, same_high) = squares <= SAME, unanimous_ends(parts, confidence)
    method = np.full(len(codes), "none") if np.isnan(spread.expected) else np.where(same, UNANIMOUS, JACKKNIFE)
    return np.where(same, same_low, low), np.where(same, same_high, high), method


def _squares(spread: Spread, within: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Sum of squares of an annotator's ratings around their mean distance."""
    mean, who = np.zeros(len(spread.ratings.annotators)), spread.ratings.annotator
    mean[codes] = within
    return _by(who, (spread.to_others - mean[who]) ** 2, codes)


def _by(group: np.ndarray, amounts: np.ndarray, codes: np.ndarray) -> np.ndarray:
    return np.bincount(group, amounts, minlength=int(codes.max(initial=-1)) + 1)[codes]


def _met(spread: Spread, codes: np.ndarray) -> np.ndarray:
    """How many annotators rated the items of each, the annotator included."""
    who, n_annotators = spread.ratings.annotator, len(spread.ratings.annotators)
    met = codes.astype(np.int64) * (n_annotators + 1)
    for one, other in rating_pairs(spread.ratings):
        a, b = who[one].astype(np.int64), who[other].astype(np.int64)
        met = _united(met, np.concatenate([a * n_annotators + b, b * n_annotators + a]))
    return np.bincount(met // max(n_annotators, 1), minlength=n_annotators)[codes]


def _united(met: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """Like `numpy.union1d`, quicker where the numbers are small."""
    if int(pairs.max()) >= len(pairs):
        return np.union1d(met, pairs)
    seen = np.zeros(int(max(pairs.max(), met.max())) + 1, bool)
    seen[met] = seen[pairs] = True
    return np.flatnonzero(seen)
