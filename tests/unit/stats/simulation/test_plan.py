"""The budget planner: what it promises comes true."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.stats import (
    Crew,
    Option,
    Plan,
    Prices,
    Ratings,
    RunningTruth,
    map_dawid_skene,
    plan_budget,
    simulate,
)

SHARES = [0.5, 0.3, 0.2]
PRICES = Prices(judgement=0.05, expert=1.0)


def crew(seed: int) -> Crew:
    """Twelve people of different skill."""
    return Crew.drawn(12, 3, accuracy=(0.65, 0.9), seed=seed)


def pilot(seed: int, n_items: int = 150) -> Ratings:
    """What they say of the first records."""
    return simulate(crew(seed), n_items=n_items, per_item=4, shares=SHARES, seed=1000 + seed).ratings


@cache
def plan(seed: int = 0, **how: float) -> Plan:
    """A plan after the pilot."""
    given = {"n_records": 1500, "accuracy": 0.93, "draws": 120, "most_people": 7, **how}
    return plan_budget(pilot(seed), PRICES, **given)


def option(made: Plan, kind: str, people: int, confidence: float | None = None) -> Option:
    """One of those compared."""
    wanted = kind, people, confidence
    return next(o for o in made.options if (o.policy.kind, o.policy.people, o.policy.confidence) == wanted)


def test_the_chosen_option_is_the_cheapest_that_does():
    made = plan()
    assert made.chosen is not None
    assert made.chosen.reaches >= 0.9
    good = [o for o in made.options if o.reaches >= 0.9]
    assert made.chosen.cost.value == min(o.cost.value for o in good)
    assert (made.n_items, made.n_annotators, made.n_ratings, made.draws) == (150, 12, 600, 120)
    assert "%" in made.why
    assert str(made.chosen.policy)[1:] in made.why


def test_the_frontier_rises_in_cost_and_accuracy():
    kept = plan().frontier
    assert all(a.cost.value < b.cost.value and a.accuracy.value < b.accuracy.value for a, b in pairwise(kept))
    for o in plan().options:
        assert any(k.cost.value <= o.cost.value + 1e-9 and k.accuracy.value >= o.accuracy.value - 1e-9 for k in kept)


def test_more_people_are_righter_and_dearer_and_asking_on_demand_is_cheaper():
    made = plan()
    fixed = [option(made, "fixed", k) for k in range(1, 8)]
    assert all(a.cost.value < b.cost.value for a, b in pairwise(fixed))
    assert fixed[0].accuracy.value + 0.1 < fixed[2].accuracy.value < fixed[6].accuracy.value
    adaptive = option(made, "adaptive", 7, 0.95)
    assert adaptive.cost.value < fixed[6].cost.value
    assert adaptive.accuracy.value > fixed[4].accuracy.value
    assert option(made, "expert", 0).cost.value == pytest.approx(1500)
    for o in made.options:
        assert all(f.low - 1e-9 <= f.value <= f.high + 1e-9 for f in (o.accuracy, o.cost, o.hours, o.people, o.experts))


def test_hours_and_cost_follow_from_judgements():
    made = plan_budget(crew(1), replace(PRICES, seconds=36, expert_seconds=360), n_records=1000, accuracy=0.9, draws=9)
    both = option(made, "adjudicated", 3)
    assert both.people.value == 3
    assert both.hours.value == pytest.approx(1000 * (3 * 36 + both.experts.value * 360) / 3600)
    assert both.cost.value == pytest.approx(1000 * (3 * 0.05 + both.experts.value))


def test_what_cannot_be_reached_is_said():
    made = plan_budget(pilot(2), Prices(0.05), n_records=500, accuracy=0.995, most_people=3, draws=30)
    assert made.chosen is None
    assert "No policy reaches 99.5 %" in made.why
    assert "expert" in made.why
    assert made.frontier
    small = plan_budget(pilot(2, n_items=12), Prices(0.05), n_records=500, accuracy=0.93, most_people=5, draws=60)
    assert "make the pilot larger" in small.why or small.chosen


def test_others_like_them_leave_more_open_than_the_same_people():
    few = simulate(Crew.drawn(6, 3, accuracy=(0.55, 0.95), seed=3), n_items=3000, per_item=4).ratings
    same, alike = (
        plan_budget(few, Prices(1), n_records=2000, accuracy=0.9, most_people=3, draws=80, people=people)
        for people in ("same", "alike")
    )
    widths = [option(one, "fixed", 3).accuracy for one in (same, alike)]
    assert widths[1].high - widths[1].low > 1.5 * (widths[0].high - widths[0].low)


def test_known_answers_are_believed():
    """Two liars outvote the honest one, unless some answers are known."""
    truth = np.random.default_rng(0).integers(0, 2, 80)
    liars = Ratings.from_matrix(np.array([truth, 1 - truth, 1 - truth]))
    how = {"n_records": 100, "accuracy": 0.9, "most_people": 3, "draws": 20}
    made = plan_budget(liars, Prices(1), known={item: int(truth[item]) for item in range(40)}, **how)
    assert option(made, "fixed", 1).accuracy.value > 0.9  # a known liar is as good as an honest person


def test_known_answers_tell_of_records_that_mislead_everybody():
    """A fifth of the records look like another class to all: no number of people helps, and only answers tell."""
    made = simulate(crew(6), n_items=1500, per_item=5, shares=SHARES, seed=7)
    rng = np.random.default_rng(8)
    truth = np.where(rng.random(1500) < 0.2, (made.truth + 1) % 3, made.truth)
    known = {item: int(truth[item]) for item in range(150)}
    sample = made.ratings.keep(made.ratings.item < 300)
    blind, told = (
        option(plan_budget(sample, Prices(1), n_records=1000, accuracy=0.9, draws=60, known=answers), "fixed", 5)
        for answers in (None, known)
    )
    labels = map_dawid_skene(made.ratings).labels
    real = float((labels == truth).mean())
    assert blind.accuracy.low > real + 0.1
    assert told.accuracy.low <= real <= told.accuracy.high


def test_same_seed_same_plan():
    one, same = (plan_budget(pilot(5), PRICES, n_records=300, accuracy=0.9, draws=20) for _ in range(2))
    assert one == same


@pytest.mark.parametrize(
    ("how", "told"),
    [({"accuracy": 1.0}, "accuracy"), ({"n_records": 0}, "n_records"), ({"people": "none"}, "people must")],
)
def test_what_cannot_be_meant_is_refused(how, told):
    with pytest.raises(ValueError, match=told):
        plan_budget(crew(0), PRICES, **{"n_records": 10, "accuracy": 0.9, **how})
    with pytest.raises(ValueError, match="negative"):
        Prices(-1)
    with pytest.raises(ValueError, match="expert_accuracy"):
        Prices(1, expert_accuracy=0)


def test_a_pilot_of_one_class_is_always_right_and_one_without_overlap_tells_nothing():
    how = {"n_records": 10, "accuracy": 0.9, "most_people": 3, "draws": 5}
    one = plan_budget(Ratings.from_matrix([[1] * 9, [1] * 9]), Prices(1), **how)
    assert one.chosen is not None
    assert one.chosen.accuracy.value == 1
    with pytest.raises(ValueError, match="two or more people"):
        plan_budget(Ratings.from_arrays([1, 2, 3], list("abc"), [0, 1, 0]), Prices(1), **how)
    with pytest.raises(ValueError, match="No ratings"):
        plan_budget(Ratings.from_arrays([], [], []), Prices(1), **how)


QUICK = {"n_records": 200, "accuracy": 0.9, "most_people": 3, "draws": 12}
few = settings(deadline=None, max_examples=10)


@st.composite
def pilots(draw):
    """Some items, each rated by two or three of four people; now and then of one class only."""
    size, n_items = draw(st.integers(1, 3)), draw(st.integers(1, 25))
    who = draw(st.lists(st.permutations(range(4)), min_size=n_items, max_size=n_items))
    rows = [(item, person) for item, order in enumerate(who) for person in order[: draw(st.integers(2, 3))]]
    labels = draw(st.lists(st.integers(0, size - 1), min_size=len(rows), max_size=len(rows)))
    return [(item, person, label) for (item, person), label in zip(rows, labels, strict=True)]


def of_rows(rows):
    """Ratings of two classes at least."""
    return Ratings.from_arrays(*(list(column) for column in zip(*rows, strict=True)), classes=range(3))


@few
@given(pilots(), st.integers(0, 99))
def test_every_forecast_lies_within_what_can_be(rows, seed):
    made = plan_budget(of_rows(rows), PRICES, **QUICK, seed=seed)
    for o in made.options:
        assert all(f.low - 1e-9 <= f.value <= f.high + 1e-9 for f in (o.accuracy, o.cost, o.hours, o.people, o.experts))
        assert 0 <= o.accuracy.low <= o.accuracy.high <= 1
        assert 0 <= o.experts.value <= 1
        assert 0 <= o.reaches <= 1
        assert o.people.high <= max(o.policy.people, 0) + 1e-9
        assert o.cost.value == pytest.approx(200 * (0.05 * o.people.value + o.experts.value))
        assert o.accuracy.value == 1 or o.policy.kind != "expert"
    assert made.chosen is None or made.chosen.reaches >= 0.9
    assert (made.n_items, made.n_ratings) == (len({row[0] for row in rows}), len(rows))


@few
@given(pilots(), st.integers(0, 99), st.floats(0.1, 50))
def test_other_numbers_for_names_do_not_matter_and_cost_is_in_the_unit_of_the_prices(rows, seed, unit):
    made = plan_budget(of_rows(rows), PRICES, **QUICK, seed=seed)
    named = of_rows([(7 * item + 3, 100 + who, label) for item, who, label in rows])
    dearer = Prices(judgement=0.05 * unit, expert=unit)
    again = plan_budget(named, dearer, **QUICK, seed=seed)
    assert [o.accuracy for o in again.options] == [o.accuracy for o in made.options]
    costs = [[o.cost.value for o in one.options] for one in (made, again)]
    assert costs[1] == pytest.approx(np.multiply(costs[0], unit))
    assert (again.chosen is None) == (made.chosen is None)


@few
@given(pilots(), st.integers(0, 99))
def test_whoever_wants_less_pays_no_more(rows, seed):
    costs = []
    for accuracy, assurance in [(0.6, 0.5), (0.9, 0.5), (0.9, 0.95)]:
        how = {**QUICK, "accuracy": accuracy, "assurance": assurance, "seed": seed}
        chosen = plan_budget(of_rows(rows), PRICES, **how).chosen
        costs.append(chosen.cost.value if chosen else np.inf)
    assert costs == sorted(costs)


def test_people_who_are_never_wrong_are_asked_once_and_people_who_guess_never_suffice():
    sure, blind = Crew.drawn(5, 2, accuracy=(1.0, 1.0)), Crew.drawn(5, 2, accuracy=(0.5, 0.5))
    once = plan_budget(sure, PRICES, **QUICK).chosen
    assert once is not None
    assert (once.policy.kind, once.policy.people, once.accuracy.value) == ("fixed", 1, 1.0)
    lost = plan_budget(blind, Prices(1), **QUICK)
    assert lost.chosen is None
    assert all(o.accuracy.value == pytest.approx(0.5, abs=0.05) for o in lost.options)


@pytest.mark.slow
def test_planned_accuracy_and_cost_come_true():
    """Fresh projects by the pilot's people: labelled by MAP Dawid–Skene, an expert where three differ."""
    right, dear = [], []
    for seed in range(50):
        made = plan_budget(pilot(seed), PRICES, n_records=1500, accuracy=0.9, most_people=3, draws=100, seed=seed)
        project = simulate(crew(seed), n_items=1500, per_item=3, shares=SHARES, seed=5000 + seed)
        three, both = option(made, "fixed", 3), option(made, "adjudicated", 3)
        found = project.accuracy(map_dawid_skene(project.ratings).labels)
        right.append(three.accuracy.low <= found <= three.accuracy.high)
        labels = project.ratings.label.reshape(-1, 3)
        cost = 1500 * 3 * 0.05 + float((labels != labels[:, :1]).any(1).sum())
        dear.append(both.cost.low <= cost <= both.cost.high)
    assert np.mean(right) >= 0.9
    assert np.mean(dear) >= 0.9


@pytest.mark.slow
def test_asking_on_until_sure_costs_what_was_planned():
    """Fresh projects, rating by rating, by a running truth that knows the pilot."""
    right, asked = [], []
    for seed in range(20):
        made = plan_budget(pilot(seed), Prices(0.05), n_records=600, accuracy=0.9, draws=80, seed=seed)
        forecast = option(made, "adaptive", 7, 0.95)
        running = RunningTruth.of(pilot(seed), map_dawid_skene(pilot(seed)))
        rng, people = np.random.default_rng(9000 + seed), crew(seed)
        truth, judgements, hits = rng.choice(3, 600, p=SHARES), 0, 0
        for record, answer in enumerate(truth):
            for person in rng.permutation(12)[:7].tolist():
                label = int(rng.choice(3, p=people.confusion[person, answer]))
                sure = running.add(("new", record), person, label).max()
                judgements += 1
                if sure >= 0.95:
                    break
            hits += running.label(("new", record)) == answer
        right.append(forecast.accuracy.low <= hits / 600 <= forecast.accuracy.high)
        asked.append(forecast.people.low <= judgements / 600 <= forecast.people.high)
    assert np.mean(right) >= 0.85
    assert np.mean(asked) >= 0.9
