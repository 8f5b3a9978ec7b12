"""Agreement by item, label, annotator and group: parts that add up to the whole, and find the odd one out."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.stats import (
    Ratings,
    Resampling,
    agreement_by_group,
    alpha_by_annotator,
    alpha_by_item,
    alpha_by_label,
    krippendorff_alpha,
    percent_agreement,
)
from tests.unit.stats.simulated import rating_rows, ratings_of, simulated, simulated_matrix, steady

LEVELS = st.sampled_from(["nominal", "ordinal", "interval", "ratio"])


@steady
@given(rating_rows(), LEVELS)
def test_items_weighted_by_their_ratings_average_to_alpha(rows, level):
    parts = alpha_by_item(ratings_of(rows), level=level)
    whole = krippendorff_alpha(ratings_of(rows), level=level)
    mean = parts.value @ parts.n_ratings / parts.n_ratings.sum() if len(parts.items) else np.nan
    assert mean == pytest.approx(whole.value, abs=1e-9, nan_ok=True)
    assert (len(parts.items), parts.n_ratings.sum()) == (whole.n_items, whole.n_ratings)


@steady
@given(rating_rows(), LEVELS)
def test_annotators_weighted_by_their_ratings_average_to_alpha(rows, level):
    parts = alpha_by_annotator(ratings_of(rows), level=level).values()
    whole = krippendorff_alpha(ratings_of(rows), level=level)
    n = sum(part.n_ratings for part in parts)
    mean = sum(part.value * part.n_ratings for part in parts) / n if n else np.nan
    assert mean == pytest.approx(whole.value, abs=1e-9, nan_ok=True)
    assert (len(parts), n) == (whole.n_annotators, whole.n_ratings)


@steady
@given(rating_rows())
def test_a_label_has_the_alpha_of_this_label_or_not(rows):
    for label, part in alpha_by_label(ratings_of(rows)).items():
        recoded = ratings_of([(item, annotator, int(given_label == label)) for item, annotator, given_label in rows])
        whole = krippendorff_alpha(recoded)
        assert part.value == pytest.approx(whole.value, abs=1e-9, nan_ok=True)
        assert (part.low, part.high) == pytest.approx((whole.low, whole.high), abs=0.15, nan_ok=True)
        assert (part.n_items, part.n_annotators, part.n_ratings) == (
            whole.n_items,
            whole.n_annotators,
            whole.n_ratings,
        )


def test_a_choice_of_a_set_has_the_alpha_of_in_or_out():
    rng = np.random.default_rng(0)
    sets = [frozenset(np.flatnonzero(rng.random(4) < 0.4).tolist()) for _ in range(60)]
    item, annotator = np.divmod(np.arange(60), 3)
    found = alpha_by_label(Ratings.from_arrays(item, annotator, sets))
    assert set(found) == {0, 1, 2, 3}
    for choice, part in found.items():
        recoded = Ratings.from_arrays(item, annotator, [choice in label for label in sets])
        assert part.value == pytest.approx(krippendorff_alpha(recoded).value)


def test_who_answers_at_random_agrees_least():
    rng = np.random.default_rng(1)
    matrix = simulated_matrix(rng, n_items=300, n_annotators=5, shares=[0.5, 0.5], accuracy=0.9, seen=0.7)
    matrix[3] = np.where(np.isnan(matrix[3]), np.nan, rng.integers(0, 2, 300))
    found = alpha_by_annotator(Ratings.from_matrix(matrix))
    assert min(found, key=lambda name: found[name].value) == 3
    assert found[3].high < min(part.low for name, part in found.items() if name != 3)
    assert all(part.n_annotators == 5 for part in found.values())


def test_labels_that_are_mixed_up_stand_out():
    rng = np.random.default_rng(2)
    matrix = simulated_matrix(rng, n_items=500, n_annotators=3, shares=[0.25] * 4, accuracy=0.95)
    mixed = matrix >= 2
    matrix[mixed] = rng.integers(2, 4, mixed.sum())
    found = alpha_by_label(Ratings.from_matrix(matrix))
    assert min(found[0].low, found[1].low) > max(found[2].high, found[3].high)


def test_items_carry_their_own_ids():
    found = alpha_by_item(Ratings.from_arrays(list("xxyyz"), list("abaab"), [1, 2, 1, 1, 1]))
    assert found.items.tolist() == ["x"]
    calm = alpha_by_item(Ratings.from_arrays(list("xxyy"), list("abab"), [1, 2, 1, 1]))
    assert dict(zip(calm.items.tolist(), (calm.value > 0).tolist(), strict=True)) == {"x": False, "y": True}


def test_groups_are_measured_apart():
    rng = np.random.default_rng(4)
    ratings = simulated(rng, n_items=90, n_annotators=3, shares=[0.4, 0.6], accuracy=0.8, seen=0.8)
    topics = np.where(ratings.items % 3 == 0, "covid", "vote").astype(object)
    topics[7] = None
    found = agreement_by_group(ratings, topics, partial(krippendorff_alpha, level="interval"))
    assert set(found) == {"covid", "vote"}
    for topic, part in found.items():
        assert part == krippendorff_alpha(ratings.keep(topics[ratings.item] == topic), level="interval")
    with pytest.raises(ValueError, match="one group for each"):
        agreement_by_group(ratings, ["a"], percent_agreement)


def test_groups_know_only_their_own_items_and_cost_what_they_hold():
    rng = np.random.default_rng(5)
    ratings = simulated(rng, n_items=30_000, n_annotators=2, shares=[0.5, 0.5], accuracy=0.8)
    sizes: list[int] = []

    def measure(part: Ratings):
        sizes.append(len(part.items))
        return percent_agreement(part, resampling=Resampling(resamples=1))

    found = agreement_by_group(ratings, ratings.items // 100, measure)
    assert set(sizes) == {100}
    assert found[7] == percent_agreement(ratings.keep(ratings.item // 100 == 7), resampling=Resampling(resamples=1))
