"""What every question has, and the words they share."""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Value = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Help = Annotated[str, StringConstraints(max_length=4000)]

Level = Literal["nominal", "ordinal", "masi", "jaccard"]
"""How answers are compared: as names, as steps of a scale, as sets (MASI), as sets of statements (Jaccard)."""


class Condition(BaseModel):
    """Ask only those who gave one of these answers to an earlier question."""

    model_config = ConfigDict(extra="forbid")

    question: Slug
    any_of: list[str | int] = Field(min_length=1, max_length=1000)

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether the answers so far are such that the question is asked."""
        given = answers.get(self.question)
        return any(one in self.any_of for one in (given if isinstance(given, list) else [given]))


class QuestionBase(BaseModel, ABC):
    """What every question has: a name in the data, a title on the screen, help, and whether it must be answered."""

    model_config = ConfigDict(extra="forbid")

    level: ClassVar[Level | None] = None
    """How answers are compared for agreement; None where they cannot be."""
    looks_at_record: ClassVar[bool] = False
    """Whether `fit` needs the record."""

    name: Slug
    title: Title
    help: Help | None = None
    required: bool = True
    allow_note: bool = Field(default=False, description="People may add a remark to their answer.")
    when: Condition | None = Field(default=None, description="Ask only after certain answers to an earlier question.")

    @abstractmethod
    def check(self, value: Any) -> Any:
        """The value in canonical form; `ValueError` tells what was expected."""

    def fit(self, value: Any, fields: Mapping[str, Any]) -> Any:
        """The checked value brought into line with the record it speaks of; `ValueError` where it points outside."""
        return value

    def values_under(self, value: str) -> list[str]:
        """The value, and those that are kinds of it."""
        return [value]

    def part_with(self, value: str) -> Any:
        """What is part of every answer that holds the value, as JSON; `ValueError` where none can."""
        raise ValueError("its answers cannot be looked for by a value; search for words of the record")

    def is_empty(self, value: Any) -> bool:
        """Whether the value leaves the question open."""
        return value is None

    def comparable(self, value: Any) -> Hashable:
        """A checked value as something that can be equal to another person's, or a set at the levels of sets."""
        return value

    @property
    def field_names(self) -> tuple[str, ...]:
        """The record's fields that an answer points into."""
        return ()

    @property
    def is_always_answered(self) -> bool:
        """Whether every full answer holds a value for this question."""
        return self.required and self.when is None
