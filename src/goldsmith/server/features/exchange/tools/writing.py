"""What every writer is given, and what it makes: rows for named files, and files that are written once."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from goldsmith.server.features.exchange.neutral import Somebody, State
from goldsmith.server.features.projects import ChoiceQuestion, FieldSpec, QuestionBase, SpanQuestion

Container = Literal["array", "lines"]


@dataclass(frozen=True)
class Shape:
    """A project's schema, with the names that the tool has for what came from it."""

    fields: Sequence[FieldSpec]
    questions: Sequence[QuestionBase]
    names: Mapping[str, str] = field(default_factory=dict)
    """Theirs by ours; `field_names` and `labels` (by question) likewise."""
    field_names: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    title: str = "project"
    guideline: str = ""

    def name(self, question: str) -> str:
        """The tool's name of a question."""
        return self.names.get(question, question)

    def field(self, name: str) -> str:
        """The tool's name of a field."""
        return self.field_names.get(name, name)

    def label(self, question: str, label: str) -> str:
        """The tool's name of a label."""
        return self.labels.get(question, {}).get(label, label)

    def type_of(self, name: str) -> str:
        """The type of one of our fields."""
        return next(spec.type for spec in self.fields if spec.name == name)


@dataclass(slots=True)
class Given:
    """One person's answer, as it leaves."""

    who: Somebody
    answers: Mapping[str, Any]
    state: State = "submitted"
    at: datetime | None = None
    active_ms: int = 0
    notes: Mapping[str, str] = field(default_factory=dict)
    origin: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Proposed:
    """One suggestion, as it leaves."""

    question: str
    value: Any
    agent: str = ""
    score: float | None = None
    origin: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Outgoing:
    """One record with everything that was said about it."""

    external_id: str
    fields: Mapping[str, Any]
    metadata: Mapping[str, Any] = field(default_factory=dict)
    given: Sequence[Given] = ()
    proposed: Sequence[Proposed] = ()


class Writing(Protocol):
    """Writes entries for one tool. `losses` counts what its files cannot hold."""

    losses: Counter[str]

    @property
    def files(self) -> Mapping[str, Container]:
        """The files it fills with rows; the first holds the records. It may name more as it goes on: lines of JSON."""
        ...

    def settings(self) -> Mapping[str, bytes]:
        """The files beside them: configuration, labels, settings."""
        ...

    def rows(self, entry: Outgoing) -> Iterable[tuple[str, Any]]:
        """The rows of one entry, each with the file it belongs to."""
        ...


def span_parts(question: SpanQuestion, shape: Shape, types: Collection[str] = ("text", "chat")) -> dict[str, str]:
    """The tool's question for each field that ours marks: its name, then one more for each further field."""
    fields = [name for name in question.fields if shape.type_of(name) in types]
    name = shape.name(question.name)
    return {field: name if at == 0 else f"{name}_{shape.field(field)}" for at, field in enumerate(fields)}


def told_as_text(value: Any) -> str:
    """A field of any type as one text."""
    if isinstance(value, str):
        return value
    return "\n".join(
        ": ".join(filter(None, (one.get("role") or one.get("title"), one.get("content") or one.get("text"))))
        for one in value
    )


def put_beside(
    row: Mapping[str, Any], more: Mapping[str, Any], *, taken: Collection[str] = ()
) -> dict[str, Any]:  # fmt: skip
    """The row with these keys, too; one that the row has, or the tool means something by, is called `own_...`."""
    whole = dict(row)
    for name, value in more.items():
        while name in whole or name in taken:
            name = f"own_{name}"
        whole[name] = value
    return whole


def path_of(question: ChoiceQuestion, value: str) -> list[str]:
    """An option's titles from the root of its tree to itself."""
    by_value = {option.value: option for option in question.options}
    path: list[str] = []
    option = by_value.get(value)
    while option is not None:
        path.insert(0, option.title or option.value)
        option = by_value.get(option.parent or "")
    return path or [value]


def is_tree(question: ChoiceQuestion) -> bool:
    """Whether options lie below others."""
    return any(option.parent for option in question.options)


def passage(content: Any, span: Mapping[str, Any]) -> str:
    """The characters that a span marks."""
    text = content[span["turn"]]["content"] if "turn" in span else content
    return text[span["start"] : span["end"]]


def as_number(key: str) -> int | str:
    """An id as tools write it: a number where it is one."""
    return int(key) if key.isascii() and key.isdigit() and len(key) < 18 and str(int(key)) == key else key


def iso(moment: datetime | None) -> str | None:
    """A moment as ISO 8601 in UTC."""
    return moment.isoformat().replace("+00:00", "Z") if moment else None
