"""Every change between two schema versions said aloud, what only followed from leaving a name out included."""

from collections.abc import Iterable, Sequence
from typing import Any

from goldsmith.server.features.projects.answers import Answers
from goldsmith.server.features.projects.evolution.changes import (
    Change,
    MergeLabels,
    RemoveLabel,
    RemoveQuestion,
    RenameLabel,
    RenameQuestion,
    SplitLabel,
)
from goldsmith.server.features.projects.evolution.step import labels_of
from goldsmith.server.features.projects.questions import QuestionBase


def spelled_out(
    before: Sequence[QuestionBase], after: Sequence[QuestionBase], changes: Iterable[Change]
) -> tuple[Change, ...]:
    """The changes that were said, then the removals that were not."""
    said = tuple(changes)
    new, became = {question.name: question for question in after}, _became(said)
    implied: list[Change] = []
    for question in before:
        name = became.get(question.name, question.name)
        if name is None:
            continue
        if name not in new:
            implied.append(RemoveQuestion(op="remove_question", question=question.name))
            continue
        gone = set(labels_of(question)) - set(labels_of(new[name])) - _spoken_of(said, question.name)
        implied += [
            RemoveLabel(op="remove_label", question=question.name, label=label)
            for label in labels_of(question)
            if label in gone
        ]
    return (*said, *implied)


def is_touched(answers: Answers, change: Change) -> bool:
    """Whether an answer by the schema before holds what the change speaks of."""
    value = answers.get(change.question)
    if value is None or isinstance(change, RenameQuestion | RemoveQuestion):
        return value is not None
    return any(label in _labels_in(value) for label in _labels_of_change(change))


def _became(changes: Iterable[Change]) -> dict[str, str | None]:
    named: dict[str, str | None] = {}
    for change in changes:
        if isinstance(change, RenameQuestion):
            named[change.question] = change.to
        elif isinstance(change, RemoveQuestion):
            named[change.question] = None
    return named


def _spoken_of(changes: Iterable[Change], question: str) -> set[str]:
    return {label for change in changes if change.question == question for label in _labels_of_change(change)}


def _labels_of_change(change: Change) -> Sequence[str]:
    match change:
        case MergeLabels():
            return change.labels
        case RenameLabel() | SplitLabel() | RemoveLabel():
            return (change.label,)
        case _:
            return ()


def _labels_in(value: Any) -> set[str]:
    """The labels an answer is made of: one, several, those of passages, those of an order."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        return {value["label"]} if "label" in value else set()
    return set().union(*(_labels_in(one) for one in value)) if isinstance(value, list) else set()
