"""What holds for the κ of every pair of annotators, whatever they rated."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.stats import Agreement, Ratings, cohen_kappa, kappa_by_pair
from tests.unit.stats.simulated import rating_rows, ratings_of, steady

WEIGHTS = st.sampled_from([None, "linear", "quadratic"])


def told(found: Agreement) -> tuple[object, ...]:
    """An estimate as plain numbers; NaN as None, so that two may be compared."""
    numbers = (None if np.isnan(one) else round(one, 9) for one in (found.value, found.low, found.high))
    return *numbers, found.method, found.n_items, found.n_annotators, found.n_ratings


def by_people(found: dict, name=lambda who: who) -> dict:
    """Pairs without their order."""
    return {frozenset(map(name, pair)): told(one) for pair, one in found.items()}


@steady
@given(rating_rows(), WEIGHTS, st.randoms(use_true_random=False), st.permutations(range(5)))
def test_neither_order_nor_names_matter_to_a_pair(rows, weights, random, names):
    found = kappa_by_pair(ratings_of(rows), weights=weights)
    random.shuffle(rows)
    renamed = ratings_of([(f"item {item}", f"person {names[who]}", label) for item, who, label in rows])
    again = kappa_by_pair(renamed, weights=weights)
    assert by_people(again) == by_people(found, lambda who: f"person {names[who]}")


@steady
@given(rating_rows(), st.permutations(range(4)))
def test_the_names_of_labels_do_not_matter_to_a_pair_and_a_scale_may_be_turned(rows, labels):
    found, renamed = (
        ratings_of([(item, who, name(label)) for item, who, label in rows])
        for name in (lambda label: label, lambda label: "abcd"[labels[label]])
    )
    turned = ratings_of([(item, who, 3 - label) for item, who, label in rows])
    assert by_people(kappa_by_pair(renamed)) == by_people(kappa_by_pair(found))
    both = (by_people(kappa_by_pair(one, weights="linear")) for one in (turned, found))
    assert next(both) == next(both)


@steady
@given(rating_rows(), WEIGHTS)
def test_a_pair_has_its_cohen_kappa_within_its_interval_and_bounds(rows, weights):
    ratings = ratings_of(rows)
    for pair, found in kappa_by_pair(ratings, weights=weights).items():
        alone = cohen_kappa(ratings, pair, weights=weights)
        assert found.value == pytest.approx(alone.value, abs=1e-9, nan_ok=True)
        assert (found.n_items, found.n_annotators, found.n_ratings) == (alone.n_items, 2, 2 * alone.n_items)
        assert np.isnan(found.value) or found.value <= 1 + 1e-12
        if not np.isnan(found.low):
            assert -1 - 1e-12 <= found.low <= found.value + 1e-9 <= found.high + 2e-9 <= 1 + 3e-9


@steady
@given(st.lists(st.integers(0, 3), min_size=2, max_size=30).filter(lambda labels: len(set(labels)) > 1), WEIGHTS)
def test_a_pair_of_one_mind_has_one_with_room_for_what_was_not_seen(labels, weights):
    (found,) = kappa_by_pair(Ratings.from_matrix([labels] * 2), weights=weights).values()
    assert (found.value, found.high) == pytest.approx((1, 1))
    assert found.low < 1


def test_random_labels_agree_by_chance_only_in_every_pair():
    matrix = np.random.default_rng(3).integers(0, 4, (4, 20_000))
    for found in kappa_by_pair(Ratings.from_matrix(matrix), weights="quadratic").values():
        assert found.value == pytest.approx(0, abs=0.03)
        assert found.high - found.low < 0.06
