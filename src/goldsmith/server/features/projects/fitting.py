"""Whether fields and questions fit together: what a question points at exists and is of the right kind."""

from collections.abc import Iterable, Sequence

from goldsmith.server.features.projects.content import FieldSpec
from goldsmith.server.features.projects.questions import (
    ChoiceQuestion,
    EditQuestion,
    LabelQuestion,
    MultiLabelQuestion,
    QuestionBase,
    RankingQuestion,
    RatingQuestion,
)


def check_schema(fields: Sequence[FieldSpec], questions: Sequence[QuestionBase]) -> None:
    """Raise `ValueError` naming the first question that does not fit the fields or the questions before it."""
    _refuse_doubles("field", (field.name for field in fields))
    _refuse_doubles("question", (question.name for question in questions))
    by_name = {field.name: field for field in fields}
    for at, question in enumerate(questions):
        _check_fields(question, by_name)
        _check_condition(question, questions[:at])


def _refuse_doubles(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{what} names must differ from each other; '{name}' stands twice")
        seen.add(name)


def _check_fields(question: QuestionBase, fields: dict[str, FieldSpec]) -> None:
    for name in question.field_names:
        if name not in fields or fields[name].type not in ("text", "chat"):
            raise ValueError(
                f"question '{question.name}' must point at text or chat fields of this schema, not '{name}'"
            )
        if isinstance(question, RankingQuestion | EditQuestion) and not fields[name].required:
            raise ValueError(f"question '{question.name}' needs the field '{name}' in every record: make it required")


def _check_condition(question: QuestionBase, earlier: Sequence[QuestionBase]) -> None:
    if question.when is None:
        return
    above = next((one for one in earlier if one.name == question.when.question), None)
    if not isinstance(above, LabelQuestion | MultiLabelQuestion | RatingQuestion):
        raise ValueError(
            f"question '{question.name}' can depend on a label, multi_label or rating question before it, "
            f"not on '{question.when.question}'"
        )
    possible = _answers_of(above)
    if unknown := [value for value in question.when.any_of if value not in possible]:
        raise ValueError(f"question '{question.name}' waits for '{unknown[0]}', which '{above.name}' never answers")


def _answers_of(question: QuestionBase) -> set[str | int]:
    if isinstance(question, ChoiceQuestion):
        return {option.value for option in question.options}
    assert isinstance(question, RatingQuestion)
    return set(range(question.min, question.max + 1))
