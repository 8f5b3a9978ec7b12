"""Percent agreement: how often two annotators of the same item give the same label."""

from dataclasses import replace

import numpy as np

from goldsmith.stats.agreement.coefficient import ChanceCorrected, Numbers
from goldsmith.stats.agreement.distances import Distance, Nominal
from goldsmith.stats.agreement.intervals import estimate
from goldsmith.stats.agreement.resampling import BY_ITEM, Resampling
from goldsmith.stats.agreement.result import Agreement
from goldsmith.stats.agreement.tally import Tally, tally
from goldsmith.stats.ratings import Ratings


def percent_agreement(ratings: Ratings, *, resampling: Resampling = BY_ITEM) -> Agreement:
    """The share of pairs of ratings that are the same, averaged over items; from 0 to 1, not corrected for chance.

        P = 1/N Σ_u P_u,    P_u = Σ_c n_uc (n_uc − 1) / (m_u (m_u − 1))

    over the N items u with m_u ≥ 2 ratings, n_uc of them of class c. Every item counts the same, however many ratings
    it has. Set-valued labels agree when the sets are equal.

    Source: Fleiss (1971), Psychological Bulletin 76(5); for unequal numbers of ratings Gwet (2014), Handbook of
    Inter-Rater Reliability, 4th ed., ch. 5. Assumes items are a sample and annotators exchangeable.
    No item with two ratings: NaN. One class: 1.
    """
    found = estimate(ratings, _fit, resampling)
    return replace(found, low=max(found.low, 0.0))


def _fit(ratings: Ratings) -> ChanceCorrected:
    cells = tally(ratings, at_least=2)
    observed, weight = disagreement_by_item(cells, Nominal())
    return ChanceCorrected(cells, observed, weight, 1.0 / cells.size, Nominal(), Nominal(), _finish)


def _finish(observed: Numbers, q: Numbers, total: Numbers) -> Numbers:
    return 1.0 - observed


def disagreement_by_item(cells: Tally, distance: Distance) -> tuple[np.ndarray, np.ndarray]:
    """Mean distance of the pairs in each row and its weight: 1, or 0 for a row without pairs."""
    pairs = np.maximum(cells.size * (cells.size - 1), 1)
    return cells.by_row(cells.count * distance.in_row(cells)) / pairs, (cells.size >= 2).astype(float)
