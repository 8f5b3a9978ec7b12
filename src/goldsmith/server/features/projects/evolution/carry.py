"""Bring an answer that was given under an earlier schema version into the present one.

Versions form a tree: each has the version it was made from, which is the one before unless a version was undone.
An answer goes back from its own version to where the two branches meet, then forward to the present. What arrives
must be an answer by the present schema; what does not is stale: it is left out and its question named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from goldsmith.server.features.projects.answers import Answers, is_asked
from goldsmith.server.features.projects.evolution.changes import Change
from goldsmith.server.features.projects.evolution.step import Step, labels_of, relabelled, step_between
from goldsmith.server.features.projects.questions import QuestionBase


@dataclass(frozen=True, slots=True)
class Version:
    """A schema version, the one it was made from, and how it departs from that one."""

    number: int
    parent: int | None
    questions: tuple[QuestionBase, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """Answers as the present schema knows them, and the questions that have to be asked again."""

    answers: Answers
    stale: tuple[str, ...]


class Carrier:
    """Carries answers of one project into one of its schema versions."""

    def __init__(self, versions: Sequence[Version], into: int) -> None:
        self._versions = {version.number: version for version in versions}
        self.into = into
        self.questions = self._versions[into].questions
        self._path = lru_cache(maxsize=256)(self._find_path)

    def carry(self, answers: Answers, version: int) -> Carried:
        """The answers, which were given under `version`, as answers to the present questions."""
        if version == self.into:
            return Carried(answers, ())
        arrived, lost = dict(answers), set()
        for step in self._path(version):
            arrived, lost = _send(arrived, lost, step)
        return _fitted(self.questions, arrived, lost)

    def question(self, name: str, version: int) -> str | None:
        """What a question of an earlier version is called now; None when it is asked no longer."""
        now: str | None = name
        for step in self._path(version):
            now = step.question(now) if now is not None else None
        return now

    def label(self, question: str, value: str, version: int) -> str | None:
        """What a label of an earlier version is called now; None when it is no more, or when only a person can say."""
        for step in self._path(version):
            label, name = step.label(question, value), step.question(question)
            if label is None or name is None:
                return None
            question, value = name, label
        return value

    def present(self, question: str, value: str) -> tuple[str, str] | None:
        """What they are called now, as the newest version knew them that had both; None where they are no more."""
        for number in sorted(self._versions, reverse=True):
            known = next((one for one in self._versions[number].questions if one.name == question), None)
            if known is not None and value in (labels_of(known) or (value,)):
                name, now = self.question(question, number), self.label(question, value, number)
                if name is not None and now is not None:
                    return name, now
        return None

    def wordings(self, question: str, value: str) -> Iterator[tuple[int, QuestionBase, str]]:
        """(version, question, value) of each version in which that answer is the present question's present value."""
        for number, version in self._versions.items():
            for one in version.questions:
                if self.question(one.name, number) == question:
                    known = labels_of(one) or (value,)
                    yield from ((number, one, then) for then in known if self.label(one.name, then, number) == value)

    @property
    def only_renames(self) -> bool:
        """Whether no answer of any version changes its meaning on the way."""
        return all(step.only_renames for number in self._versions for step in self._path(number))

    def _find_path(self, start: int) -> tuple[Step, ...]:
        up, down = self._line(start), self._line(self.into)
        shared = next(number for number in up if number in down)
        back = [self._step(number).reversed(self._parent(number).questions) for number in up[: up.index(shared)]]
        return (*back, *(self._step(number) for number in reversed(down[: down.index(shared)])))

    def _line(self, number: int) -> list[int]:
        line = [number]
        while (parent := self._versions[line[-1]].parent) is not None:
            line.append(parent)
        return line

    def _parent(self, number: int) -> Version:
        parent = self._versions[number].parent
        assert parent is not None, "only the first version has none, and no path leads above it"
        return self._versions[parent]

    def _step(self, number: int) -> Step:
        version = self._versions[number]
        return step_between(self._parent(number).questions, version.questions, version.changes)


def _send(answers: Answers, lost: set[str], step: Step) -> tuple[Answers, set[str]]:
    arrived: dict[str, Any] = {}
    still_lost = {name for one in lost if (name := step.question(one)) is not None}
    for question, value in answers.items():
        name = step.question(question)
        if name is None:
            continue
        carried, is_whole = relabelled(value, step, question)
        if not is_whole:
            still_lost.add(name)
        if carried is not None:
            arrived[name] = carried
    return arrived, still_lost


def _fitted(questions: Sequence[QuestionBase], arrived: Answers, lost: set[str]) -> Carried:
    """What the present questions accept; a question whose answer was lost, or must be answered and is not, is stale."""
    kept: Answers = {}
    stale: list[str] = []
    for question in questions:
        if not is_asked(question, kept):
            continue
        value = arrived.get(question.name)
        if question.name not in lost and value is not None:
            try:
                kept[question.name] = question.check(value)
                continue
            except ValueError:
                pass
        if question.required or value is not None or question.name in lost:
            stale.append(question.name)
    return Carried(kept, tuple(stale))
