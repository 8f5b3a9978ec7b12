"""Free text."""

from typing import Any, Literal

from pydantic import Field

from goldsmith.server.features.projects.questions.base import QuestionBase


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
