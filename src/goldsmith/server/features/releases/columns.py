"""The columns of a release: one flat, typed row per record, the same in every container.

    id | every field | every answer | metadata | method | confidence | n_annotators

A field or question keeps its own name. Where two would share one, the question becomes `answer_<name>`; a field named
like a column of ours becomes `field_<name>`. Every key stands in every row (null where there is nothing), so that
readers which look at the first rows only are not surprised by a later one.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from operator import attrgetter
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, defstruct

from goldsmith.server.features.projects import (
    ChoiceQuestion,
    EditQuestion,
    FieldSpec,
    LabelQuestion,
    MultiLabelQuestion,
    PreferenceQuestion,
    QuestionBase,
    RankingQuestion,
    RatingQuestion,
    SpanQuestion,
)

OURS = ("id", "metadata", "method", "confidence", "n_annotators", "holdout")
Kind = Literal[
    "id", "text", "chat", "context", "tools", "label", "multi_label", "span", "rating", "ranking", "preference", "edit",
    "metadata", "method", "confidence", "count", "flag",
]  # fmt: skip


AS_JSON: frozenset[Kind] = frozenset({"chat", "context", "tools", "multi_label", "span", "ranking", "edit"})
"""What a table without nesting holds as JSON text."""


class Function(Struct, gc=False):
    """What a call names and hands over; `arguments` is JSON text, as the model wrote it."""

    name: str
    arguments: str


class ToolCall(Struct, gc=False, omit_defaults=True, kw_only=True):
    """A call of a tool."""

    id: str | None = None
    type: Literal["function"]
    function: Function


class Image(Struct, gc=False, omit_defaults=True):
    """An image at the character `at` of a turn's content."""

    url: str
    at: int
    detail: str | None = None


class Message(Struct, gc=False, omit_defaults=True):
    """One turn of a chat; beside role and content only what it has."""

    role: Literal["system", "user", "assistant", "tool"]
    content: str
    tool_calls: list[ToolCall] | None = None
    tool_call_id: str | None = None
    name: str | None = None
    images: list[Image] | None = None


class ContextDocument(Struct, gc=False):
    """One document of a context field."""

    text: str
    title: str | None = None
    url: str | None = None


class RewrittenPart(Struct, gc=False):
    """A rewritten text, or one rewritten turn of a chat."""

    text: str
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name in the files, where it comes from, and what it holds."""

    name: str
    source: Literal["record", "field", "answer", "resolution"]
    key: str
    kind: Kind


class Layout:
    """The columns of one release and the types that check a row against them."""

    def __init__(
        self, fields: Sequence[FieldSpec], questions: Sequence[QuestionBase], *, with_holdout: bool = False
    ) -> None:
        self.fields = tuple(fields)
        self.questions = tuple(questions)
        self.with_holdout = with_holdout
        self.columns = _columns(self.fields, self.questions, with_holdout)
        self.fields_type = _part("Fields", {field.name: _field_type(field) for field in fields})
        self.answers_type = _part("Answers", {question.name: _answer_type(question) for question in questions})
        self.row_type = defstruct(
            "Row",
            [(f"c{at}", kind) for at, kind in enumerate(self._types())],
            rename={f"c{at}": column.name for at, column in enumerate(self.columns)},
            gc=False,
        )
        self.decode_lines = msgspec.json.Decoder(self.row_type).decode_lines

    @property
    def names(self) -> list[str]:
        """The column names in their order."""
        return [column.name for column in self.columns]

    def reader(self, source: str, key: str) -> Callable[[Any], Any]:
        """Takes the value of a field (`field`) or an answer (`answer`) from a row."""
        return next(
            attrgetter(f"c{at}")
            for at, column in enumerate(self.columns)
            if (column.source, column.key) == (source, key)
        )

    def _types(self) -> list[Any]:
        """A type for each column; metadata passes through as the JSON text it is."""
        fields = [_field_type(field) for field in self.fields]
        answers = [_answer_type(question) for question in self.questions]
        return [str, *fields, *answers, msgspec.Raw, str | None, float | None, int, *([bool] * self.with_holdout)]

    def tools_reader(self) -> Callable[[Any], Any] | None:
        """Takes the tools that a row's chat may call; None where the schema has no field for them."""
        field = next((field for field in self.fields if field.type == "tools"), None)
        return self.reader("field", field.name) if field else None

    def described(self) -> list[dict[str, Any]]:
        """The columns as the manifest tells them."""
        return [asdict(column) for column in self.columns]


