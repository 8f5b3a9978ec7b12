"""Choices: one label, or any set of labels; options may form a tree."""

from collections.abc import Hashable
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from goldsmith.server.features.projects.questions.base import Help, Level, QuestionBase, Title, Value
from goldsmith.server.features.projects.questions.spelling import looks_of


class Option(BaseModel):
    """One answer to choose, with the key that chooses it (given by position if not set)."""

    model_config = ConfigDict(extra="forbid")

    value: Value
    title: Title | None = None
    help: Help | None = None
    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]$")] | None = None
    parent: Value | None = Field(default=None, description="The option above this one, where options form a tree.")


class ChoiceQuestion(QuestionBase):
    """A question with options to choose from."""

    options: list[Option] = Field(min_length=1, max_length=1000)
    leaves_only: bool = Field(default=False, description="Only options without options below them can be chosen.")

    @model_validator(mode="after")
    def _options_form_a_forest(self) -> "ChoiceQuestion":
        parents = {option.value: option.parent for option in self.options}
        if len(parents) < len(self.options):
            raise ValueError("option values must differ from each other")
        for option in self.options:
            above, steps = option.parent, 0
            while above is not None:
                if above not in parents:
                    raise ValueError(f"the option '{option.value}' lies below '{above}', which is no option")
                above, steps = parents[above], steps + 1
                if steps > len(parents):
                    raise ValueError(f"the option '{option.value}' lies below itself")
        return self

    @cached_property
    def _choosable(self) -> frozenset[str]:
        inner = {option.parent for option in self.options} if self.leaves_only else set()
        return frozenset(option.value for option in self.options if option.value not in inner)

    @cached_property
    def _order(self) -> dict[str, int]:
        return {option.value: place for place, option in enumerate(self.options)}

    @cached_property
    def _by_looks(self) -> dict[str, str]:
        return {looks_of(value): value for value in self._choosable}

    def known(self, value: Any) -> str:
        """The value, if it is an option that can be chosen."""
        if not isinstance(value, str) or value not in self._choosable:
            shown = ", ".join(option.value for option in self.options if option.value in self._choosable)
            meant = self._by_looks.get(looks_of(value)) if isinstance(value, str) else None
            hint = f"; did you mean {meant!r}?" if meant else ""
            raise ValueError(f"expected one of: {shown[:400]}{' ...' if len(shown) > 400 else ''}{hint}")
        return value

    def values_under(self, value: str) -> list[str]:
        """The option and all below it in the tree, in the order of the options."""
        found = {value}
        while below := {one.value for one in self.options if one.parent in found} - found:
            found |= below
        return sorted(found, key=lambda one: self._order.get(one, 0))

    def option(self, value: str) -> str:
        """The value, if it is an option, though perhaps one that cannot be chosen any more."""
        return value if value in self._order else self.known(value)


class LabelQuestion(ChoiceQuestion):
    """Exactly one of the options."""

    level: ClassVar[Level | None] = "nominal"
    type: Literal["label"]

    def check(self, value: Any) -> str:
        return self.known(value)

    def part_with(self, value: str) -> str:
        return self.option(value)


class MultiLabelQuestion(ChoiceQuestion):
    """Any set of the options; the empty set is an answer unless `min_choices` forbids it."""

    level: ClassVar[Level | None] = "masi"
    type: Literal["multi_label"]
    min_choices: int = Field(default=0, ge=0)
    max_choices: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _choices_are_possible(self) -> "MultiLabelQuestion":
        most = min(self.max_choices or len(self._choosable), len(self._choosable))
        if self.min_choices > most:
            raise ValueError(f"min_choices must be at most {most}, the most that can be chosen")
        return self

    def check(self, value: Any) -> list[str]:
        if not isinstance(value, list):
            raise ValueError("expected a list of option values")
        chosen = {self.known(one) for one in value}
        if len(chosen) < self.min_choices or (self.max_choices is not None and len(chosen) > self.max_choices):
            raise ValueError(f"expected {self.min_choices} to {self.max_choices or len(self._choosable)} options")
        return sorted(chosen, key=self._order.__getitem__)

    def part_with(self, value: str) -> list[str]:
        return [self.option(value)]

    def comparable(self, value: Any) -> Hashable:
        return frozenset(value)
