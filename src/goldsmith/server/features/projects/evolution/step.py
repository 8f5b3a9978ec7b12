"""One step from a schema version to the next, as a mapping of names that answers can be sent through.

A name that maps to None has no successor that is certain: the answer (or the part of it) is stale, and a person has
to be asked again. Steps run backwards too, so that a version can be undone: what had one source returns to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from goldsmith.server.features.projects.evolution.changes import (
    Change,
    MergeLabels,
    RemoveLabel,
    RemoveQuestion,
    RenameLabel,
    RenameQuestion,
    SplitLabel,
)
from goldsmith.server.features.projects.questions import ChoiceQuestion, QuestionBase, RankingQuestion

Names = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Step:
    """What names become: questions by name, labels by question (its name before) and value; unnamed ones stay."""

    questions: Names = field(default_factory=dict)
    labels: dict[str, Names] = field(default_factory=dict)
    parts: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of labels that were split: by question, which label each of the new ones came from."""
    only_renames: bool = True
    """Whether every answer keeps its meaning, so that nothing has to be settled anew."""

    def question(self, name: str) -> str | None:
        """The question's name after the step; None when it is asked no longer."""
        return self.questions.get(name, name)

    def label(self, question: str, value: str) -> str | None:
        """The label's value after the step; None when only a person can say."""
        return self.labels.get(question, {}).get(value, value)

    def reversed(self, before: Sequence[QuestionBase]) -> "Step":
        """The way back; `before` are the questions this step starts from."""
        labels: dict[str, Names] = {}
        for question in before:
            after = self.question(question.name)
            if after is not None and question.name in self.labels:
                values = labels_of(question)
                back = _turned({value: self.label(question.name, value) for value in values})
                labels[after] = back | self.parts.get(question.name, {})
        questions = _turned({question.name: self.question(question.name) for question in before})
        return Step(questions, labels, only_renames=self.only_renames)


def step_between(before: Sequence[QuestionBase], after: Sequence[QuestionBase], changes: Iterable[Change]) -> Step:
    """The step that the changes describe; `ValueError` where they do not fit the two schemas.

    A question or label of `before` that `after` lacks, and of which nothing is said, counts as removed.
    """
    step, old = Step(), {question.name: question for question in before}
    new = {question.name: question for question in after}
    for change in changes:
        _take_in(step, change, old)
    for name, question in old.items():
        became = step.questions.setdefault(name, name if name in new else None)
        if became is not None:
            _check_successor(question, became, new)
            _complete(step.labels.setdefault(name, {}), question, new[became])
    return Step(
        {name: to for name, to in step.questions.items() if to != name},
        {name: kept for name, names in step.labels.items() if (kept := {v: to for v, to in names.items() if to != v})},
        step.parts,
        only_renames=_only_renames(step, old, new),
    )


def labels_of(question: QuestionBase) -> tuple[str, ...]:
    """The values that can stand in an answer and can be renamed; none where answers are not made of labels."""
    if isinstance(question, ChoiceQuestion):
        return tuple(option.value for option in question.options)
    return question.candidates if isinstance(question, RankingQuestion) else ()


def _take_in(step: Step, change: Change, old: Mapping[str, QuestionBase]) -> None:
    if change.question not in old:
        raise ValueError(f"the schema before has no question '{change.question}'; it has: {', '.join(old)}")
    match change:
        case RenameQuestion():
            step.questions[change.question] = change.to
        case RemoveQuestion():
            step.questions[change.question] = None
        case _:
            _move_labels(step, change, labels_of(old[change.question]))


def _move_labels(step: Step, change: Change, known: Sequence[str]) -> None:
    names = step.labels.setdefault(change.question, {})
    for value, to in _moved(change).items():
        if value not in known:
            shown = ", ".join(known[:20])
            raise ValueError(f"the question '{change.question}' had no label '{value}'; it had: {shown}")
        if value in names:
            raise ValueError(f"the label '{value}' of '{change.question}' is changed twice; say it once")
        names[value] = to
    if isinstance(change, SplitLabel):
        step.parts.setdefault(change.question, {}).update(dict.fromkeys(change.into, change.label))


def _moved(change: Change) -> Names:
    match change:
        case RenameLabel():
            return {change.label: change.to}
        case MergeLabels():
            return dict.fromkeys(change.labels, change.into)
        case RemoveLabel() | SplitLabel():
            return {change.label: None}
        case _:
            return {}


def _check_successor(question: QuestionBase, became: str, new: Mapping[str, QuestionBase]) -> None:
    if became not in new:
        raise ValueError(f"the question '{question.name}' should become '{became}', which the new schema does not have")
    if type(new[became]) is not type(question):
        raise ValueError(
            f"the question '{became}' would change its type; give the new question another name, so that the answers "
            "of both stay what they are"
        )


def _complete(names: Names, question: QuestionBase, after: QuestionBase) -> None:
    """Labels of which nothing was said stay where the new question has them, and are removed where it does not."""
    possible = set(labels_of(after))
    for value in labels_of(question):
        to = names.setdefault(value, value if value in possible else None)
        if to is not None and to not in possible:
            raise ValueError(f"the label '{value}' should become '{to}', which '{after.name}' does not have")


def _turned(names: Names) -> Names:
    """The mapping backwards; None where several led to one. What nothing led to is new: it leads nowhere."""
    sources: dict[str, list[str]] = {}
    for old, new in names.items():
        if new is not None:
            sources.setdefault(new, []).append(old)
    back: Names = {new: olds[0] if len(olds) == 1 else None for new, olds in sources.items()}
    return {new: old for new, old in back.items() if new != old}


def _only_renames(step: Step, old: Mapping[str, QuestionBase], new: Mapping[str, QuestionBase]) -> bool:
    """Every name has one successor of its own, no question is new that must be answered, and no limit has changed."""
    became = list(step.questions.values())
    added = [question for name, question in new.items() if name not in became]
    return (
        all(_is_one_to_one(names) for names in (step.questions, *step.labels.values()))
        and not any(question.is_always_answered for question in added)
        and all(_limits(question) == _limits(new[step.questions[name] or name]) for name, question in old.items())
    )


def _is_one_to_one(names: Names) -> bool:
    return None not in names.values() and len(set(names.values())) == len(names)


def _limits(question: QuestionBase) -> dict[str, Any]:
    """What decides whether an answer is one, but for the names in it."""
    return question.model_dump(
        exclude={"name", "title", "help", "options", "allow_note", "low_title", "high_title", "when"}
    )


def relabelled(value: Any, step: Step, question: str) -> tuple[Any, bool]:
    """An answer with its labels sent through the step, and whether all of it came through."""
    if isinstance(value, str):
        to = step.label(question, value)
        return to, to is not None
    if not isinstance(value, list) or question not in step.labels:
        return value, True
    parts = [_relabelled_part(one, step, question) for one in value]
    kept = [one for one in parts if one is not None]
    return list(dict.fromkeys(kept)) if all(isinstance(one, str) for one in kept) else kept, len(kept) == len(parts)


def _relabelled_part(part: Any, step: Step, question: str) -> Any:
    if isinstance(part, str):
        return step.label(question, part)
    if isinstance(part, list):
        inside = [step.label(question, one) for one in part]
        return None if None in inside else inside
    to = step.label(question, part["label"]) if "label" in part else None
    return part | {"label": to} if to is not None else None
