"""Krippendorff's α: agreement beyond chance for any number of annotators, missing data and every kind of label."""

from collections.abc import Hashable, Sequence
from functools import partial

import numpy as np

from goldsmith.stats.agreement.coefficient import ChanceCorrected, Coefficient, Numbers, corrected
from goldsmith.stats.agreement.intervals import estimate
from goldsmith.stats.agreement.levels import Level, check_order, distance_for
from goldsmith.stats.agreement.ordinal import OrdinalAlpha
from goldsmith.stats.agreement.resampling import BY_ITEM, Resampling
from goldsmith.stats.agreement.result import Agreement
from goldsmith.stats.agreement.tally import tally
from goldsmith.stats.ratings import Ratings


def krippendorff_alpha(
    ratings: Ratings,
    *,
    level: Level = "nominal",
    order: Sequence[Hashable] | None = None,
    resampling: Resampling = BY_ITEM,
) -> Agreement:
    """One minus observed over expected disagreement, over all pairs of ratings of the same item.

        α = 1 − D_o / D_e
        D_o = 1/n Σ_u 1/(m_u − 1) Σ_ck n_uc n_uk δ(c, k)
        D_e = 1/(n (n − 1)) Σ_ck n_c n_k δ(c, k)

    over the items u with m_u ≥ 2 ratings, n_uc of class c; n_c their totals, n the sum. From about −1 to 1.

    level : the distance δ, see `distances.py`: "nominal", "ordinal" (by ranks), "interval" and "ratio" (numbers),
        "jaccard" and "masi" (set-valued labels).
    order : for "ordinal" with labels other than numbers: the labels from lowest to highest.

    Source: Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania; (2019)
    Content Analysis, 4th ed., ch. 12. Assumes annotators are interchangeable. Cost: the distinct label patterns;
    "ratio" and the set levels also take time in the square of the distinct labels.
    No item with two ratings, or no two labels apart: NaN.
    """
    if level == "ordinal":
        ratings = ratings.with_order(order)
        check_order(ratings, "The ordinal level")
        return estimate(ratings, _fit_ordinal, resampling)
    return estimate(ratings, partial(_fit, level=level), resampling)


def _fit_ordinal(ratings: Ratings) -> Coefficient:
    return OrdinalAlpha(tally(ratings, at_least=2))


def _fit(ratings: Ratings, level: str) -> Coefficient:
    cells, distance = tally(ratings, at_least=2), distance_for(ratings, level)
    observed = cells.by_row(cells.count * distance.in_row(cells)) / (cells.size - 1)
    weight = cells.size.astype(float)
    return ChanceCorrected(cells, observed, weight, np.ones(len(weight)), distance, distance, alpha_from)


def alpha_from(observed: Numbers, q: Numbers, total: Numbers) -> Numbers:
    """α of the mean disagreement within items, Q = Σ n_c n_k δ and n."""
    return corrected(observed, q / (total * (total - 1)))
