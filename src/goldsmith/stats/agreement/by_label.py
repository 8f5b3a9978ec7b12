"""Agreement on each label: which classes the annotators tell apart, and which they do not."""

from collections.abc import Hashable

import numpy as np

from goldsmith.stats.agreement.coefficient import ChanceCorrected
from goldsmith.stats.agreement.distances import Nominal
from goldsmith.stats.agreement.intervals import NO_ENDS, by_item, rests_on
from goldsmith.stats.agreement.krippendorff import alpha_from
from goldsmith.stats.agreement.levels import set_members
from goldsmith.stats.agreement.resampling import BY_ITEM, Resampling
from goldsmith.stats.agreement.result import Agreement
from goldsmith.stats.agreement.tally import Tally, tally
from goldsmith.stats.ratings import Ratings


def alpha_by_label(ratings: Ratings, *, resampling: Resampling = BY_ITEM) -> dict[Hashable, Agreement]:
    """Krippendorff's nominal α of the ratings recoded to "this label or not", for each label.

    With set-valued labels: "this choice in the set or not", for each choice. Low α for a label that others have high
    points at its definition. A label that everybody or nobody gives has no α: NaN. Intervals are by item.

    Source: Krippendorff (2019), Content Analysis, 4th ed., ch. 12 (reliability of single categories).
    """
    if resampling.by != "item":
        raise ValueError("Intervals by label are over items: pass Resampling(by='item').")
    cells, names = _label_cells(ratings)
    n = rests_on(ratings)
    by_label = np.argsort(cells.label, kind="stable")
    ends = np.searchsorted(cells.label[by_label], np.arange(len(names) + 1))
    found = {}
    for code, name in enumerate(names):
        fitted = _fit(_one_against_rest(cells, by_label[ends[code] : ends[code + 1]]))
        value = fitted.value()
        low, high, method = NO_ENDS if np.isnan(value) else by_item(fitted, resampling)
        found[name] = Agreement(value, low, high, resampling.confidence, method, *n)
    return found


def _label_cells(ratings: Ratings) -> tuple[Tally, list[Hashable]]:
    """The tally of labels, or for set-valued labels of choices: a row's counts then add up to more than its size."""
    cells = tally(ratings, at_least=2)
    if not any(isinstance(label, frozenset) for label in ratings.classes[:1]):
        return cells, ratings.classes.tolist()
    members, names = set_members(ratings)
    cell, choice = np.nonzero(members[cells.label])
    keys, place = np.unique(cells.row[cell] * len(names) + choice, return_inverse=True)
    count = np.bincount(place, cells.count[cell], len(keys)).astype(np.int64)
    row, label = np.divmod(keys, max(len(names), 1))
    return Tally(row, label, count, cells.size, cells.times, len(names)), names


def _one_against_rest(cells: Tally, picked: np.ndarray) -> Tally:
    """Rows by (size, how many gave the label), from the cells of that label; the other rows gave it 0 times."""
    given = np.zeros(len(cells.size), np.int64)
    given[cells.row[picked]] = cells.count[picked]
    base = int(cells.size.max(initial=0)) + 1
    keys, place = np.unique(cells.size * base + given, return_inverse=True)
    times = np.bincount(place, cells.times, len(keys)).astype(np.int64)
    size, given = np.divmod(keys, base)
    row, label = np.repeat(np.arange(len(keys)), 2), np.tile([0, 1], len(keys))
    count = np.column_stack([size - given, given]).ravel()
    kept = count > 0
    return Tally(row[kept], label[kept], count[kept], size, times, 2)


def _fit(cells: Tally) -> ChanceCorrected:
    distance = Nominal()
    observed = cells.by_row(cells.count * distance.in_row(cells)) / (cells.size - 1)
    weight = cells.size.astype(float)
    return ChanceCorrected(cells, observed, weight, np.ones(len(weight)), distance, distance, alpha_from)
