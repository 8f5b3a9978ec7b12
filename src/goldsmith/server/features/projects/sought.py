"""Answers looked for by what they hold, `question:value`, under all the names that both have had.

Answers stay as they were given; what reads them carries them into the present schema. So whoever looks for some in the
database asks for each version's own words: a `Wording` each.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.features.projects.evolution import Carrier
from goldsmith.server.features.projects.questions import QuestionBase
from goldsmith.server.features.projects.read import present_carrier
from goldsmith.server.foundation.errors import Invalid


@dataclass(frozen=True, slots=True)
class Wording:
    """What is part of all answers of one schema version that hold a value: the question's name then, and JSON."""

    version: int
    question: str
    part: Any


Sought = tuple[Wording, ...]
"""Wordings of which an answer has one."""


def sought_answers(tx: Connection, project_id: int, asked: Sequence[str]) -> tuple[Sought, ...]:
    """What answers must hold, for each question that is asked for: values of one question are alternatives, and an
    option stands for those below it, too.

    An earlier name of a question or a label means what it is called now. Raises `Invalid` for what is not
    `question:value`, or names a question or a value that there is not.
    """
    if not asked:
        return ()
    carrier = present_carrier(tx, project_id)
    found: dict[str, list[Wording]] = {}
    for one in dict.fromkeys(asked):
        question, value = _question_and_value(carrier, one)
        for kind in question.values_under(value):
            found.setdefault(question.name, []).extend(_wordings(carrier, question.name, kind))
    return tuple(tuple(wordings) for wordings in found.values())


def _question_and_value(carrier: Carrier, asked: str) -> tuple[QuestionBase, str]:
    """The present question and its value; what is kept somewhere may still say an earlier name."""
    named, colon, told = asked.partition(":")
    name, value = carrier.present(named, told) or (named, told)
    question = next((one for one in carrier.questions if one.name == name), None)
    if not colon or question is None:
        names = ", ".join(one.name for one in carrier.questions)
        raise Invalid(f"'{asked[:100]}' is no answer. Expected question:value with a question among: {names}.")
    try:
        question.part_with(value)
    except ValueError as fault:
        raise Invalid(f"No answer to '{name}' holds '{value[:100]}': {fault}.") from None
    return question, value


def _wordings(carrier: Carrier, question: str, value: str) -> Iterator[Wording]:
    for version, then, word in carrier.wordings(question, value):
        with suppress(ValueError):  # a scale that did not reach so far
            yield Wording(version, then.name, then.part_with(word))
