"""Whether something happens equally often in each group."""

from typing import Any

from goldsmith.stats.fairness.gaps import gaps_of
from goldsmith.stats.fairness.result import GroupGaps
from goldsmith.stats.fairness.rows import Rows


def parity_gaps(
    hit: Any,
    groups: Any,
    *,
    raters: Any = None,
    items: Any = None,
    units: Any = None,
    confidence: float = 0.95,
    draws: int = 1000,
    seed: int = 0,
) -> GroupGaps:
    """How much more often something happens in each group than in the rest.

        gap_g = r_g − r_rest,    r = hits / rows
        influence of a row: (hit − r_g) / n_g in the group, −(hit − r_rest) / n_rest outside

    The variance is that of the influence summed over raters, and over items where given (`clustered_variance`): a
    thousand ratings of three people are no thousand independent facts. Intervals and p are Student's t with as many
    degrees of freedom as the smaller of group and rest has clusters, less 1. The rate's interval is Wilson's, with as
    many independent rows as would tell the same.

    hit : bool (n,), one a row: a positive label, an acceptance, a refusal.
    groups : of the rater, or of the item, (n,). None is a row without group, which is left out.
    raters, items : ids (n,) of who gave the row, and on what. Without them rows are independent.
    units : ids (n,) of what the group is a property of, and what is permuted: raters where groups are of raters, items
        where of items. By default rows.
    draws, seed : permutations for `largest_by_chance`.

    One group: no rest, its gap is NaN. A group, or a rest, of one rater: the gap has no interval (NaN). Nobody hit, or
    all: half a hit is added for the variance.

    Sources: Cameron, Gelbach and Miller (2011), Journal of Business & Economic Statistics 29, 238–249; Donald and Lang
    (2007), Review of Economics and Statistics 89, 221–233 (degrees of freedom with few clusters).
    """
    return gaps_of(Rows.of(hit, groups, raters, items, units), confidence, draws, seed)
