"""Gwet's AC1 and AC2 against the raw-ratings example of his handbook, with its missing ratings."""

import numpy as np
import pytest

from goldsmith.stats import Ratings, cohen_kappa, fleiss_kappa, gwet_ac1, gwet_ac2, percent_agreement
from tests.unit.stats.agreement.test_krippendorff import FOUR_OBSERVERS

# Gwet (2014): two abstractors sort 100 pregnancies into ectopic, abnormal and normal intrauterine.
ABSTRACTORS = np.array([[13, 0, 0], [0, 20, 7], [0, 4, 56]])


def from_table(table: np.ndarray, classes: list[object] | None = None) -> Ratings:
    """Two annotators, row and column labels, one item a count."""
    first, second = (np.repeat(side, table.ravel()) for side in np.indices(table.shape).reshape(2, -1))
    return Ratings.from_matrix(np.array([first, second]), classes=range(len(table)) if classes is None else None)


def test_four_raters_with_missing_ratings():
    ratings = Ratings.from_matrix(FOUR_OBSERVERS)
    assert gwet_ac1(ratings).value == pytest.approx(0.77544, abs=5e-6)
    assert fleiss_kappa(ratings).value == pytest.approx(0.76117, abs=5e-6)
    assert percent_agreement(ratings).value == pytest.approx(0.8181818, abs=5e-8)
    assert gwet_ac2(ratings, weights="quadratic").value == pytest.approx(0.9140007, abs=5e-8)
    assert gwet_ac2(ratings, weights="linear").value == pytest.approx(0.8587391, abs=5e-8)


def test_two_abstractors():
    ratings = from_table(ABSTRACTORS)
    p = (ABSTRACTORS.sum(axis=0) + ABSTRACTORS.sum(axis=1)) / 200
    chance = (p * (1 - p)).sum() / 2
    assert percent_agreement(ratings).value == pytest.approx(0.89)
    assert gwet_ac1(ratings).value == pytest.approx((0.89 - chance) / (1 - chance))
    assert cohen_kappa(ratings).value == pytest.approx(0.7964094, abs=5e-8)


def test_a_rare_class_leaves_ac1_calm_where_kappa_falls():
    ratings = from_table(np.array([[118, 5], [2, 0]]))
    assert percent_agreement(ratings).value == pytest.approx(0.944)
    assert fleiss_kappa(ratings).value < 0
    assert gwet_ac1(ratings).value == pytest.approx(0.9408, abs=5e-5)


def test_a_class_nobody_used_counts_when_it_was_possible():
    rows = [[0, 0, 1], [0, 1, 1]]
    two, three = (Ratings.from_matrix(rows, classes=range(n)) for n in (2, 3))
    assert gwet_ac1(three).value > gwet_ac1(two).value


def test_one_class_of_several_possible_is_full_agreement():
    found = gwet_ac1(Ratings.from_matrix([[0] * 20, [0] * 20], classes=[0, 1]))
    assert (found.value, found.high) == (1, 1)
    assert found.low < 1
    assert np.isnan(gwet_ac1(Ratings.from_matrix([[0] * 20, [0] * 20])).value)
