"""What must hold for every person: neither order, names nor units matter, and the past is not rewritten."""

from collections.abc import Hashable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.stats import Ratings, accuracy_drift, gold_check_accuracy, response_time_cusum, self_agreement
from tests.unit.stats.simulated import rating_rows, ratings_of, steady


def shares(found):
    """Shares as plain numbers; NaN as None."""
    return {who: (s.n_hits, s.n, round(s.low, 12), round(s.high, 12)) for who, s in found.items()}


@given(rating_rows(), st.randoms(use_true_random=False))
@steady
def test_gold_checks_do_not_depend_on_order_or_names(rows, random):
    known: dict[Hashable, Hashable] = {item: item % 4 for item in range(0, 10, 2)}
    found = gold_check_accuracy(ratings_of(rows), known)
    random.shuffle(rows)
    named = [(f"item {item}", f"person {who}", label + 7) for item, who, label in rows]
    renamed: dict[Hashable, Hashable] = {f"item {item}": item % 4 + 7 for item in range(0, 10, 2)}
    again = gold_check_accuracy(ratings_of(named), renamed)
    assert shares(again) == {f"person {who}": share for who, share in shares(found).items()}
    for share in found.values():
        assert 0 <= share.low <= share.high <= 1
        assert not share.n or share.low <= share.value <= share.high


@given(rating_rows(), rating_rows())
@steady
def test_who_says_the_same_again_agrees_with_themselves_whichever_came_first(first, again):
    assert all(share.n_hits == share.n for share in self_agreement(ratings_of(first), ratings_of(first)).values())
    there, back = (self_agreement(*pair) for pair in _both_ways(ratings_of(first), ratings_of(again)))
    for who in set(there) & set(back):
        assert (there[who].n_hits, there[who].n) == (back[who].n_hits, back[who].n)


def _both_ways(one: Ratings, other: Ratings) -> list[tuple[Ratings, Ratings]]:
    return [(one, other), (other, one)]


@given(st.lists(st.booleans(), max_size=80), st.lists(st.booleans(), max_size=20))
@steady
def test_evidence_of_a_fall_is_never_taken_back(before, after):
    short, long = (accuracy_drift(np.array(checks, bool), usual=0.9) for checks in (before, before + after))
    assert np.allclose(long.evidence[: len(before)], short.evidence)
    assert (long.evidence >= 0).all()
    if short.alarm_at is not None:
        assert long.alarm_at == short.alarm_at


@given(st.integers(0, 999), st.floats(0.001, 1000))
@steady
def test_seconds_or_minutes_are_the_same_change_of_speed(seed, unit):
    times = np.random.default_rng(seed).lognormal(2, 0.5, 90)
    times[60:] *= 2.5
    one, other = response_time_cusum(times), response_time_cusum(times * unit)
    assert (one.alarm_at, one.direction, one.limit) == (other.alarm_at, other.direction, other.limit)
