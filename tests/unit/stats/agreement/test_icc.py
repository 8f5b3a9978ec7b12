"""Intraclass correlation and concordance on the examples of their papers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.stats import Ratings, icc, kendall_w
from tests.unit.stats.simulated import steady

SHROUT_FLEISS = np.array([[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]])


@pytest.mark.parametrize(
    ("form", "value"), [("1,1", 0.17), ("2,1", 0.29), ("3,1", 0.71), ("1,k", 0.44), ("2,k", 0.62), ("3,k", 0.91)]
)
def test_the_example_of_shrout_and_fleiss(form, value):
    assert round(icc(Ratings.from_matrix(SHROUT_FLEISS), form).value, 2) == value


def test_the_intervals_of_mcgraw_and_wong():
    found = icc(Ratings.from_matrix(SHROUT_FLEISS), "2,1")
    assert (round(found.low, 3), round(found.high, 3)) == (0.019, 0.761)
    found = icc(Ratings.from_matrix(SHROUT_FLEISS), "3,1")
    assert (round(found.low, 3), round(found.high, 3)) == (0.342, 0.946)
    found = icc(Ratings.from_matrix(SHROUT_FLEISS), "1,1")
    assert (round(found.low, 3), round(found.high, 3)) == (-0.133, 0.723)


def test_a_shift_between_annotators_counts_against_agreement_only():
    scores = np.arange(10)
    ratings = Ratings.from_matrix(np.array([scores, scores + 3]))
    assert icc(ratings, "3,1").value == pytest.approx(1)
    assert icc(ratings, "2,1").value < 0.7


def test_the_mean_of_people_who_contradict_each_other_has_no_reliability_at_all():
    """It came out as 36, where items' means did not differ and the mean of k has a pole."""
    found = icc(Ratings.from_matrix(np.array([[1, 2, 3], [3, 2, 1]])), "2,k")
    assert (found.value, found.low) == (-np.inf, -np.inf)
    assert found.high <= 1


def test_no_spread_or_too_few_is_undefined_and_text_an_error():
    assert np.isnan(icc(Ratings.from_matrix(np.ones((3, 4)))).value)
    assert np.isnan(icc(Ratings.from_matrix(np.array([[1, 2, 3]]))).value)
    with pytest.raises(ValueError, match="numbers"):
        icc(Ratings.from_arrays([1, 1], ["a", "b"], ["x", "y"]))


@pytest.mark.slow
@pytest.mark.parametrize("form", ["1,1", "2,1", "3,1"])
def test_intervals_cover(form):
    held = []
    for trial in range(600):
        rng = np.random.default_rng([3, trial])
        shift = 0 if form == "1,1" else rng.normal(0, 0.7, (6, 1))
        table = rng.normal(0, 1, 30) + shift + rng.normal(0, 1, (6, 30))
        found = icc(Ratings.from_matrix(table), form)
        true = 1 / (1 + 1 + (0.49 if form == "2,1" else 0))
        held.append(found.low <= true <= found.high)
    assert np.mean(held) >= 0.93


def test_concordance_is_one_for_equal_orders_and_nought_for_opposite_ones():
    order = np.arange(8)
    assert kendall_w(Ratings.from_matrix(np.array([order, order * 10, order**2]))).value == pytest.approx(1)
    assert kendall_w(Ratings.from_matrix(np.array([order, order[::-1]]))).value == pytest.approx(0)


def test_concordance_with_ties_by_hand():
    ratings = Ratings.from_matrix(np.array([[1, 2, 2, 4], [1, 1, 3, 4], [2, 1, 3, 4]]))
    ranks = np.array([[1, 2.5, 2.5, 4], [1.5, 1.5, 3, 4], [2, 1, 3, 4]])
    total = ((ranks.sum(0) - ranks.sum(0).mean()) ** 2).sum()
    assert kendall_w(ratings).value == pytest.approx(12 * total / (9 * 4 * 15 - 3 * 12))


def test_concordance_has_an_interval_from_three_annotators_on():
    rng = np.random.default_rng(0)
    table = np.arange(20) + rng.normal(0, 4, (6, 20))
    found = kendall_w(Ratings.from_matrix(table))
    assert 0 <= found.low < found.value < found.high <= 1
    assert np.isnan(kendall_w(Ratings.from_matrix(table[:2])).low)


@pytest.mark.slow
def test_the_interval_of_concordance_covers():
    """People whose ranks correlate by .5 to .8: W of very many of them is their mean rank correlation."""

    def drawn(rng: np.random.Generator, people: int, items: np.ndarray) -> np.ndarray:
        return items + rng.uniform(0.4, 1.2, (people, 1)) * rng.normal(size=(people, len(items)))

    items, held = np.random.default_rng(4).normal(size=15), []
    ranks = drawn(np.random.default_rng(5), 5000, items).argsort(1).argsort(1)
    aim = 12 * 15 * ranks.sum(0).var() / (5000**2 * (15**3 - 15))
    for trial in range(150):
        found = kendall_w(Ratings.from_matrix(drawn(np.random.default_rng([6, trial]), 12, items)))
        held.append(found.low <= aim + (1 - aim) / 12 <= found.high)
    assert np.mean(held) >= 0.9


@given(st.integers(0, 9999), st.integers(2, 5), st.integers(3, 8), st.randoms(use_true_random=False))
@steady
def test_neither_order_nor_scale_matters(seed, people, items, random):
    table = np.random.default_rng(seed).integers(0, 7, (people, items)).astype(float)
    rows, columns = random.sample(range(people), people), random.sample(range(items), items)
    mixed = table[np.ix_(rows, columns)]
    for form in ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k"):
        one, other = (icc(Ratings.from_matrix(some), form) for some in (table, 3 * mixed + 10))
        assert one.value == pytest.approx(other.value, nan_ok=True)
        assert one.low == pytest.approx(other.low, nan_ok=True)
        assert not one.value > 1
        assert not one.low > one.high
    growth = np.exp(mixed + np.arange(people)[:, None])  # to each person a scale of their own, rising
    one, other = (kendall_w(Ratings.from_matrix(some)) for some in (table, growth))
    assert one.value == pytest.approx(other.value, nan_ok=True)
    assert np.isnan(one.value) or -1e-9 <= one.value <= 1 + 1e-9
