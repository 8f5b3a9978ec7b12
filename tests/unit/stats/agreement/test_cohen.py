"""Cohen's κ against published tables, and its choice of annotators and scales."""

import numpy as np
import pytest

from goldsmith.stats import Ratings, cohen_kappa, kappa_by_pair
from tests.unit.stats.agreement.test_gwet import from_table


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.492),  # Cohen (1968), table 1, of 200
        ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.676),  # Fleiss (1981), table 13.1
        ([[0, 4, 1], [0, 8, 0], [0, 1, 5]], 0.4842),  # the FREQ procedure's printed example
    ],
)
def test_published_tables(table, kappa):
    found = cohen_kappa(from_table(np.array(table)))
    assert found.value == pytest.approx(kappa, abs=6e-4)
    assert found.low < found.value < found.high


@pytest.mark.parametrize(("weights", "power"), [("linear", 1), ("quadratic", 2)])
def test_weights_by_hand(weights, power):
    table = np.array([[5, 2, 0], [1, 6, 1], [0, 2, 3]])
    i, j = np.indices((3, 3))
    shares = table / table.sum()
    chance = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    far = abs(i - j) ** power
    expected = 1 - (shares * far).sum() / (chance * far).sum()
    assert cohen_kappa(from_table(table), weights=weights).value == pytest.approx(expected)


def test_text_on_a_scale_needs_its_order():
    ratings = Ratings.from_matrix([["low", "high", "mid", "low"], ["mid", "high", "mid", "low"]])
    numbers = Ratings.from_matrix([[0, 2, 1, 0], [1, 2, 1, 0]])
    with pytest.raises(ValueError, match="order="):
        cohen_kappa(ratings, weights="linear")
    found = cohen_kappa(ratings, weights="linear", order=["low", "mid", "high"])
    assert found == cohen_kappa(numbers, weights="linear")


def test_numbers_stand_where_they_are_on_the_scale():
    far = cohen_kappa(Ratings.from_matrix([[1, 2, 9, 9], [2, 2, 9, 1]]), weights="linear").value
    near = cohen_kappa(Ratings.from_matrix([[1, 2, 3, 3], [2, 2, 3, 1]]), weights="linear").value
    assert far != pytest.approx(near)


def test_the_pair_is_named_among_more():
    matrix = np.array([[1, 1, 2, 2, 1], [1, 2, 2, 2, 1], [2, 1, 1, 2, np.nan]])
    ratings = Ratings.from_matrix(matrix)
    assert cohen_kappa(ratings, (0, 2)) == cohen_kappa(ratings, (2, 0))
    assert cohen_kappa(ratings, (0, 2)).n_items == 4
    with pytest.raises(ValueError, match="got 3"):
        cohen_kappa(ratings)
    for pair in ((0, 0), (0, 9)):
        with pytest.raises(ValueError, match="two different annotators"):
            cohen_kappa(ratings, pair)


def test_every_pair_has_the_kappa_it_has_alone():
    rng = np.random.default_rng(3)
    matrix = rng.integers(0, 3, (6, 80)).astype(float)
    matrix[1:] = np.where(rng.random((5, 80)) < 0.5, matrix[0], matrix[1:])
    matrix[rng.random(matrix.shape) < 0.4] = np.nan
    ratings = Ratings.from_matrix(matrix)
    for weights in (None, "linear", "quadratic"):
        found = kappa_by_pair(ratings, weights=weights)
        assert len(found) == 15
        for pair, of_pair in found.items():
            alone = cohen_kappa(ratings, pair, weights=weights)
            assert of_pair.value == pytest.approx(alone.value)
            assert (of_pair.n_items, of_pair.n_ratings) == (alone.n_items, alone.n_ratings)
            assert (of_pair.low, of_pair.high) == pytest.approx((alone.low, alone.high), abs=0.2)
