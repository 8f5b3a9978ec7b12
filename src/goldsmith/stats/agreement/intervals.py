"""Every estimate gets its interval here.

By item, the default: the bootstrap; the jackknife below ten items, where percentiles are too short, and above ten
thousand distinct rows, where the bootstrap has nothing to add; exact ends where all items show the same disagreement.
Where people were seen to agree on one label alone, a rare one on which they agree may just not have come: the upper
end is at least the value if the largest share of items that can stay unseen were of that kind. (Without this, intervals
with a label of one item in fifty or a hundred held in 72 % of simulations.) Too few to tell, for instance because the
value is undefined without some item: NaN.

By annotator: the delete-a-group jackknife with Student's t. Annotators are left out, not drawn with replacement: a
resample would pair annotators with copies of themselves, who always agree.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from goldsmith.stats.agreement.bootstrap import BOOTSTRAP, bootstrap, can_bootstrap
from goldsmith.stats.agreement.coefficient import Coefficient
from goldsmith.stats.agreement.jackknife import JACKKNIFE, around, jackknife, student_t
from goldsmith.stats.agreement.resampling import Resampling
from goldsmith.stats.agreement.result import Agreement
from goldsmith.stats.agreement.unanimous import SAME, UNANIMOUS, unanimous_ends, unseen_share
from goldsmith.stats.coding import chunks
from goldsmith.stats.ratings import Ratings

MOST_GROUPS = 50  # of annotators
Ends = tuple[float, float, str]
Percentiles = Callable[[Coefficient, Resampling], tuple[float, float]]
NO_ENDS: Ends = (np.nan, np.nan, "none")


def estimate(ratings: Ratings, fit: Callable[[Ratings], Coefficient], resampling: Resampling) -> Agreement:
    """The coefficient that `fit` makes of the ratings, with the interval asked for and what it rests on."""
    coefficient = fit(ratings)
    value = coefficient.value()
    if np.isnan(value):
        low, high, method = NO_ENDS
    elif resampling.by == "annotator":
        low, high, method = by_annotator(ratings, value, lambda kept: fit(kept).value(), resampling)
    else:
        low, high, method = by_item(coefficient, resampling)
    return Agreement(value, low, high, resampling.confidence, method, *rests_on(ratings))


def by_item(coefficient: Coefficient, resampling: Resampling, percentiles: Percentiles = bootstrap) -> Ends:
    """The interval over items, by whichever way fits."""
    parts = coefficient.disagreement()
    if np.ptp(parts.within) <= SAME:
        low, high = unanimous_ends(replace(parts, within=parts.within[0]), resampling.confidence)
        return float(low), float(high), UNANIMOUS
    how = BOOTSTRAP if can_bootstrap(coefficient) else JACKKNIFE
    low, high = (
        percentiles(coefficient, resampling) if how is BOOTSTRAP else jackknife(coefficient, resampling.confidence)
    )
    if np.isnan(high):
        return NO_ENDS
    unseen = coefficient.if_unseen(unseen_share(parts.n_items, resampling.confidence))
    return low, float(max(high, min(unseen, 1.0))), how


def by_annotator(ratings: Ratings, value: float, measure: Callable[[Ratings], float], resampling: Resampling) -> Ends:
    """value ± t · s, s from leaving out each of at most 50 random groups of annotators; NaN with fewer than three."""
    present = np.unique(ratings.annotator)
    n_groups = min(len(present), MOST_GROUPS)
    group = np.zeros(len(ratings.annotators), np.int64)
    group[present] = np.random.default_rng(resampling.seed).permutation(len(present)) % max(n_groups, 1)
    group = group[ratings.annotator]
    without = np.array([measure(ratings.keep(group != left_out)) for left_out in range(n_groups)])
    without = without[~np.isnan(without)]
    if len(without) < 3:
        return NO_ENDS
    error = np.sqrt((len(without) - 1) / len(without) * np.sum((without - without.mean()) ** 2))
    reach = student_t((1 + resampling.confidence) / 2, len(without) - 1) * error
    low, high = around(value, reach)
    return float(low), float(high), "jackknife over annotators"


def rests_on(ratings: Ratings) -> tuple[int, int, int]:
    """Items with two or more ratings; annotators and ratings on them."""
    size = ratings.counts_by_item()
    paired = size >= 2
    annotators = np.zeros(len(ratings.annotators), bool)
    for part in chunks(len(ratings)):
        annotators[ratings.annotator[part][paired[ratings.item[part]]]] = True
    return int(paired.sum()), int(annotators.sum()), int(size[paired].sum(dtype=np.int64))
