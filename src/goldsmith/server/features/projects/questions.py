"""The questions a project asks about a record, and what counts as an answer to each.

A question knows how to `check` a value: it returns the value in its one canonical form, or raises `ValueError`
saying what was expected. Everything beyond this border may trust an answer.
"""

from abc import ABC, abstractmethod
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Value = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Help = Annotated[str, StringConstraints(max_length=4000)]


class Option(BaseModel):
    """One answer to choose, with the key that chooses it (given by position if not set)."""

    model_config = ConfigDict(extra="forbid")

    value: Value
    title: Title | None = None
    help: Help | None = None
    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]$")] | None = None


class QuestionBase(BaseModel, ABC):
    """What every question has: a name in the data, a title on the screen, help, and whether it must be answered."""

    model_config = ConfigDict(extra="forbid")

    name: Slug
    title: Title
    help: Help | None = None
    required: bool = True

    @abstractmethod
    def check(self, value: Any) -> Any:
        """The value in canonical form; `ValueError` tells what was expected."""

    def is_empty(self, value: Any) -> bool:
        """Whether the value leaves the question open."""
        return value is None


class _Choice(QuestionBase):
    options: list[Option] = Field(min_length=1, max_length=1000)

    @model_validator(mode="after")
    def _values_are_distinct(self) -> "_Choice":
        values = [option.value for option in self.options]
        if len(set(values)) < len(values):
            raise ValueError("option values must differ from each other")
        return self

    def _known(self, value: Any) -> str:
        if not any(option.value == value for option in self.options):
            shown = ", ".join(option.value for option in self.options[:12])
            raise ValueError(f"expected one of: {shown}{', ...' if len(self.options) > 12 else ''}")
        return value


class LabelQuestion(_Choice):
    """Exactly one of the options."""

    type: Literal["label"]

    def check(self, value: Any) -> str:
        return self._known(value)


class MultiLabelQuestion(_Choice):
    """Any set of the options; the empty set is an answer unless `min_choices` forbids it."""

    type: Literal["multi_label"]
    min_choices: int = Field(default=0, ge=0)
    max_choices: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _choices_are_possible(self) -> "MultiLabelQuestion":
        most = min(self.max_choices or len(self.options), len(self.options))
        if self.min_choices > most:
            raise ValueError(f"min_choices must be at most {most}, the most that can be chosen")
        return self

    def check(self, value: Any) -> list[str]:
        if not isinstance(value, list):
            raise ValueError("expected a list of option values")
        chosen = {self._known(one) for one in value}
        if len(chosen) < self.min_choices or (self.max_choices is not None and len(chosen) > self.max_choices):
            raise ValueError(f"expected {self.min_choices} to {self.max_choices or len(self.options)} options")
        return [option.value for option in self.options if option.value in chosen]


class RatingQuestion(QuestionBase):
    """A whole number on a scale."""

    type: Literal["rating"]
    min: int = Field(default=1, ge=-100, le=100)
    max: int = Field(default=5, ge=-100, le=100)
    low_title: Title | None = None
    high_title: Title | None = None

    @model_validator(mode="after")
    def _scale_has_steps(self) -> "RatingQuestion":
        if not 1 <= self.max - self.min <= 20:
            raise ValueError("a scale has 2 to 21 steps: max must be min + 1 to min + 20")
        return self

    def check(self, value: Any) -> int:
        is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if isinstance(value, bool) or not is_whole or not self.min <= value <= self.max:
            raise ValueError(f"expected a whole number from {self.min} to {self.max}")
        return int(value)


class TextQuestion(QuestionBase):
    """Free text."""

    type: Literal["text"]
    max_length: int = Field(default=10_000, ge=1, le=1_000_000)

    def check(self, value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError("expected a text")
        if len(value) > self.max_length:
            raise ValueError(f"expected at most {self.max_length} characters, got {len(value)}")
        return value

    def is_empty(self, value: Any) -> bool:
        return value is None or (isinstance(value, str) and not value.strip())


class PreferenceQuestion(QuestionBase):
    """Which of two candidate fields is better, how clearly; a tie or both bad where allowed."""

    type: Literal["preference"]
    a_field: Slug
    b_field: Slug
    strengths: int = Field(default=3, ge=0, le=4, description="Levels of strength; 0 asks for none.")
    allow_tie: bool = True
    allow_both_bad: bool = True

    @model_validator(mode="after")
    def _sides_differ(self) -> "PreferenceQuestion":
        if self.a_field == self.b_field:
            raise ValueError("a_field and b_field must be two different fields")
        return self

    @property
    def choices(self) -> tuple[str, ...]:
        """The choices this question allows."""
        return ("a", "b", *(("tie",) if self.allow_tie else ()), *(("both_bad",) if self.allow_both_bad else ()))

    def check(self, value: Any) -> dict[str, Any]:
        choice = value.get("choice") if isinstance(value, dict) else None
        if choice not in self.choices:
            raise ValueError(f'expected {{"choice": one of {", ".join(self.choices)}, "strength": a number}}')
        if not self.strengths or choice not in ("a", "b"):
            return {"choice": choice}
        strength = value.get("strength", 1)
        if isinstance(strength, bool) or not isinstance(strength, int) or not 1 <= strength <= self.strengths:
            raise ValueError(f"expected a strength from 1 to {self.strengths}")
        return {"choice": choice, "strength": strength}


Question = Annotated[
    LabelQuestion | MultiLabelQuestion | RatingQuestion | TextQuestion | PreferenceQuestion,
    Field(discriminator="type"),
]
