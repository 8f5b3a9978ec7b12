"""What several people's answers come to, question by question."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.server.features.projects import (
    Consensus,
    EditQuestion,
    LabelQuestion,
    Policy,
    QuestionBase,
    RankingQuestion,
    SpanQuestion,
    TextQuestion,
    statements_of,
)
from goldsmith.server.features.review.consensus import Outcome, settle

OPTIONS: Any = [{"value": "person"}, {"value": "place"}]
SPANS = SpanQuestion(name="spans", title="?", type="span", options=OPTIONS, fields=["text"])
ORDER = RankingQuestion(name="order", title="?", type="ranking", fields=["x", "y", "z"])
MAJORITY = Policy(max_annotators=9)
ALL = Policy(consensus=Consensus(rule="unanimous"))


def settle_one(question: QuestionBase, *values: Any, policy: Policy = MAJORITY) -> Outcome:
    (found,) = settle([question], [{question.name: value} for value in values], policy)
    return found


def span(start: int, end: int, label: str = "person") -> dict[str, Any]:
    return {"field": "text", "start": start, "end": end, "label": label}


@pytest.mark.parametrize(("share", "is_enough"), [(2 / 3, True), (0.67, False)])
def test_a_share_is_enough_when_it_is_just_reached(share, is_enough):
    which = LabelQuestion(name="which", title="?", type="label", options=OPTIONS)
    policy = Policy(consensus=Consensus(rule="share", share=share))
    assert settle_one(which, "person", "person", "place", policy=policy).agreed is is_enough


class TestSpans:
    def test_what_more_than_half_marked_is_kept(self):
        found = settle_one(SPANS, [span(0, 3), span(5, 9)], [span(0, 3)], [span(0, 3)])
        assert (found.value, found.agreed, found.share) == ([span(0, 3)], True, pytest.approx(2 / 3))
        assert found.tally == {"text:0-3:person": 3, "text:5-9:person": 1}

    def test_a_passage_that_half_marked_is_not_agreed(self):
        assert not settle_one(SPANS, [span(0, 3)], []).agreed

    def test_nothing_marked_by_anybody_is_agreed(self):
        found = settle_one(SPANS, [], [])
        assert (found.value, found.agreed, found.share) == ([], True, 1.0)

    def test_another_label_is_another_passage(self):
        assert not settle_one(SPANS, [span(0, 3)], [span(0, 3, "place")]).agreed

    def test_ends_within_the_tolerance_are_one_passage_at_their_median(self):
        near = [span(0, 12)], [span(1, 12)], [span(1, 13)]
        assert not settle_one(SPANS, *near).agreed
        found = settle_one(SPANS, *near, policy=Policy(span_tolerance=1, consensus=Consensus(rule="unanimous")))
        assert (found.value, found.agreed) == ([span(1, 12)], True)

    def test_one_persons_two_near_passages_stay_two(self):
        found = settle_one(SPANS, [span(0, 3), span(1, 3)], policy=Policy(span_tolerance=2))
        assert found.value == [span(0, 3), span(1, 3)]

    def test_what_people_noted_on_a_passage_stays_with_it(self):
        noted = {**span(0, 3), "note": "a nickname"}, {**span(0, 3), "note": "or a surname"}
        assert settle_one(SPANS, [noted[0]]).value == [noted[0]]
        found = settle_one(SPANS, [noted[0]], [noted[1]], [span(0, 3)], [noted[0]])
        assert found.value == [{**span(0, 3), "note": "a nickname\nor a surname"}]
        assert found.agreed


class TestRankings:
    def test_the_order_is_what_most_say_of_each_pair(self):
        found = settle_one(ORDER, [["x"], ["y"], ["z"]], [["x"], ["z"], ["y"]], [["y"], ["x"], ["z"]])
        assert (found.value, found.agreed) == ([["x"], ["y"], ["z"]], True)
        assert found.tally["x > y"] == 2

    def test_a_shared_place_can_be_agreed(self):
        assert settle_one(ORDER, [["x"], ["y", "z"]], [["x"], ["z", "y"]], policy=ALL).value == [["x"], ["y", "z"]]

    def test_pairs_that_contradict_each_other_are_not_agreed(self):
        circle = [["x"], ["y"], ["z"]], [["y"], ["z"], ["x"]], [["z"], ["x"], ["y"]]
        found = settle_one(ORDER, *circle)
        assert (found.agreed, found.value) == (False, [["x", "y", "z"]])

    def test_an_optional_ranking_may_be_left_open_by_most(self):
        optional = ORDER.model_copy(update={"required": False})
        found = settle_one(optional, None, None, [["x"], ["y"], ["z"]])
        assert (found.value, found.agreed) == (None, False)
        assert settle_one(optional, None, None).agreed

    @given(st.lists(st.permutations(["x", "y", "z"]), min_size=1, max_size=6))
    def test_what_is_agreed_says_of_each_pair_what_more_than_half_say(self, orders: list[list[str]]):
        opinions = [[[one] for one in order] for order in orders]
        found = settle_one(ORDER, *opinions)
        backing = {said: sum(said in statements_of(one) for one in opinions) for said in statements_of(found.value)}
        assert found.agreed == all(votes * 2 > len(opinions) for votes in backing.values())


VERDICT = LabelQuestion(name="verdict", title="?", type="label", options=[{"value": "good"}, {"value": "bad"}])  # type: ignore[list-item]
WHY: Any = LabelQuestion.model_validate({
    "name": "why", "title": "?", "type": "label", "options": [{"value": "wrong"}, {"value": "rude"}],
    "when": {"question": "verdict", "any_of": ["bad"]},
})  # fmt: skip
FIX: Any = EditQuestion.model_validate(
    {"name": "fix", "title": "?", "type": "edit", "field": "reply", "when": {"question": "verdict", "any_of": ["bad"]}}
)
BAD = {"verdict": "bad", "why": "rude", "fix": [{"text": "Please wait."}]}


def test_a_question_that_depends_on_another_is_voted_on_by_those_it_was_put_to() -> None:
    verdict, why, fix = settle([VERDICT, WHY, FIX], [{"verdict": "good"}, BAD, BAD], MAJORITY)
    assert (verdict.value, why.value, why.share, fix.value) == ("bad", "rude", 1.0, [{"text": "Please wait."}])


def test_it_has_no_outcome_where_the_other_does_not_ask_for_it() -> None:
    _, why, fix = settle([VERDICT, WHY, FIX], [{"verdict": "good"}, {"verdict": "good"}, BAD], MAJORITY)
    assert [(one.value, one.agreed) for one in (why, fix)] == [(None, True), (None, True)]


def test_the_rewrite_kept_is_of_the_person_closest_to_the_outcome() -> None:
    text = TextQuestion(name="remark", title="?", type="text", required=False)
    opinions = [{"verdict": "good", "remark": "Fine."}, BAD | {"remark": "Rude."}, BAD | {"remark": "Quite rude."}]
    *_, remark = settle([VERDICT, WHY, text], opinions, MAJORITY)
    assert remark.value == "Rude."


def test_parts_that_together_are_no_answer_are_not_agreed() -> None:
    apart = SPANS.model_copy(update={"allow_overlap": False})
    found = settle_one(apart, [span(0, 5)], [span(0, 5), span(7, 9)], [span(3, 9)], [span(3, 9)], [span(0, 5)])
    assert not found.agreed
    crowded = [[span(0, 5)], [span(3, 9)]]
    assert settle_one(SPANS, crowded[0] + crowded[1], crowded[0] + crowded[1]).agreed
    assert not settle_one(apart, crowded[0] + crowded[1], crowded[0] + crowded[1]).agreed


def test_people_who_marked_the_place_otherwise_do_not_vote_for_nothing() -> None:
    assert not settle_one(SPANS, [span(0, 4)], [span(0, 5)], [span(1, 6)]).agreed
    nested = settle_one(SPANS, [span(0, 9), span(0, 3)], [span(0, 9)], [span(0, 9)])
    assert (nested.value, nested.agreed) == ([span(0, 9)], True)


def test_an_answer_that_a_change_of_the_schema_made_stale_does_not_vote() -> None:
    stale: dict[str, Any] = {}
    (found,) = settle([VERDICT], [stale, {"verdict": "good"}], ALL)
    assert (found.value, found.agreed, found.share) == ("good", True, 1.0)
    (nobody,) = settle([VERDICT], [stale, stale], ALL)
    assert (nobody.value, nobody.agreed) == (None, False)
