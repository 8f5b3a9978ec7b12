"""A step on a scale."""

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from goldsmith.server.features.projects.questions.base import Level, QuestionBase, Title


class RatingQuestion(QuestionBase):
    """A whole number on a scale."""

    level: ClassVar[Level | None] = "ordinal"
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

    def part_with(self, value: str) -> int:
        return self.check(int(value) if value.lstrip("-").isdecimal() and len(value) < 5 else value)
