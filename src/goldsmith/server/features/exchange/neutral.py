"""What another tool's file says, in no tool's words: every reader makes these values, every writer takes them.

Questions and fields go by the names that the tool gave them. Values have the one form that the question type has in
Goldsmith, but for `choice`: a list of labels that becomes a label or a multi_label question, once it is known
whether anybody chose several.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Kind = Literal["choice", "label", "multi_label", "span", "rating", "text", "ranking", "preference", "edit"]
State = Literal["submitted", "skipped", "draft"]


@dataclass(slots=True)
class Choice:
    """One label that can be chosen."""

    value: str
    title: str | None = None
    parent: str | None = None


@dataclass(slots=True)
class Asked:
    """A question as a file declares it, or as its answers show it. Whatever is None is not known."""

    name: str
    kind: Kind
    title: str | None = None
    help: str | None = None
    choices: dict[str, Choice] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)
    """The fields it marks, orders, compares (a, b) or rewrites."""
    required: bool | None = None
    low: int | None = None
    high: int | None = None
    strengths: int = 0
    longest: int = 0
    with_notes: bool = False
    with_ties: bool = False
    order: list[str] = field(default_factory=list)
    """The candidates of a ranking of fixed options."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person of the other tool: the key by which its answers name them, and what else it tells."""

    key: str
    name: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of the file that has no place here: a short reason that can be counted, and what it was."""

    reason: str
    detail: str = ""


@dataclass(slots=True)
class Said:
    """A value given to a question, and of which kind it is."""

    kind: Kind
    value: Any
    fields: tuple[str, ...] = ()


@dataclass(slots=True)
class Answered:
    """What one person said about one record. `origin` is what only the tool itself can use again."""

    person: str
    said: dict[str, Said] = field(default_factory=dict)
    state: State = "submitted"
    at: datetime | None = None
    active_ms: int = 0
    notes: dict[str, str] = field(default_factory=dict)
    origin: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Suggested:
    """What a model proposed for one question."""

    question: str
    said: Said
    agent: str = ""
    score: float | None = None
    origin: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Entry:
    """One record with everything that was said about it, as far as one row of the file tells."""

    external_id: str | None
    fields: dict[str, Any]
    metadata: dict[str, Any] = field(default_factory=dict)
    answered: list[Answered] = field(default_factory=list)
    suggested: list[Suggested] = field(default_factory=list)
    people: list[Somebody] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    refers: bool = False
    """It speaks of a record that another row brings, and repeats of it what it can."""


@dataclass(slots=True)
class Declared:
    """What a file says about itself before its first row."""

    questions: list[Asked] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    """Field names and their types: text, chat or context."""
    guideline: str | None = None
    absent_is_empty: bool = True
    """An answer that does not mention a question of passages or labels says that there are none."""
    losses: list[Loss] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    """What the tool's own files need again, such as a labelling configuration."""
