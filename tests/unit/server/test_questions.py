"""What counts as an answer to each kind of question."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.server.features.projects import (
    LabelQuestion,
    MultiLabelQuestion,
    PreferenceQuestion,
    QuestionBase,
    RatingQuestion,
    TextQuestion,
    check_answers,
)
from goldsmith.server.foundation.errors import Invalid

OPTIONS: Any = [{"value": "a"}, {"value": "b"}, {"value": "c"}]
LABEL = LabelQuestion(name="label", title="?", type="label", options=OPTIONS)
MULTI = MultiLabelQuestion(name="multi", title="?", type="multi_label", options=OPTIONS, max_choices=2)
RATING = RatingQuestion(name="rating", title="?", type="rating")
TEXT = TextQuestion(name="text", title="?", type="text", max_length=10, required=False)
PREFERENCE = PreferenceQuestion(name="preference", title="?", type="preference", a_field="x", b_field="y")
QUESTIONS: list[QuestionBase] = [LABEL, MULTI, RATING, TEXT, PREFERENCE]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(["a", "b", "c"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["choice", "strength"]), inner),
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
    ],
)
def test_a_wrong_answer_is_told_what_was_expected(question: QuestionBase, value: Any, told: str) -> None:
    with pytest.raises(ValueError, match="expected") as refused:
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
