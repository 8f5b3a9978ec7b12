"""Bradley–Terry by annotators who differ, with covariates: equal to the plain one without, right with them."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.stats import adjusted_bradley_terry, bradley_terry, preference_effects
from tests.unit.stats.simulated import steady


@dataclass(frozen=True, eq=False)
class Contest:
    """Comparisons, and what they were made from."""

    a: np.ndarray
    b: np.ndarray
    winner: np.ndarray
    who: np.ndarray
    x: np.ndarray
    strength: np.ndarray
    reliability: np.ndarray

    def aim(self) -> np.ndarray:
        """The strengths in units of the average annotator."""
        return (self.strength - self.strength.mean()) * self.reliability.mean()


def contest(rng, n=6000, size=8, people=10, variety=0.4, effect=0.0, tie=-np.inf, first=0.0):
    """Random pairs by random people."""
    strength, reliability = rng.normal(0, 0.7, size), np.maximum(rng.normal(1, variety, people), -0.5)
    a = rng.integers(0, size, n)
    b, who, x = (a + rng.integers(1, size, n)) % size, rng.integers(0, people, n), rng.normal(0, 1, n)
    half = reliability[who] * (strength[a] - strength[b] + effect * x + first) / 2
    weight = np.exp(np.stack([half, -half, np.full(n, tie)], 1))
    place = (rng.random((n, 1)) > (weight / weight.sum(1, keepdims=True)).cumsum(1)).sum(1).clip(0, 2)
    return Contest(a, b, np.array(["a", "b", "tie"])[place], who, x, strength, reliability)


def test_without_annotators_and_covariates_it_is_the_plain_one():
    made = contest(np.random.default_rng(0), n=1500, variety=0, tie=-1, first=0.3)
    plain = bradley_terry(made.a, made.b, made.winner, position=True)
    found = adjusted_bradley_terry(made.a, made.b, made.winner, position=True)
    mine = found.strengths
    assert mine.competitors.tolist() == plain.competitors.tolist()
    for name in ("value", "low", "high", "covariance", "tie", "first", "first_low", "first_high", "log_likelihood"):
        assert np.allclose(getattr(mine, name), getattr(plain, name), atol=1e-6), name
    assert mine.n.tolist() == plain.n.tolist()
    assert (len(found.annotators), found.variety, len(found.effects.value)) == (0, 0.0, 0)


def test_reliable_people_are_told_from_the_rest_and_strengths_gain_by_it():
    rng = np.random.default_rng(1)
    gains = []
    for _ in range(5):
        made = contest(rng, n=3000, variety=0.8, tie=-1)
        found = adjusted_bradley_terry(made.a, made.b, made.winner, annotators=made.who)
        order = np.argsort(found.annotators)
        relative = made.reliability / made.reliability.mean()
        assert np.corrcoef(found.reliability.value[order], relative)[0, 1] > 0.8
        plain = bradley_terry(made.a, made.b, made.winner)
        errors = [
            np.corrcoef(one.value[np.argsort(one.competitors)], made.strength)[0, 1] for one in (found.strengths, plain)
        ]
        gains.append(errors[0] - errors[1])
        assert np.mean(found.reliability.value) == pytest.approx(1)
    assert np.mean(gains) > 0


def test_those_who_choose_the_worse_one_have_negative_reliability():
    made = contest(np.random.default_rng(2), variety=0)
    contrary = made.who == 3
    winner = np.where(contrary, np.where(made.winner == "a", "b", "a"), made.winner)
    found = adjusted_bradley_terry(made.a, made.b, winner, annotators=made.who)
    value = dict(zip(found.annotators.tolist(), found.reliability.high, strict=True))
    assert value[3] < 0
    assert min(high for who, high in value.items() if who != 3) > 0.5


def test_covariates_are_taken_out_of_the_strengths():
    """The stronger half writes longer, and length sways people."""
    rng = np.random.default_rng(3)
    made = contest(rng, n=20_000, variety=0)
    long = made.strength[made.a] - made.strength[made.b] + rng.normal(0, 1, 20_000)
    lean = made.strength[made.a] - made.strength[made.b] + 0.5 * long
    winner = np.where(rng.random(20_000) < 1 / (1 + np.exp(-lean)), "a", "b")
    found = adjusted_bradley_terry(made.a, made.b, winner, covariates=long)
    assert found.effects.low[0] < 0.5 < found.effects.high[0]
    value = found.strengths.value[np.argsort(found.strengths.competitors)]
    assert np.abs(value - (made.strength - made.strength.mean())).max() < 0.15
    plain = bradley_terry(made.a, made.b, winner)
    assert np.ptp(plain.value) > 1.3 * np.ptp(value)


def test_features_tell_what_is_worth_what_where_nobody_comes_twice():
    rng = np.random.default_rng(4)
    worth, n = np.array([1.0, -0.5, 0.0]), 8000
    difference = rng.normal(0, 1, (n, 3))
    who = rng.integers(0, 6, n)
    sharp = np.array([0.5, 1.5, 1, 1, 0.8, 1.2])[who]
    winner = np.where(rng.random(n) < 1 / (1 + np.exp(-sharp * (difference @ worth))), "a", "b")
    found = preference_effects(difference, winner, annotators=who)
    assert ((found.effects.low <= worth) & (worth <= found.effects.high)).all()
    assert found.strength([[1, 0, 0], [0, 1, 0]]).tolist() == found.effects.value[:2].tolist()
    assert found.n == n
    assert np.abs(found.reliability.value[np.argsort(found.annotators)] - [0.5, 1.5, 1, 1, 0.8, 1.2]).max() < 0.2


@given(seed=st.integers(0, 99), people=st.permutations(range(4)))
@steady
def test_neither_the_order_nor_the_names_nor_the_sides_matter(seed, people):
    made = contest(np.random.default_rng(seed), n=300, size=4, people=4, tie=-1)
    order = np.random.default_rng(seed + 1).permutation(300)
    names = np.array(["ann", "bob", "eve", "zoe"])[np.array(people)]
    turned = np.array([{"a": "b", "b": "a", "tie": "tie"}[one] for one in made.winner])
    one = adjusted_bradley_terry(made.a, made.b, made.winner, annotators=made.who, covariates=made.x, spread=3)
    how = {"annotators": names[made.who[order]], "covariates": -made.x[order], "spread": 3}
    other = adjusted_bradley_terry(made.b[order], made.a[order], turned[order], **how)
    assert np.allclose(one.strengths.value, other.strengths.value, atol=1e-5)
    assert np.allclose(one.effects.value, other.effects.value, atol=1e-5)
    assert np.allclose(sorted(one.reliability.value), sorted(other.reliability.value), atol=1e-4)


def test_a_spread_makes_the_first_comparisons_enough():
    found = adjusted_bradley_terry(["x", "u"], ["y", "v"], ["a", "b"], spread=1.0).strengths
    value = dict(zip(found.competitors.tolist(), found.value, strict=True))
    assert value["x"] > value["y"]
    assert value["v"] > value["u"]
    assert value["x"] == pytest.approx(value["v"])
    assert (found.high - found.low).min() > 2


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"covariates": [np.nan, 1, 1, 1]}, "finite"),
        ({"covariates": [[1, 2]]}, "row for each"),
        ({"covariates": [[1, 1], [2, 2], [0, 0], [1, 1]]}, "says nothing"),
        ({"annotators": ["ann"]}, "annotator for each"),
        ({"covariates": [1.0, 1.0, -1.0, -1.0]}, "No finite answer"),
    ],
)
def test_what_has_no_answer_is_named(how, told):
    with pytest.raises(ValueError, match=told):
        adjusted_bradley_terry(list("xyxy"), list("yxyx"), list("aabb"), **how)


def test_groups_that_never_met_are_named_and_effects_need_something():
    with pytest.raises(ValueError, match="never compared"):
        adjusted_bradley_terry(list("xyuv"), list("yxvu"), list("aaaa"), annotators=list("mmnn"))
    with pytest.raises(ValueError, match="No comparisons"):
        preference_effects(np.zeros((0, 2)), [])


def repeated(rng, n_records=300, votes=3, same=0.7):
    """Each record is voted on three times; with probability `same` all follow its one outcome."""
    made = contest(rng, n=n_records, size=5, people=1, variety=0)
    record = np.repeat(np.arange(n_records), votes)
    a, b = made.a[record], made.b[record]
    lean = made.strength[a] - made.strength[b]
    fresh = np.where(rng.random(len(record)) < 1 / (1 + np.exp(-lean)), "a", "b")
    winner = np.where((rng.random(n_records) < same)[record], made.winner[record], fresh)
    return a, b, winner, record, made.strength - made.strength.mean()


@pytest.mark.slow
def test_votes_on_one_record_count_for_less_where_it_is_named():
    held = {True: [], False: []}
    for trial in range(60):
        a, b, winner, record, aim = repeated(np.random.default_rng([6, trial]))
        for named in (True, False):
            found = adjusted_bradley_terry(a, b, winner, records=record if named else None).strengths
            mine = aim[found.competitors]
            held[named].append(((found.low <= mine) & (mine <= found.high)).mean())
    assert np.mean(held[True]) >= 0.92
    assert np.mean(held[False]) < 0.85


def test_records_must_be_named_for_each_comparison():
    made = contest(np.random.default_rng(7), n=200)
    with pytest.raises(ValueError, match="records"):
        adjusted_bradley_terry(made.a, made.b, made.winner, records=[1, 2])
    with pytest.raises(ValueError, match="records"):
        adjusted_bradley_terry(made.a, made.b, made.winner, records=[1] * 200)


@pytest.mark.slow
def test_intervals_cover():
    strengths, effects, people = [], [], []
    for trial in range(150):
        made = contest(np.random.default_rng([5, trial]), n=1500, people=6, effect=0.4, tie=-1)
        found = adjusted_bradley_terry(made.a, made.b, made.winner, annotators=made.who, covariates=made.x)
        aim = made.aim()[found.strengths.competitors]
        strengths.append(((found.strengths.low <= aim) & (aim <= found.strengths.high)).mean())
        size = 0.4 * made.reliability.mean()
        effects.append(found.effects.low[0] <= size <= found.effects.high[0])
        relative = (made.reliability / made.reliability.mean())[found.annotators]
        people.append(((found.reliability.low <= relative) & (relative <= found.reliability.high)).mean())
    assert np.mean(strengths) >= 0.93
    assert np.mean(effects) >= 0.92
    assert np.mean(people) >= 0.92
