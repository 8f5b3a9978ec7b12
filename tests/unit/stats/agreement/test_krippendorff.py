"""Krippendorff's α against the worked examples of Krippendorff (2011) and its definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.stats import Ratings, krippendorff_alpha
from goldsmith.stats.agreement.distances import jaccard, masi
from tests.unit.stats.simulated import MISSING, rating_rows, ratings_of, steady

_ = MISSING
FOUR_OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
)


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_four_observers_with_missing_data(level, alpha):
    found = krippendorff_alpha(Ratings.from_matrix(FOUR_OBSERVERS), level=level)
    assert found.value == pytest.approx(alpha, abs=5e-4)
    assert found.low < found.value < found.high <= 1
    assert (found.n_items, found.n_annotators, found.n_ratings) == (11, 4, 40)


def test_two_observers_binary():
    rows = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
    assert krippendorff_alpha(Ratings.from_matrix(rows)).value == pytest.approx(0.095, abs=5e-4)


def test_two_observers_nominal():
    rows = [list("aabbdcccedda"), list("babbbccceddd")]
    assert krippendorff_alpha(Ratings.from_matrix(rows)).value == pytest.approx(0.692, abs=5e-4)


def test_ordered_text_is_rated_like_the_numbers_it_stands_for():
    names = dict(enumerate(["very low", "low", "mid", "high", "very high"], start=1))
    rows = [[names.get(v) for v in row] for row in FOUR_OBSERVERS]
    found = krippendorff_alpha(Ratings.from_matrix(rows), level="ordinal", order=list(names.values()))
    assert found == krippendorff_alpha(Ratings.from_matrix(FOUR_OBSERVERS), level="ordinal")


@pytest.mark.parametrize(
    ("one", "other", "jaccard_apart", "masi_apart"),
    [
        ("a", "a", 0, 0),
        ("", "", 0, 0),
        ("", "a", 1, 1),
        ("a", "ab", 1 / 2, 2 / 3),
        ("ab", "ac", 2 / 3, 8 / 9),
        ("a", "b", 1, 1),
    ],
)
def test_set_distances_by_hand(one, other, jaccard_apart, masi_apart):
    members = np.array([[choice in side for choice in "abcdefghij"] for side in (one, other)])
    for distance, expected in ((jaccard, jaccard_apart), (masi, masi_apart)):
        found = distance(members).between(np.array([0, 1]), np.array([1, 0]))
        assert found == pytest.approx([expected, expected])


DISTANCES = {
    "nominal": lambda a, b: float(a != b),
    "interval": lambda a, b: (a - b) ** 2,
    "ratio": lambda a, b: ((a - b) / (a + b)) ** 2 if a + b else 0.0,
}


@steady
@given(rating_rows(), st.sampled_from(sorted(DISTANCES)))
def test_the_definition_pair_by_pair(rows, level):
    of_item: dict[int, list[int]] = {}
    for item, _annotator, label in rows:
        of_item.setdefault(item, []).append(label)
    units, far = [labels for labels in of_item.values() if len(labels) > 1], DISTANCES[level]
    pooled = [label for labels in units for label in labels]
    n = len(pooled)
    within = sum(sum(far(a, b) for a in u for b in u) / (len(u) - 1) for u in units)
    across = sum(far(a, b) for a in pooled for b in pooled)
    expected = 1 - (within / n) / (across / (n * (n - 1))) if across else np.nan
    found = krippendorff_alpha(ratings_of(rows), level=level).value
    assert found == pytest.approx(expected, abs=1e-9, nan_ok=True)


def test_thousands_of_values_cost_no_table_of_their_pairs():
    """Pairs are 4/3 apart on average, values drawn from the pool 10/3."""
    values = np.random.default_rng(1).normal(size=(3, 20_000))
    values[1:] += values[0]
    found = krippendorff_alpha(Ratings.from_matrix(values), level="interval")
    assert found.value == pytest.approx(0.6, abs=0.01)
    assert found.low < found.value < found.high


def test_adding_a_constant_to_numbers_far_from_zero_changes_nothing():
    near = Ratings.from_matrix(FOUR_OBSERVERS)
    far = Ratings.from_matrix(FOUR_OBSERVERS * 1e-3 + 1e6)
    found = krippendorff_alpha(far, level="interval").value
    assert found == pytest.approx(krippendorff_alpha(near, level="interval").value, abs=1e-5)


@pytest.mark.parametrize(
    ("labels", "level", "said"),
    [
        (["a", "b"], "ordinal", "order="),
        (["a", "b"], "interval", "finite numbers"),
        ([1.0, np.inf], "interval", "finite numbers"),
        ([-1, 1], "ratio", "negative"),
        (["a", "b"], "masi", "sets of choices"),
        (["a", "b"], "cardinal", "'cardinal'"),
    ],
)
def test_a_level_that_does_not_fit_the_labels_says_so(labels, level, said):
    with pytest.raises(ValueError, match=said):
        krippendorff_alpha(Ratings.from_arrays([1, 1], [1, 2], labels), level=level)
