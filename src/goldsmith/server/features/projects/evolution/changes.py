"""How a new schema version departs from the one before, said so that answers can follow it.

What is added needs no saying, and what is left out is taken as removed. Said must be what the two schemas cannot
tell: that a label has only another name, that several became one, that one became several.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from goldsmith.server.features.projects.questions import Slug
from goldsmith.server.features.projects.questions.base import Value


class _Change(BaseModel):
    model_config = ConfigDict(extra="forbid")

    question: Slug = Field(description="The question by its name before the change.")


class RenameQuestion(_Change):
    """The same question under another name."""

    op: Literal["rename_question"]
    to: Slug


class RemoveQuestion(_Change):
    """The question is asked no longer."""

    op: Literal["remove_question"]


class RenameLabel(_Change):
    """The same label under another value."""

    op: Literal["rename_label"]
    label: Value
    to: Value


class MergeLabels(_Change):
    """Several labels become one, new or one of them."""

    op: Literal["merge_labels"]
    labels: list[Value] = Field(min_length=2, max_length=1000)
    into: Value


class SplitLabel(_Change):
    """One label becomes several; people must say which. The old value may be among them."""

    op: Literal["split_label"]
    label: Value
    into: list[Value] = Field(min_length=2, max_length=1000)


class RemoveLabel(_Change):
    """The label can be chosen no longer; people must choose another."""

    op: Literal["remove_label"]
    label: Value


Change = Annotated[
    RenameQuestion | RemoveQuestion | RenameLabel | MergeLabels | SplitLabel | RemoveLabel, Field(discriminator="op")
]
