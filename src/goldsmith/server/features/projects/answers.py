"""An answer to a whole record: one checked value per question."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from goldsmith.server.features.projects.questions import Question, QuestionBase
from goldsmith.server.foundation.errors import Invalid, Pointer

Answers = dict[str, Any]
_QUESTIONS: TypeAdapter[list[Question]] = TypeAdapter(list[Question])


def check_answers(questions: Sequence[QuestionBase], given: Answers, *, partly: bool = False) -> Answers:
    """The answers in canonical form; `Invalid` names every question that is wrong or, unless `partly`, missing."""
    faults = [
        Pointer(f"/answers/{name}", f"unknown question; the schema asks: {', '.join(q.name for q in questions)}")
        for name in given.keys() - {question.name for question in questions}
    ]
    checked: Answers = {}
    for question in questions:
        try:
            if (value := _check(question, given.get(question.name), partly)) is not None:
                checked[question.name] = value
        except ValueError as error:
            faults.append(Pointer(f"/answers/{question.name}", str(error)))
    if faults:
        told = "; ".join(f"{fault.pointer.rsplit('/', 1)[1]}: {fault.detail}" for fault in faults[:3])
        raise Invalid(f"The answers do not fit the schema. {told}", errors=tuple(faults))
    return checked


def _check(question: QuestionBase, value: Any, partly: bool) -> Any:
    if question.is_empty(value):
        if question.required and not partly:
            raise ValueError("this question must be answered")
        return None
    return question.check(value)


def parse_questions(documents: list[dict[str, Any]]) -> list[QuestionBase]:
    """Questions from their stored form."""
    return list(_QUESTIONS.validate_python(documents))


@lru_cache(maxsize=256)
def parse_stored_questions(stored: str) -> tuple[QuestionBase, ...]:
    """Questions from stored JSON text, kept: a schema version never changes."""
    return tuple(_QUESTIONS.validate_json(stored))
