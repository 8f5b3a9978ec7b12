"""How answers follow a schema that changes: forward, back, and where they cannot."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from goldsmith.server.features.projects import LabelQuestion, MultiLabelQuestion, SpanQuestion
from goldsmith.server.features.projects.evolution import Carrier, Change, Version, step_between

CHANGES: TypeAdapter[Any] = TypeAdapter(tuple[Change, ...])


def options(*values: str) -> Any:
    return [{"value": value} for value in values]


def label(*values: str, name: str = "intent", **more: Any) -> Any:
    return LabelQuestion(name=name, title="?", type="label", options=options(*values), **more)


def harms(*values: str, **more: Any) -> Any:
    return MultiLabelQuestion(name="harms", title="?", type="multi_label", options=options(*values), **more)


def spans(*values: str) -> Any:
    return SpanQuestion(name="names", title="?", type="span", fields=["text"], options=options(*values))


def version(number: int, *questions: Any, parent: int | None = None, changes: Any = ()) -> Version:
    base = number - 1 if parent is None and number > 1 else parent
    return Version(number, base, questions, CHANGES.validate_python(changes))


def carried(versions: list[Version], answers: dict[str, Any], given_under: int = 1, into: int | None = None) -> Any:
    found = Carrier(versions, into or versions[-1].number).carry(answers, given_under)
    return found.answers, found.stale


RENAMED = [
    version(1, label("refund", "other")),
    version(2, label("money_back", "other"), changes=[
        {"op": "rename_label", "question": "intent", "label": "refund", "to": "money_back"},
    ]),
]  # fmt: skip
MERGED = [
    version(1, label("refund", "chargeback", "other"), harms("hate", "threat", "spam")),
    version(2, label("money", "other"), harms("attack", "spam"), changes=[
        {"op": "merge_labels", "question": "intent", "labels": ["refund", "chargeback"], "into": "money"},
        {"op": "merge_labels", "question": "harms", "labels": ["hate", "threat"], "into": "attack"},
    ]),
]  # fmt: skip
SPLIT = [
    version(1, label("money", "other")),
    version(2, label("refund", "charge", "other"), changes=[
        {"op": "split_label", "question": "intent", "label": "money", "into": ["refund", "charge"]},
    ]),
]  # fmt: skip


def test_a_renamed_label_keeps_its_answers():
    assert carried(RENAMED, {"intent": "refund"}) == ({"intent": "money_back"}, ())
    assert Carrier(RENAMED, 2).only_renames


def test_a_renamed_question_keeps_its_answers():
    versions = [
        version(1, label("a", "b")),
        version(2, label("a", "b", name="topic"), changes=[
            {"op": "rename_question", "question": "intent", "to": "topic"},
        ]),
    ]  # fmt: skip
    assert carried(versions, {"intent": "a"}) == ({"topic": "a"}, ())


def test_labels_may_change_places():
    swapped = [
        version(1, label("a", "b")),
        version(2, label("a", "b"), changes=[
            {"op": "rename_label", "question": "intent", "label": "a", "to": "b"},
            {"op": "rename_label", "question": "intent", "label": "b", "to": "a"},
        ]),
    ]  # fmt: skip
    assert carried(swapped, {"intent": "a"}) == ({"intent": "b"}, ())


def test_merged_labels_become_one():
    assert carried(MERGED, {"intent": "chargeback", "harms": ["hate", "threat"]}) == (
        {"intent": "money", "harms": ["attack"]}, (),
    )  # fmt: skip
    assert not Carrier(MERGED, 2).only_renames


def test_a_split_label_has_to_be_asked_again_and_the_others_do_not():
    assert carried(SPLIT, {"intent": "money"}) == ({}, ("intent",))
    assert carried(SPLIT, {"intent": "other"}) == ({"intent": "other"}, ())


def test_a_label_of_which_nothing_is_said_is_removed_and_its_part_is_stale():
    versions = [version(1, harms("hate", "spam"), spans("person", "place")), version(2, harms("hate"), spans("person"))]
    person = {"field": "text", "start": 0, "end": 3, "label": "person"}
    answers = {"harms": ["hate", "spam"], "names": [person, person | {"label": "place"}]}
    assert carried(versions, answers) == ({}, ("harms", "names"))
    assert carried(versions, {"harms": ["hate"], "names": [person]}) == ({"harms": ["hate"], "names": [person]}, ())


def test_a_removed_question_takes_its_answers_along_and_a_new_one_must_be_asked():
    versions = [version(1, label("a"), harms("hate")), version(2, label("a"), label("x", "y", name="tone"))]
    assert carried(versions, {"intent": "a", "harms": []}) == ({"intent": "a"}, ("tone",))


def test_a_new_question_that_waits_for_another_is_stale_only_where_it_is_asked():
    waiting = label("x", "y", name="why", when={"question": "intent", "any_of": ["b"]})
    versions = [version(1, label("a", "b")), version(2, label("a", "b"), waiting)]
    assert carried(versions, {"intent": "a"}) == ({"intent": "a"}, ())
    assert carried(versions, {"intent": "b"}) == ({"intent": "b"}, ("why",))


def test_a_limit_that_an_answer_now_breaks_makes_it_stale():
    versions = [version(1, harms("hate", "spam")), version(2, harms("hate", "spam", min_choices=1))]
    assert carried(versions, {"harms": []}) == ({}, ("harms",))


def undone(versions: list[Version]) -> list[Version]:
    first = versions[0]
    return [*versions, version(3, *first.questions, parent=1)]


def test_an_undone_version_gives_the_first_answers_back_as_they_were():
    assert carried(undone(MERGED), {"intent": "refund", "harms": ["hate"]}) == (
        {"intent": "refund", "harms": ["hate"]}, (),
    )  # fmt: skip
    assert carried(undone(SPLIT), {"intent": "money"}) == ({"intent": "money"}, ())


def test_answers_of_an_undone_version_return_where_they_came_from_one_name():
    assert carried(undone(RENAMED), {"intent": "money_back"}, 2) == ({"intent": "refund"}, ())
    assert carried(undone(SPLIT), {"intent": "charge"}, 2) == ({"intent": "money"}, ())
    assert carried(undone(MERGED), {"intent": "money", "harms": ["spam"]}, 2) == ({"harms": ["spam"]}, ("intent",))


def test_answers_come_through_many_versions():
    chain = [
        *RENAMED,
        version(3, label("money", "other"), changes=[
            {"op": "rename_label", "question": "intent", "label": "money_back", "to": "money"},
        ]),
    ]  # fmt: skip
    assert carried(chain, {"intent": "refund"}) == ({"intent": "money"}, ())
    assert Carrier(chain, 3).label("intent", "refund", 1) == "money"
    assert Carrier(SPLIT, 2).label("intent", "money", 1) is None


@given(order=st.permutations(["a", "b", "c", "d"]), answers=st.lists(st.sampled_from("abcd"), max_size=4))
def test_renaming_there_and_back_changes_nothing(order: list[str], answers: list[str]):
    moved = [
        {"op": "rename_label", "question": "harms", "label": old, "to": new}
        for old, new in zip("abcd", order, strict=True) if old != new
    ]  # fmt: skip
    versions = [version(1, harms(*"abcd")), version(2, harms(*"abcd"), changes=moved)]
    there, stale = carried(versions, {"harms": answers})
    assert not stale
    back = Carrier(undone(versions), 3).carry(there, 2)
    assert set(back.answers["harms"]) == set(answers)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([{"op": "rename_label", "question": "topic", "label": "a", "to": "b"}], "no question 'topic'"),
        ([{"op": "rename_label", "question": "intent", "label": "z", "to": "b"}], "had no label 'z'"),
        ([{"op": "rename_label", "question": "intent", "label": "a", "to": "z"}], "does not have"),
        ([{"op": "rename_question", "question": "intent", "to": "topic"}], "does not have"),
        ([{"op": "remove_label", "question": "intent", "label": "a"}] * 2, "changed twice"),
    ],
)
def test_changes_that_do_not_fit_the_schemas_are_told(changes: Any, told: str):
    with pytest.raises(ValueError, match=told):
        step_between([label("a", "b")], [label("a", "b")], CHANGES.validate_python(changes))


def test_a_question_keeps_its_type():
    with pytest.raises(ValueError, match="give the new question another name"):
        step_between(
            [label("a")], [MultiLabelQuestion(name="intent", title="?", type="multi_label", options=options("a"))], ()
        )
