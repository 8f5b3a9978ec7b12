"""What every method of truth inference promises."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.stats import (
    Crew,
    Ratings,
    consensus,
    dawid_skene,
    glad,
    grouped_dawid_skene,
    mace,
    majority_vote,
    map_dawid_skene,
    one_coin,
    simulate,
    wawa,
)
from tests.unit.stats.crowds import crowd
from tests.unit.stats.simulated import rating_rows, ratings_of, steady

METHODS = [
    majority_vote,
    wawa,
    dawid_skene,
    one_coin,
    map_dawid_skene,
    grouped_dawid_skene,
    mace,
    glad,
    consensus,
]
FITTED = [dawid_skene, one_coin, map_dawid_skene, grouped_dawid_skene, mace, consensus]
every_method = pytest.mark.parametrize("method", METHODS)


@every_method
@given(rows=rating_rows())
@steady
def test_posteriors_and_confusions_are_probabilities(method, rows):
    found = method(ratings_of(rows))
    assert np.allclose(found.posterior.sum(1), 1)
    assert np.allclose(found.confusion.sum(2), 1)
    assert (found.posterior >= 0).all()
    assert found.labels.tolist() == found.classes[found.posterior.argmax(1)].tolist()
    measured = found.quality.value[found.quality.n_ratings > 0]
    assert ((measured >= 0) & (measured <= 1 + 1e-9)).all()
    assert (found.quality.low <= found.quality.value + 1e-9).all()
    assert (found.quality.value <= found.quality.high + 1e-9).all()


@every_method
@given(rows=rating_rows(), seed=st.integers(0, 9))
@steady
def test_the_order_of_ratings_does_not_matter(method, rows, seed):
    shuffled = [rows[place] for place in np.random.default_rng(seed).permutation(len(rows))]
    one, other = method(ratings_of(rows)), method(ratings_of(shuffled))
    if method is grouped_dawid_skene or method is consensus:
        return  # items equally agreed on are parted by their order
    assert np.allclose(one.posterior, other.posterior[np.argsort(other.items)][np.argsort(np.argsort(one.items))])


@every_method
def test_perfect_agreement_is_taken_over(method):
    truth = np.array(["a", "b", "c", "a", "b", "a"] * 5)
    found = method(Ratings.from_matrix(np.tile(truth, (4, 1)).astype(object)))
    assert found.labels.tolist() == truth.tolist()
    assert (found.quality.value > 0.9).all()


@every_method
def test_one_annotator_is_believed(method):
    labels = ["x", "y", "y", "x", "y"]
    found = method(Ratings.from_arrays(range(5), ["ann"] * 5, labels))
    assert found.labels.tolist() == labels


@every_method
def test_one_class_is_certain(method):
    found = method(Ratings.from_arrays([1, 1, 2], ["a", "b", "a"], ["yes"] * 3))
    assert found.posterior.tolist() == [[1.0], [1.0]]


@every_method
def test_without_ratings_there_is_an_error_that_says_so(method):
    with pytest.raises(ValueError, match="No ratings"):
        method(Ratings.from_arrays([], [], []))


@every_method
def test_an_item_that_lost_its_ratings_is_unsure(method):
    ratings = Ratings.from_arrays([1, 1, 2, 2, 3], ["a", "b", "a", "b", "a"], [0, 0, 1, 1, 0])
    found = method(ratings.keep(ratings.item < 2))
    assert found.posterior[2].max() < 1
    assert np.isfinite(found.posterior).all()


@every_method
def test_known_answers_stand_whatever_people_say(method):
    ratings = Ratings.from_arrays([1, 1, 1, 2, 2], ["a", "b", "c", "a", "b"], ["no", "no", "no", "yes", "yes"])
    found = method(ratings, known={1: "yes", 99: "no"})
    assert found.labels[0] == "yes"
    assert found.posterior[0].max() == 1


@every_method
def test_a_known_answer_outside_the_classes_is_refused(method):
    with pytest.raises(ValueError, match="maybe"):
        method(Ratings.from_arrays([1, 2], ["a", "a"], ["no", "yes"]), known={1: "maybe"})


@pytest.mark.parametrize("method", METHODS[2:])
def test_known_answers_teach_whom_to_believe(method):
    """Two liars outvote one honest person, until a few answers are known."""
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 2, 60)
    ratings = Ratings.from_matrix(np.array([truth, 1 - truth, 1 - truth]))
    known = {item: int(truth[item]) for item in range(25)}
    informed = method(ratings, known=known).labels
    assert (informed == truth).mean() > 0.9 or method in (glad, consensus)
    assert (method(ratings).labels == truth).mean() < 0.1


@pytest.mark.parametrize("method", [dawid_skene, one_coin, map_dawid_skene, mace])
@pytest.mark.parametrize("honest", [(99, 1), [[50, 0], [0, 50]]])
def test_earlier_work_teaches_whom_to_believe(method, honest):
    truth = np.random.default_rng(0).integers(0, 2, 40)
    ratings = Ratings.from_matrix(np.array([truth, 1 - truth]))
    found = method(ratings, history={0: honest, "gone": (1, 1)})
    assert (found.labels == truth).all()


@pytest.mark.parametrize("method", FITTED)
def test_a_start_from_an_earlier_result_leads_to_the_same_place(method):
    made = crowd(np.random.default_rng(5), n_items=400, n_annotators=9, shares=[0.6, 0.4], skill=(0.6, 0.9), per_item=4)
    half = made.ratings.keep(np.arange(len(made.ratings)) % 10 > 0)
    again = method(made.ratings, start=method(half))
    assert (again.labels == method(made.ratings).labels).mean() > 0.98


def test_a_start_with_other_classes_is_refused():
    one = majority_vote(Ratings.from_arrays([1], ["a"], ["no"]))
    with pytest.raises(ValueError, match="other classes"):
        dawid_skene(Ratings.from_arrays([1], ["a"], ["yes"]), start=one)


@pytest.mark.parametrize("history", [(1, 2, 3), [[1, 2]], (-1, 2)])
def test_a_history_of_another_form_is_refused(history):
    with pytest.raises(ValueError, match="history"):
        dawid_skene(Ratings.from_arrays([1, 2], ["a", "a"], [0, 1]), history={"a": history})


def test_votes_are_shares_and_ties_go_to_the_first_class():
    found = majority_vote(Ratings.from_arrays([1, 1, 1, 2, 2], ["a", "b", "c", "a", "b"], ["n", "n", "y", "n", "y"]))
    assert np.allclose(found.posterior, [[2 / 3, 1 / 3], [0.5, 0.5]])
    assert found.labels.tolist() == ["n", "n"]
    assert np.isnan(found.log_likelihood)


def test_wawa_weighs_people_by_how_often_they_side_with_the_majority():
    rows = [(item, who, "x") for item in range(3) for who in "abc"] + [(3, "a", "x"), (3, "d", "y")]
    rows += [(item, "d", "y") for item in range(3)]
    found = wawa(ratings_of(rows))
    assert found.posterior[3].tolist() == [1.0, 0.0]  # d never sides with the majority; the tie counts for x


def test_mace_finds_those_who_click_without_reading():
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 3, 300)
    able = np.where(rng.random((4, 300)) < 0.9, truth, rng.integers(0, 3, (4, 300)))
    found = mace(Ratings.from_matrix(np.array([*able, np.zeros(300, int), rng.integers(0, 3, 300)])))
    assert found.quality.value[:4].min() > 0.8
    assert found.quality.value[4:].max() < 0.45
    assert found.confusion[4, :, 0].min() > 0.95


def test_glad_is_less_sure_of_hard_items():
    rng = np.random.default_rng(2)
    truth = rng.integers(0, 2, 400)
    hard = np.arange(400) < 100
    right = rng.random((8, 400)) < np.where(hard, 0.6, 0.95)
    found = glad(Ratings.from_matrix(np.where(right, truth, 1 - truth)))
    assert found.posterior[hard].max(1).mean() < found.posterior[~hard].max(1).mean() - 0.05
    assert (found.labels[~hard] == truth[~hard]).mean() > 0.99


@pytest.mark.slow
@pytest.mark.parametrize("method", [dawid_skene, one_coin, map_dawid_skene, consensus])
def test_intervals_of_quality_cover(method):
    held = []
    for trial in range(150):
        made = crowd(
            np.random.default_rng([7, trial]),
            n_items=200,
            n_annotators=10,
            shares=[0.5, 0.3, 0.2],
            skill=(0.6, 0.9),
            per_item=5,
        )
        found = method(made.ratings)
        true = np.einsum("wkk,k->w", made.confusion, np.array([0.5, 0.3, 0.2]))
        held.append((found.quality.low <= true) & (true <= found.quality.high))
    assert np.mean(held) >= 0.93


@pytest.mark.slow
@pytest.mark.parametrize("method", [majority_vote, wawa, dawid_skene, map_dawid_skene, glad, consensus])
def test_intervals_of_quality_cover_among_spammers_and_where_people_confirm_themselves(method):
    held = []
    for seed in range(20):
        crew = Crew.drawn(20, 4, accuracy=(0.6, 0.95), spammers=0.3, seed=seed)
        found = method(simulate(crew, n_items=800, per_item=4, seed=100 + seed).ratings)
        true = np.einsum("wkk->w", crew.confusion) / 4
        held.append((found.quality.low <= true) & (true <= found.quality.high))
    assert np.mean(held) >= 0.87  # judged by the shares of the vote: 0.3
