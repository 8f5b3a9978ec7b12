"""What must not pass the border: missing values that look like answers, levels that are none, ids that are nobody's."""

import tracemalloc
from functools import partial

import numpy as np
import pytest

from goldsmith.stats import (
    Crew,
    Prices,
    Ratings,
    RunningAutoAccept,
    Spans,
    accuracy_drift,
    adjusted_bradley_terry,
    alpha_by_annotator,
    bradley_terry,
    certify_auto_accept,
    consensus,
    dawid_skene,
    elo,
    gold_check_accuracy,
    grouped_dawid_skene,
    horvitz_thompson,
    icc,
    kappa_by_pair,
    kendall_w,
    krippendorff_alpha,
    label_set_issues,
    majority_vote,
    ordinal_consensus,
    plan_budget,
    prediction_powered_rate,
    response_time_cusum,
    running_rate,
    running_stratified_rate,
    running_weighted_rate,
    self_agreement,
    span_consensus,
    spot_checks,
    stratified_rate,
)

NAN, INF = np.nan, np.inf
RATINGS = Ratings.from_arrays([1, 1, 2, 2, 3, 3], list("ababab"), [1, 2, 3, 3, 1, 1])
LEVELS = {
    "kappa by pair": partial(kappa_by_pair, RATINGS),
    "alpha by annotator": partial(alpha_by_annotator, RATINGS),
    "icc": partial(icc, RATINGS),
    "kendall": partial(kendall_w, RATINGS),
    "gold checks": partial(gold_check_accuracy, RATINGS, {1: 1}),
    "self-agreement": partial(self_agreement, RATINGS, RATINGS),
    "ordinal consensus": partial(ordinal_consensus, RATINGS),
    "weighted": partial(horvitz_thompson, [0, 1], [0.5, 0.5]),
    "powered": partial(prediction_powered_rate, [0, 1], [0, 1], [1]),
    "stratified": partial(stratified_rate, [1], [3], [9]),
    "running": partial(running_rate, [0, 1]),
    "strengths": partial(bradley_terry, [1, 2], [2, 1], ["a", "a"]),
    "spans": partial(span_consensus, Spans.from_arrays([1], ["a"], [0], [2], ["X"])),
    "plan": partial(plan_budget, RATINGS, Prices(1), n_records=10, accuracy=0.9, draws=2),
}


@pytest.mark.parametrize("level", [0, 1, 95, NAN])
@pytest.mark.parametrize("method", LEVELS.values(), ids=LEVELS)
def test_a_level_of_confidence_lies_between_0_and_1(method, level):
    with pytest.raises(ValueError, match="confidence must lie between 0 and 1"):
        method(confidence=level)


@pytest.mark.parametrize("wrong", [[NAN, 0], ["no", "yes"], [None, True], [2, 0], [[True, False]]])
@pytest.mark.parametrize(
    "method",
    [
        spot_checks,
        partial(accuracy_drift, usual=0.9),
        partial(certify_auto_accept, [0.9, 0.9]),
        partial(RunningAutoAccept([0.1, 0.9]).add, [0.9, 0.9]),
    ],
    ids=["spot checks", "drift", "certificate", "running certificate"],
)
def test_what_is_not_known_is_not_taken_for_right_or_wrong(method, wrong):
    with pytest.raises(ValueError, match=r"true or false|one column"):
        method(wrong)


