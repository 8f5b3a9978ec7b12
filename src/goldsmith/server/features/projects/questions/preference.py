"""Which of two replies is better."""

from collections.abc import Hashable
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from goldsmith.server.features.projects.questions.base import Level, QuestionBase, Slug


class PreferenceQuestion(QuestionBase):
    """Which of two candidate fields is better, how clearly; a tie or both bad where allowed."""

    level: ClassVar[Level | None] = "nominal"
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
    def field_names(self) -> tuple[str, ...]:
        return (self.a_field, self.b_field)

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

    def part_with(self, value: str) -> dict[str, Any]:
        if value not in self.choices:
            raise ValueError(f"expected one of: {', '.join(self.choices)}")
        return {"choice": value}

    def comparable(self, value: Any) -> Hashable:
        return value["choice"]
