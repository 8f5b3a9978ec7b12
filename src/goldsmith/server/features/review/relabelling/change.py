"""What a re-labelling does to one accepted answer: one value of one question gives way to another.

`label` and `rating` take the new value; with an old one named, only answers that hold it. `multi_label` adds the new
value, drops the old one, or has the one in the place of the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from goldsmith.server.features.projects import (
    Answers,
    LabelQuestion,
    MultiLabelQuestion,
    QuestionBase,
    RatingQuestion,
    check_answers,
)
from goldsmith.server.features.review.relabelling.schemas import AnswerChange, Value
from goldsmith.server.foundation.errors import Invalid, Pointer

Changeable: TypeAlias = LabelQuestion | MultiLabelQuestion | RatingQuestion


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer stays as it is, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change that the present schema can carry out."""

    questions: Sequence[QuestionBase]
    question: Changeable
    old: Value
    new: Value

    def applied(self, answers: Answers) -> Answers | Kept:
        """The answers afterwards, whole and valid under the schema; or why they stay."""
        name = self.question.name
        present = answers.get(name)
        wanted = self._several(present) if isinstance(self.question, MultiLabelQuestion) else self._one(present)
        if isinstance(wanted, Kept):
            return wanted
        try:
            return check_answers(self.questions, {**answers, name: wanted})
        except Invalid:
            return Kept("unfit")

    def _one(self, present: Value) -> Value | Kept:
        if present == self.new:
            return Kept("same")
        return self.new if self.old in (None, present) else Kept("otherwise")

    def _several(self, present: list[str] | None) -> list[Value] | Kept:
        chosen: list[Value] = list(present or [])
        if self.old is not None and self.old not in chosen:
            return Kept("same" if self.new is None or self.new in chosen else "otherwise")
        wanted = [one for one in chosen if one != self.old]
        if self.new is not None and self.new not in wanted:
            wanted.append(self.new)
        return Kept("same") if set(wanted) == set(chosen) else wanted


def change_of(questions: Sequence[QuestionBase], asked: AnswerChange) -> Change:
    """The change that is asked for, or what is wrong with it."""
    question = next((one for one in questions if one.name == asked.question), None)
    if not isinstance(question, Changeable):
        fitting = [one.name for one in questions if isinstance(one, Changeable)]
        known = f"expected one of: {', '.join(fitting)}" if fitting else "the schema has no question of these kinds"
        raise _wrong("question", f"only labels and ratings can be changed so; {known}")
    old = _known(question, "old", asked.old)
    new = _known(question, "new", asked.new)
    if new is None and not (isinstance(question, MultiLabelQuestion) and old is not None):
        raise _wrong("new", "say what the answer shall be")
    if new == old:
        raise _wrong("new", "this is the old answer; name another one")
    return Change(questions, question, old, new)


def _known(question: Changeable, at: str, value: Value) -> Value:
    if value is None:
        return None
    try:
        return question.check(value) if isinstance(question, RatingQuestion) else question.known(value)
    except ValueError as error:
        raise _wrong(at, str(error)) from None


def _wrong(at: str, told: str) -> Invalid:
    return Invalid(f"The change does not fit the schema. {told}", errors=(Pointer(f"/change/{at}", told),))