@pytest.mark.parametrize(
    "call",
    [
        partial(horvitz_thompson, [NAN, 1], [0.5, 0.5]),
        partial(horvitz_thompson, [0, 1], [NAN, 0.5]),
        partial(horvitz_thompson, [2, 1], [0.5, 0.5]),
        partial(prediction_powered_rate, [NAN, 1, 0], [1, 1, 0], [1]),
        partial(prediction_powered_rate, [1, 1, 0], [1, 1, 0], [NAN]),
        partial(prediction_powered_rate, [5, 1, 0], [1, 1, 0], [1]),
        partial(stratified_rate, [1], [3], [INF]),
        partial(stratified_rate, [1, 2], [3], [9, 9]),
        partial(stratified_rate, [], [], []),
        partial(running_stratified_rate, [[1, 1]], [[1, 1]], [-1, 2]),
        partial(running_weighted_rate, [1, 0], [NAN, 0.5], population=10, least=0.05),
        partial(running_weighted_rate, [3, 0], [0.1, 0.5], population=10, least=0.05),
        partial(certify_auto_accept, [NAN, 0.5], [True, True]),
        partial(response_time_cusum, [1.0] * 60, baseline=0),
        partial(response_time_cusum, [1.0] * 60, shift=0),
        partial(dawid_skene, RATINGS, history={"a": (NAN, 1)}),
        partial(dawid_skene, RATINGS, smoothing=-1),
        partial(grouped_dawid_skene, RATINGS, groups=0),
        partial(consensus, RATINGS, significance=2),
        partial(ordinal_consensus, RATINGS, draws=0),
        partial(adjusted_bradley_terry, [1, 2], [2, 1], ["a", "a"], spread=0),
        partial(elo, [1, 2], [2, 1], ["a", "b"], k=NAN),
        partial(label_set_issues, np.array([[NAN, 1.0]]), [[0.5, 0.5]]),
        partial(label_set_issues, ["ab"], [[0.5, 0.5]], classes=["a", "b"]),
        partial(label_set_issues, [["a"]], [[0.5, 0.5]], classes=["a", "a"]),
        partial(Prices, NAN),
        partial(Crew.drawn, 3, 2, accuracy=(1.5, 2.0)),
        partial(plan_budget, RATINGS, Prices(1), n_records=10, accuracy=0.9, draws=0),
        partial(plan_budget, RATINGS, Prices(1), n_records=10, accuracy=0.9, shares=[0.5, 0.5]),
        partial(icc, Ratings.from_matrix([[1.0, INF], [2.0, 3.0]])),
        partial(Ratings.from_matrix, [[1, 2], [1]]),
        partial(Ratings.from_codes, np.array([0.5]), np.array([0]), np.array([1])),
        partial(Spans.from_arrays, [1], ["a"], [0.5], [2], ["X"]),
        partial(Spans.from_arrays, [1], ["a"], [NAN], [2], ["X"]),
    ],
)
def test_what_is_no_number_or_makes_no_sense_is_refused_with_a_word_on_it(call):
    with pytest.raises(
        ValueError, match=r"[Ee]xpected|must|Every|history|smoothing|spread|below|finite|whole|Codes|Shares"
    ):
        call()


@pytest.mark.parametrize("missing", [None, NAN])
def test_a_missing_id_is_nobody(missing):
    with pytest.raises(ValueError, match="id is missing"):
        Ratings.from_arrays([1, missing], ["a", "b"], [1, 1])
    with pytest.raises(ValueError, match="id is missing"):
        bradley_terry(["x", missing], ["y", "x"], ["a", "b"])


def test_what_cannot_be_an_id_or_a_label_is_named():
    for columns in (([[1], [2]], "ab", [1, 1]), ([1, 2], "ab", [{"x": 1}, {}]), ([1, 1], ["a", "b"], [[["x"]], ["y"]])):
        with pytest.raises(TypeError, match=r"(must be hashable: .* got|Expected an array or a list)"):
            Ratings.from_arrays(*columns)


def test_integers_that_no_float_can_tell_apart_stay_apart():
    near = Ratings.from_arrays([2**60 + 1, 2**60, 0.5], list("abc"), [1, 2, 1])
    assert near.items.tolist() == [2**60 + 1, 2**60, 0.5]
    assert Ratings.from_arrays([2**63, -1], list("ab"), [1, 2]).items.tolist() == [2**63, -1]
    assert Ratings.from_arrays([1, 1], list("ab"), [2**70, 3]).ordered


def test_numbers_huge_or_tiny_have_the_reliability_of_their_unit():
    table = np.array([[1.0, 2, 4, 3], [1, 3, 4, 2], [2, 2, 5, 3]])
    found = [icc(Ratings.from_matrix(table * unit)) for unit in (1.0, 1e300, 1e-300)]
    for one in found[1:]:
        assert (one.value, one.low, one.high) == pytest.approx((found[0].value, found[0].low, found[0].high))
    assert krippendorff_alpha(Ratings.from_matrix(table * 1e300), level="interval").value == pytest.approx(
        krippendorff_alpha(Ratings.from_matrix(table), level="interval").value
    )


def test_reliability_costs_what_the_complete_items_cost():
    """A full table would be 200,000 items by 1,000 annotators; two items have everybody."""
    item = np.concatenate([np.arange(200_000), np.repeat([0, 1], 1000)])
    who = np.concatenate([np.arange(200_000) % 1000, np.tile(np.arange(1000), 2)])
    tracemalloc.start()
    found = icc(Ratings.from_codes(item, who, item % 5 + who % 2))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found.n_items, found.n_annotators) == (2, 1000)
    assert most < 100e6


def test_sets_may_be_named_as_they_were_given():
    ratings = Ratings.from_arrays([1, 1, 2, 2], list("abab"), [["x"], ["x", "y"], ["y"], ["y"]])
    assert gold_check_accuracy(ratings, {1: frozenset("x")})["a"].value == 1
    assert majority_vote(ratings, known={1: ["x", "y"]}).labels[0] == frozenset({"x", "y"})


def test_a_table_of_flags_may_be_a_list():
    given, said = [[True, False], [False, True]] * 20, [[0.9, 0.1], [0.2, 0.7]] * 20
    assert (label_set_issues(given, said).flags == label_set_issues(np.array(given), said).flags).all()
