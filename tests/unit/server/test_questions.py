"""What counts as an answer to each kind of question."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.server.features.projects import (
    EditQuestion,
    LabelQuestion,
    MultiLabelQuestion,
    PreferenceQuestion,
    QuestionBase,
    RankingQuestion,
    RatingQuestion,
    SpanQuestion,
    TextQuestion,
    check_answers,
    check_notes,
)
from goldsmith.server.foundation.errors import Invalid

OPTIONS: Any = [{"value": "a"}, {"value": "b"}, {"value": "c"}]
LABEL = LabelQuestion(name="label", title="?", type="label", options=OPTIONS)
MULTI = MultiLabelQuestion(name="multi", title="?", type="multi_label", options=OPTIONS, max_choices=2)
RATING = RatingQuestion(name="rating", title="?", type="rating")
TEXT = TextQuestion(name="text", title="?", type="text", max_length=10, required=False)
PREFERENCE = PreferenceQuestion(name="preference", title="?", type="preference", a_field="x", b_field="y")
SPANS = SpanQuestion(name="spans", title="?", type="span", options=OPTIONS, fields=["body", "talk"])
APART = SPANS.model_copy(update={"allow_overlap": False})
RANKING = RankingQuestion(name="ranking", title="?", type="ranking", fields=["x", "y", "z"])
EDIT = EditQuestion(name="edit", title="?", type="edit", field="talk")
QUESTIONS: list[QuestionBase] = [LABEL, MULTI, RATING, TEXT, PREFERENCE, SPANS, RANKING, EDIT]
RECORD: Any = {
    "body": "Ada 👩‍💻 wrote",
    "talk": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Helo"}],
}
KEYS = ["choice", "strength", "field", "turn", "start", "end", "label", "note", "text"]


def span(start: Any, end: Any, label: Any = "a", **more: Any) -> dict[str, Any]:
    return {"field": "body", "start": start, "end": end, "label": label} | more


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(["a", "b", "c"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner),
    max_leaves=5,
)


@pytest.mark.parametrize(
    ("question", "value", "canonical"),
    [
        (LABEL, "b", "b"),
        (MULTI, ["c", "a", "c"], ["a", "c"]),
        (MULTI, [], []),
        (RATING, 4.0, 4),
        (TEXT, "fine", "fine"),
        (PREFERENCE, {"choice": "a"}, {"choice": "a", "strength": 1}),
        (PREFERENCE, {"choice": "b", "strength": 3}, {"choice": "b", "strength": 3}),
        (PREFERENCE, {"choice": "tie", "strength": 3}, {"choice": "tie"}),
        (SPANS, [], []),
        (SPANS, [{"start": 4, "end": 5, "label": "b"}, span(0, 3, note="")], [span(0, 3), span(4, 5, "b")]),
        (SPANS, [span(0, 3), span(0, 3), span(1, 2)], [span(0, 3), span(1, 2)]),
        (APART, [span(3, 5), span(0, 3)], [span(0, 3), span(3, 5)]),
        (RANKING, ["z", ["y", "x"]], [["z"], ["x", "y"]]),
        (RANKING, [["y"], ["x"], ["z"]], [["y"], ["x"], ["z"]]),
        (EDIT, [], []),
        (EDIT, [{"turn": 1, "text": "Hello"}], [{"turn": 1, "text": "Hello"}]),
    ],
)
def test_an_answer_has_one_canonical_form(question: QuestionBase, value: Any, canonical: Any) -> None:
    assert question.check(value) == canonical


@pytest.mark.parametrize(
    ("question", "value", "told"),
    [
        (LABEL, "z", "one of: a, b, c"),
        (LABEL, ["a"], "one of: a, b, c"),
        (MULTI, "a", "list of option values"),
        (MULTI, ["a", "b", "c"], "0 to 2 options"),
        (MULTI, [{"value": "a"}], "one of"),
        (RATING, 6, "from 1 to 5"),
        (RATING, 2.5, "from 1 to 5"),
        (RATING, True, "from 1 to 5"),
        (RATING, float("inf"), "from 1 to 5"),
        (RATING, float("nan"), "from 1 to 5"),
        (RATING, 10**400, "from 1 to 5"),
        (RATING, "4", "from 1 to 5"),
        (TEXT, "far too long a text", "at most 10 characters, got 19"),
        (TEXT, 7, "expected a text"),
        (PREFERENCE, "a", "choice"),
        (PREFERENCE, {"choice": "c"}, "choice"),
        (PREFERENCE, {"choice": "a", "strength": 4}, "from 1 to 3"),
        (PREFERENCE, {"choice": "a", "strength": True}, "from 1 to 3"),
        (SPANS, "0-3", "list of spans"),
        (SPANS, [span(3, 3)], "0 <= start < end"),
        (SPANS, [span(True, 3)], "0 <= start < end"),
        (SPANS, [span(0, 3, "z")], "one of: a, b, c"),
        (SPANS, [span(0, 3, field="title")], "one of the fields body, talk"),
        (SPANS, [span(0, 3, colour="red")], "no 'colour'"),
        (SPANS, [span(0, 3, turn=-1)], "`turn`"),
        (SPANS, [span(0, 3, note=7)], "`note`"),
        (APART, [span(0, 3), span(2, 4)], "overlap"),
        (RANKING, "x", "list of groups"),
        (RANKING, [["x"], []], "list of groups"),
        (RANKING, [["x"], ["y"]], "exactly once"),
        (RANKING, [["x", "y"], ["z", "x"]], "exactly once"),
        (RANKING, [[["x"]], ["y"], ["z"]], "exactly once"),
        (EDIT, "Hello", "list of rewritten parts"),
        (EDIT, [{"turn": 1, "text": "  "}], "not empty"),
        (EDIT, [{"turn": 1, "text": "a"}, {"turn": 1, "text": "b"}], "once"),
        (EDIT, [{"turn": "1", "text": "a"}], "`turn`"),
    ],
)
def test_a_wrong_answer_is_told_what_was_expected(question: QuestionBase, value: Any, told: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as refused:
        question.check(value)
    assert told in str(refused.value)


@given(question=st.sampled_from(QUESTIONS), value=anything)
def test_the_canonical_form_of_an_answer_is_itself_an_answer(question: QuestionBase, value: Any) -> None:
    try:
        canonical = question.check(value)
    except ValueError:
        return
    assert question.check(canonical) == canonical


@given(given_answers=st.dictionaries(st.sampled_from([q.name for q in QUESTIONS] + ["other"]), anything))
def test_answers_pass_or_every_fault_is_pointed_to(given_answers: dict[str, Any]) -> None:
    try:
        checked = check_answers(QUESTIONS, given_answers)
    except Invalid as refusal:
        assert refusal.errors
        assert all(fault.pointer.startswith("/answers/") for fault in refusal.errors)
    else:
        assert checked.keys() >= {q.name for q in QUESTIONS if q.required}


def test_a_draft_may_leave_questions_open_but_not_answer_wrongly() -> None:
    assert check_answers(QUESTIONS, {"label": "a", "text": "  "}, partly=True) == {"label": "a"}
    with pytest.raises(Invalid, match="unknown question"):
        check_answers(QUESTIONS, {"colour": "gold"}, partly=True)


def test_a_tie_counts_only_where_it_is_allowed() -> None:
    strict = PREFERENCE.model_copy(update={"allow_tie": False, "allow_both_bad": False, "strengths": 0})
    assert strict.check({"choice": "a", "strength": 2}) == {"choice": "a"}
    with pytest.raises(ValueError, match="one of a, b,"):
        strict.check({"choice": "tie"})


def test_the_characters_of_a_span_are_code_points() -> None:
    assert SPANS.fit([span(0, len(RECORD["body"]))], RECORD) == [span(0, 13)]
    with pytest.raises(ValueError, match="ends after its 13 characters"):
        SPANS.fit([span(0, 14)], RECORD)


@pytest.mark.parametrize(
    ("question", "value", "told"),
    [
        (SPANS, [span(0, 2, turn=0)], "has no `turn`"),
        (SPANS, [span(0, 2, field="talk")], "name a `turn` from 0 to 1"),
        (SPANS, [span(0, 2, field="talk", turn=2)], "name a `turn` from 0 to 1"),
        (SPANS, [span(0, 5, field="talk", turn=1)], "ends after its 4 characters"),
        (EDIT, [{"text": "Hello"}], "name a `turn` from 0 to 1"),
        (EDIT, [{"turn": 7, "text": "Hello"}], "name a `turn` from 0 to 1"),
        (EDIT, [{"turn": 0, "text": "Hello"}], "the user's; only assistant is rewritten"),
        (EDIT.model_copy(update={"field": "body"}), [{"turn": 0, "text": "Hello"}], "has no `turn`"),
        (EDIT.model_copy(update={"field": "title"}), [{"text": "Hello"}], "no field 'title'"),
    ],
)
def test_an_answer_that_points_outside_the_record_is_refused(question: QuestionBase, value: Any, told: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as refused:
        question.fit(question.check(value), RECORD)
    assert told in str(refused.value)


def test_a_rewrite_that_changes_nothing_is_none() -> None:
    assert EDIT.fit([{"turn": 1, "text": "Helo"}], RECORD) == []


def test_a_ranking_without_ties_wants_one_candidate_in_each_place() -> None:
    strict = RANKING.model_copy(update={"allow_ties": False})
    with pytest.raises(ValueError, match="no ties"):
        strict.check([["x", "y"], ["z"]])


@pytest.mark.parametrize("options", [{"fields": ["x", "y"], "options": OPTIONS}, {}, {"fields": ["x", "x"]}])
def test_a_ranking_has_one_kind_of_distinct_candidates(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"give one of them|differ from each other"):
        RankingQuestion(name="r", title="?", type="ranking", **options)


TREE: Any = [{"value": "animal"}, {"value": "cat", "parent": "animal"}, {"value": "stone"}]


def test_in_a_tree_only_the_leaves_may_be_asked_for() -> None:
    leaves = LabelQuestion(name="kind", title="?", type="label", options=TREE, leaves_only=True)
    assert [leaves.check(value) for value in ("cat", "stone")] == ["cat", "stone"]
    with pytest.raises(ValueError, match="one of: cat, stone"):
        leaves.check("animal")
    assert leaves.model_copy(update={"leaves_only": False}).options == leaves.options


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([{"value": "a", "parent": "z"}], "no option"),
        ([{"value": "a", "parent": "b"}, {"value": "b", "parent": "a"}], "below itself"),
        ([{"value": "a", "parent": "a"}], "below itself"),
    ],
)
def test_options_form_trees(options: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        LabelQuestion(name="kind", title="?", type="label", options=options)


REASON: Any = TextQuestion.model_validate(
    {"name": "why", "title": "?", "type": "text", "when": {"question": "multi", "any_of": ["a", "b"]}}
)


def test_a_question_is_asked_only_after_the_answers_it_waits_for() -> None:
    asked = [MULTI, REASON]
    assert check_answers(asked, {"multi": ["b", "c"], "why": "So."}) == {"multi": ["b", "c"], "why": "So."}
    assert check_answers(asked, {"multi": ["c"]}) == {"multi": ["c"]}
    assert check_answers(asked, {"multi": ["c"], "why": " "}) == {"multi": ["c"]}
    with pytest.raises(Invalid, match="must be answered"):
        check_answers(asked, {"multi": ["a"]})
    with pytest.raises(Invalid, match="asked only where 'multi' is a, b"):
        check_answers(asked, {"multi": [], "why": "So."})


def test_notes_go_with_questions_that_take_them() -> None:
    taker = LABEL.model_copy(update={"allow_note": True})
    assert check_notes(
        [taker, RATING],
        {
            "label": "Both fit.",
        },
    ) == {"label": "Both fit."}
    assert check_notes([taker], {"label": "  "}) == {}
    with pytest.raises(Invalid, match="'rating' cannot carry a note; only label can"):
        check_notes([taker, RATING], {"rating": "Why five?"})
    with pytest.raises(Invalid, match="no question of this schema can"):
        check_notes([RATING], {"rating": "Why five?"})
