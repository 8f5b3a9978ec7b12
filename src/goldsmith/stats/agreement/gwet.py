"""Gwet's AC1 and AC2: chance-corrected agreement that stays calm when one class is rare."""

from collections.abc import Hashable, Sequence
from functools import partial
from typing import Literal

import numpy as np

from goldsmith.stats.agreement.coefficient import ChanceCorrected, Numbers, corrected
from goldsmith.stats.agreement.distances import Distance, Nominal
from goldsmith.stats.agreement.intervals import estimate
from goldsmith.stats.agreement.levels import distance_for
from goldsmith.stats.agreement.percent import disagreement_by_item
from goldsmith.stats.agreement.resampling import BY_ITEM, Resampling
from goldsmith.stats.agreement.result import Agreement
from goldsmith.stats.agreement.tally import tally
from goldsmith.stats.ratings import Ratings


def gwet_ac1(ratings: Ratings, *, resampling: Resampling = BY_ITEM) -> Agreement:
    """Agreement corrected for annotators who guess only on some items.

        AC1 = (P − P_e) / (1 − P_e),    P_e = 1 / (q − 1) Σ_c p_c (1 − p_c)

    with P as in `percent_agreement`, p_c as in `fleiss_kappa` and q classes. Classes that nobody used count when the
    ratings were made with `classes=...`: AC1 depends on how many labels could have been given.

    Source: Gwet (2008), British Journal of Mathematical and Statistical Psychology 61, 29–48; Gwet (2014), Handbook
    of Inter-Rater Reliability, 4th ed., ch. 5 (missing ratings).
    No item with two ratings, or q = 1: NaN. One class used of several possible: 1.
    """
    return estimate(ratings, partial(_fit, weights="nominal"), resampling)


def gwet_ac2(
    ratings: Ratings,
    *,
    weights: Literal["linear", "quadratic"] = "quadratic",
    order: Sequence[Hashable] | None = None,
    resampling: Resampling = BY_ITEM,
) -> Agreement:
    """AC1 with partial credit: labels d apart on a scale of length D agree by 1 − d/D (linear) or 1 − (d/D)².

        AC2 = (P − P_e) / (1 − P_e),    P_e = T / (q (q − 1)) Σ_c p_c (1 − p_c),    T = Σ_ck w_ck

    with P the mean weight w of the pairs of an item. Numbers are their own place on the scale; other labels are
    placed by `order` (or by `Ratings.from_arrays(classes=...)`), one step apart.

    Source and undefined cases: as `gwet_ac1`; weights in Gwet (2014), ch. 3.
    """
    return estimate(ratings.with_order(order), partial(_fit, weights=weights), resampling)


def _fit(ratings: Ratings, weights: str) -> ChanceCorrected:
    cells = tally(ratings, at_least=1)
    distance = distance_for(ratings, weights)
    observed, weight = disagreement_by_item(cells, distance)
    finish = partial(_finish, share=_mean_weight(distance, len(ratings.classes)))
    return ChanceCorrected(cells, observed, weight, 1.0 / cells.size, distance, Nominal(), finish)


def _mean_weight(distance: Distance, n_classes: int) -> float:
    """T / (q (q − 1)); NaN with one class."""
    if n_classes < 2:
        return np.nan
    apart = distance.to_all(np.ones(n_classes)).sum()
    return (n_classes**2 - apart) / (n_classes * (n_classes - 1))


def _finish(observed: Numbers, q: Numbers, total: Numbers, share: float) -> Numbers:
    return corrected(observed, 1.0 - share * q / total**2)
