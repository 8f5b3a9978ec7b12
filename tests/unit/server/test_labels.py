"""Labels that come into a schema can be told apart, whoever wrote them and wherever they come from."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.server.features.exchange.naming import schema_of
from goldsmith.server.features.exchange.neutral import Asked, Choice
from goldsmith.server.features.projects import LabelQuestion, RankingQuestion, SchemaDraft, looks_of, tidied
from goldsmith.server.features.projects.labels import check_labels
from goldsmith.server.foundation.errors import Invalid

COMPOSED, APART = "Caf\u00e9", "Cafe\u0301"


def asking(*labels: str) -> list[LabelQuestion]:
    options = [{"value": label} for label in labels]
    return [LabelQuestion.model_validate({"name": "q", "type": "label", "title": "?", "options": options})]


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("a\tb", "write 'a b'"),
        ("a\nb", "write 'a b'"),
        ("refund ", "write 'refund'"),
        (" refund", "write 'refund'"),
        ("a  b", "write 'a b'"),
        ("10\u00a0km", "write '10 km'"),
        (APART, f"'{COMPOSED}' is not composed (NFC)"),
        (" ", "shows nothing"),
        ("\u200b", "shows nothing"),
    ],
)
def test_a_label_not_on_one_line_or_with_what_nobody_sees_is_refused_with_a_better_one(label: str, told: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_labels(asking("other", label))
    (fault,) = refused.value.errors
    assert fault.pointer == "/questions/0/options/1/value"
    assert told in fault.detail


@pytest.mark.parametrize("labels", [("Refund", "refund"), ("Straße", "STRASSE"), ("a\u200bb", "ab")])
def test_labels_that_look_alike_are_refused_and_both_named(labels: tuple[str, str]) -> None:
    with pytest.raises(Invalid, match="look alike") as refused:
        check_labels(asking(*labels))
    assert all(repr(label) in refused.value.detail for label in labels)


def test_labels_of_the_schema_before_may_stay_but_get_no_lookalike() -> None:
    old = {"Refund", "refund ", "a\tb"}
    check_labels(asking(*old, "new"), kept=old)
    with pytest.raises(Invalid, match="look alike"):
        check_labels(asking("REFUND", *old), kept=old)


def test_labels_with_inner_marks_that_belong_to_the_script_are_labels() -> None:
    check_labels(asking("می‌خواهم", "👩‍💻", COMPOSED, "C++", "C#", "à la carte"))


def test_an_answer_that_only_looks_like_a_label_is_told_which_was_meant() -> None:
    with pytest.raises(ValueError, match=r"expected one of: refund, charge; did you mean 'refund'\?"):
        asking("refund", "charge")[0].check("Refund\n")


@settings(deadline=None)
@given(st.lists(st.text(min_size=1, max_size=120) | st.sampled_from(["a", "A", "a ", "A\t", "\u00e9", "e\u0301"]),
                min_size=2, max_size=12, unique=True), st.booleans())  # fmt: skip
def test_whatever_labels_another_tool_has_become_ones_that_can_be_told_apart(labels: list[str], ordered: bool) -> None:
    asked = Asked("q", "ranking" if ordered else "choice", choices={one: Choice(one) for one in labels})
    schema = schema_of([asked], {"text": "text"}, {"text"}, {"q"})
    draft = SchemaDraft.model_validate({"fields": schema.fields, "questions": schema.questions})
    check_labels(draft.questions)
    (question,) = draft.questions
    assert isinstance(question, LabelQuestion | RankingQuestion)
    ours = [option.value for option in question.options or ()]
    changed = {theirs: ours for theirs, ours in zip(labels, ours, strict=True) if theirs != ours}
    assert schema.labels.get("q", {}) == changed
    assert bool(schema.losses) == bool(changed)
    like = Counter(map(looks_of, labels))
    needless = [one for one in changed if one == tidied(one) and looks_of(one) and like[looks_of(one)] == 1]
    assert all(len(one) > 100 for one in needless), "what needs no change keeps its name"