def _columns(
    fields: tuple[FieldSpec, ...], questions: tuple[QuestionBase, ...], with_holdout: bool
) -> tuple[Column, ...]:
    taken: set[str] = set(OURS)
    named = [Column("id", "record", "external_id", "id")]
    named += [Column(_free(field.name, "field", taken), "field", field.name, field.type) for field in fields]
    named += [
        Column(_free(question.name, "answer", taken), "answer", question.name, question.type)  # type: ignore[attr-defined]
        for question in questions
    ]
    named += [
        Column("metadata", "record", "metadata", "metadata"),
        Column("method", "resolution", "method", "method"),
        Column("confidence", "resolution", "confidence", "confidence"),
        Column("n_annotators", "resolution", "n_annotators", "count"),
    ]
    return (*named, Column("holdout", "record", "holdout", "flag")) if with_holdout else tuple(named)


def _free(name: str, prefix: str, taken: set[str]) -> str:
    while name in taken:
        name = f"{prefix}_{name}"
    taken.add(name)
    return name


def _part(title: str, types: dict[str, Any]) -> type[Struct]:
    """A type that reads the stored fields or answers by name and knows them by position."""
    return defstruct(
        title,
        [(f"c{at}", kind, msgspec.field(name=name, default=None)) if _may_be_absent(kind)
         else (f"c{at}", kind, msgspec.field(name=name)) for at, (name, kind) in enumerate(types.items())],
        kw_only=True,
    )  # fmt: skip


def _may_be_absent(kind: Any) -> bool:
    return type(None) in getattr(kind, "__args__", ())


def _field_type(field: FieldSpec) -> Any:
    kind = {
        "text": str, "chat": list[Message], "context": list[ContextDocument], "tools": list[dict[str, Any]],
    }[field.type]  # fmt: skip
    return kind if field.required else kind | None


def _answer_type(question: QuestionBase) -> Any:
    kind = _value_type(question)
    return kind if question.is_always_answered else kind | None


def _value_type(question: QuestionBase) -> Any:
    match question:
        case LabelQuestion():
            return _one_of(question)
        case MultiLabelQuestion():
            return list[_one_of(question)]
        case SpanQuestion():
            return list[_span_type(question)]
        case RatingQuestion():
            return Annotated[int, Meta(ge=question.min, le=question.max)]
        case PreferenceQuestion():
            return _preference_type(question)
        case RankingQuestion():
            return list[list[Literal[question.candidates]]]
        case EditQuestion():
            return list[RewrittenPart]
        case _:
            return str


def _one_of(question: ChoiceQuestion) -> Any:
    return Literal[tuple(option.value for option in question.options)]


def _span_type(question: SpanQuestion) -> Any:
    place = Annotated[int, Meta(ge=0)]
    return defstruct(
        "Span",
        [("field", Literal[question.field_names]), ("start", place), ("end", place), ("label", _one_of(question)),
         ("turn", int | None, None), ("note", str | None, None)],
        gc=False,
    )  # fmt: skip


def _preference_type(question: PreferenceQuestion) -> Any:
    strength = Annotated[int, Meta(ge=1, le=max(question.strengths, 1))]
    return defstruct(
        "Preference",
        [("choice", Literal[question.choices]), ("strength", strength | None, None)],  # type: ignore[valid-type]
        gc=False,
    )
