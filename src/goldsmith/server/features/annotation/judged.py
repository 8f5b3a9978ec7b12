"""Answers held against the record they speak of."""

from collections.abc import Sequence

from sqlalchemy import Connection

from goldsmith.server.features.projects import Answers, QuestionBase, check_answers
from goldsmith.server.features.records import read_bodies


def check_answers_to(
    tx: Connection, record_id: int, questions: Sequence[QuestionBase], given: Answers, *, partly: bool = False
) -> Answers:
    """`check_answers`, with the record read where a question points into it: passages end within its text."""
    if not any(question.looks_at_record for question in questions):
        return check_answers(questions, given, partly=partly)
    fields = read_bodies(tx, [record_id])[record_id].fields
    return check_answers(questions, given, fields, partly=partly)
