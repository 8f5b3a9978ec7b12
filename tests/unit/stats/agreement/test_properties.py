"""What holds for every coefficient and any ratings."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.stats import (
    Ratings,
    Resampling,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha,
    percent_agreement,
)
from tests.unit.stats.simulated import rating_rows, ratings_of, simulated, steady

MEASURES = {
    "percent": percent_agreement,
    "fleiss": fleiss_kappa,
    "ac1": gwet_ac1,
    "ac2 linear": partial(gwet_ac2, weights="linear"),
    "ac2 quadratic": gwet_ac2,
    **{level: partial(krippendorff_alpha, level=level) for level in ("nominal", "ordinal", "interval", "ratio")},
}
NOMINAL = ["percent", "fleiss", "ac1", "nominal"]
QUICK = Resampling(resamples=100)
every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)


def close(one, other):
    """The same estimate, interval and n, up to rounding."""
    numbers = [(found.value, found.low, found.high) for found in (one, other)]
    return np.allclose(*numbers, atol=1e-9, equal_nan=True) and (one.n_items, one.n_annotators, one.n_ratings) == (
        other.n_items,
        other.n_annotators,
        other.n_ratings,
    )


@every_measure
@steady
@given(rows=rating_rows(), seed=st.randoms())
def test_the_order_of_the_ratings_does_not_matter(measure, rows, seed):
    shuffled = seed.sample(rows, len(rows))
    assert close(measure(ratings_of(rows), resampling=QUICK), measure(ratings_of(shuffled), resampling=QUICK))


@every_measure
@steady
@given(rows=rating_rows(), items=st.permutations(range(10)), annotators=st.permutations(range(5)))
def test_the_names_of_items_and_annotators_do_not_matter(measure, rows, items, annotators):
    renamed = [(f"item {items[item]}", ("who", annotators[annotator]), label) for item, annotator, label in rows]
    assert close(measure(ratings_of(rows), resampling=QUICK), measure(ratings_of(renamed), resampling=QUICK))


@pytest.mark.parametrize("name", NOMINAL)
@steady
@given(rows=rating_rows(), labels=st.permutations("abcd"))
def test_the_names_of_classes_do_not_matter_to_nominal_measures(name, rows, labels):
    renamed = ratings_of([(item, annotator, labels[label]) for item, annotator, label in rows])
    found = MEASURES[name](ratings_of(rows), resampling=QUICK).value
    assert MEASURES[name](renamed, resampling=QUICK).value == pytest.approx(found, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("name", [name for name in MEASURES if name != "ratio"])
@steady
@given(rows=rating_rows())
def test_a_scale_may_be_turned_round(name, rows):
    turned = ratings_of([(item, annotator, 3 - label) for item, annotator, label in rows])
    found = MEASURES[name](ratings_of(rows), resampling=QUICK).value
    assert MEASURES[name](turned, resampling=QUICK).value == pytest.approx(found, abs=1e-9, nan_ok=True)


@every_measure
@steady
@given(rows=rating_rows())
def test_the_value_lies_in_its_interval_and_both_in_their_bounds(measure, rows):
    found = measure(ratings_of(rows), resampling=QUICK)
    if np.isnan(found.value) or found.method == "none":
        assert np.isnan(found.low)
        assert np.isnan(found.high)
        assert found.method == "none"
        assert np.isnan(found.value) or found.n_items < 10
    else:
        assert found.low <= found.high <= 1 + 1e-12
        assert found.value <= 1 + 1e-12
        assert measure is not percent_agreement or found.low >= 0


@every_measure
@steady
@given(truth=st.lists(st.integers(0, 3), min_size=2, max_size=30).filter(lambda labels: len(set(labels)) > 1))
def test_perfect_agreement_is_one_with_room_for_what_was_not_seen(measure, truth):
    found = measure(Ratings.from_matrix([truth] * 3), resampling=QUICK)
    assert found.value == pytest.approx(1)
    assert found.high == pytest.approx(1)
    assert found.low < 1
    assert found.method == "exact for unanimous items"


@pytest.mark.parametrize("name", [name for name in MEASURES if name != "percent"])
def test_random_labels_agree_by_chance_only(name):
    matrix = np.random.default_rng(5).integers(1, 5, (4, 20_000))
    found = MEASURES[name](Ratings.from_matrix(matrix))
    assert found.value == pytest.approx(0, abs=0.02)
    assert found.low < 0.01
    assert found.high > -0.01


@every_measure
@steady
@given(rows=rating_rows())
def test_ratings_without_a_partner_do_not_change_what_the_value_rests_on(measure, rows):
    alone = [*rows, ("another item", 0, 0)]
    one, other = measure(ratings_of(rows), resampling=QUICK), measure(ratings_of(alone), resampling=QUICK)
    assert (one.n_items, one.n_ratings) == (other.n_items, other.n_ratings)


@every_measure
@pytest.mark.parametrize(
    "rows", [[], [(1, 1, 1)], [(1, 1, 1), (2, 2, 2)]], ids=["nothing", "one rating", "no item shared"]
)
def test_without_overlap_the_value_is_undefined(measure, rows):
    found = measure(Ratings.from_arrays(*([row[at] for row in rows] for at in range(3))))
    assert np.isnan([found.value, found.low, found.high]).all()
    assert (found.n_items, found.n_annotators, found.n_ratings, found.method) == (0, 0, 0, "none")


@pytest.mark.parametrize("name", [name for name in MEASURES if name != "percent"])
def test_with_one_class_agreement_beyond_chance_is_undefined(name):
    found = MEASURES[name](Ratings.from_matrix([[1] * 9, [1] * 9]))
    assert np.isnan([found.value, found.low, found.high]).all()
    assert found.n_items == 9


@every_measure
def test_recovers_the_agreement_of_simulated_annotators(measure):
    """Two who know the truth with probability a and else guess agree beyond chance with probability a²."""
    how = {"n_annotators": 4, "shares": [0.25] * 4, "accuracy": 0.8, "seen": 0.6}
    ratings = simulated(np.random.default_rng(6), n_items=20_000, **how)
    if measure is percent_agreement:
        expected = 0.8**2 + (1 - 0.8**2) / 4
    elif measure is MEASURES["ratio"]:
        pytest.skip("a ratio of guesses has no such form")
    else:
        expected = 0.8**2
    found = measure(ratings)
    assert found.value == pytest.approx(expected, abs=0.02)
    assert found.high - found.low < 0.03
