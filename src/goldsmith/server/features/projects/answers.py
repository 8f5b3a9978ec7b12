"""An answer to a whole record: one checked value per question that is asked of it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from goldsmith.server.features.projects.questions import Question, QuestionBase
from goldsmith.server.foundation.errors import Invalid, Pointer
from goldsmith.server.foundation.stored import read_stored, read_stored_text

Answers = dict[str, Any]


def check_answers(
    questions: Sequence[QuestionBase], given: Answers, fields: Mapping[str, Any] | None = None, *, partly: bool = False
) -> Answers:
    """The answers in canonical form; `Invalid` names every question that is wrong or, unless `partly`, missing.

    `fields` is the record they speak of; without it, answers that point into a record are taken at their word.
    """
    faults = [
        Pointer(f"/answers/{name}", f"unknown question; the schema asks: {', '.join(q.name for q in questions)}")
        for name in given.keys() - {question.name for question in questions}
    ]
    checked: Answers = {}
    for question in questions:
        try:
            value = _check(question, given.get(question.name), checked, partly)
            if value is not None:
                checked[question.name] = question.fit(value, fields) if fields is not None else value
        except ValueError as error:
            faults.append(Pointer(f"/answers/{question.name}", str(error)))
    if faults:
        told = "; ".join(f"{fault.pointer.rsplit('/', 1)[1]}: {fault.detail}" for fault in faults[:3])
        raise Invalid(f"The answers do not fit the schema. {told}", errors=tuple(faults))
    return checked


def check_notes(questions: Sequence[QuestionBase], given: Mapping[str, str]) -> dict[str, str]:
    """The remarks on single questions, empty ones left out; `Invalid` where a question takes none."""
    takers = [question.name for question in questions if question.allow_note]
    if refused := sorted(given.keys() - set(takers)):
        told = f"only {', '.join(takers)} can" if takers else "no question of this schema can"
        raise Invalid(
            f"The question '{refused[0]}' cannot carry a note; {told}.",
            errors=tuple(Pointer(f"/notes/{name}", "takes no note") for name in refused),
        )
    return {name: note for name, note in given.items() if note.strip()}


def is_asked(question: QuestionBase, earlier: Answers) -> bool:
    """Whether the question is put to somebody who answered the questions before it so."""
    return question.when is None or question.when.holds(earlier)


def _check(question: QuestionBase, value: Any, earlier: Answers, partly: bool) -> Any:
    if not is_asked(question, earlier):
        if question.is_empty(value):
            return None
        assert question.when is not None
        wanted = ", ".join(map(str, question.when.any_of[:12]))
        raise ValueError(f"this is asked only where '{question.when.question}' is {wanted}; leave it out")
    if question.is_empty(value):
        if question.required and not partly:
            raise ValueError("this question must be answered")
        return None
    return question.check(value)


def parse_questions(documents: list[dict[str, Any]]) -> list[QuestionBase]:
    """Questions from their stored form."""
    return list(read_stored(list[Question], documents))


@lru_cache(maxsize=256)
def parse_stored_questions(stored: str) -> tuple[QuestionBase, ...]:
    """Questions from stored JSON text, kept: a schema version never changes."""
    return tuple(read_stored_text(list[Question], stored))
