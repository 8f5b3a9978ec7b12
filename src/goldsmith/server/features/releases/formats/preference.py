"""TRL preference rows: `prompt`, `chosen`, `rejected`, or without a prompt `chosen`, `rejected`.

Source: https://huggingface.co/docs/trl/dataset_formats. What is preferred over what is told by `choosing`.
"""

from typing import Any

from msgspec import UNSET, Struct, UnsetType

from goldsmith.server.features.projects import EditQuestion, PreferenceQuestion, QuestionBase, RankingQuestion
from goldsmith.server.features.releases.columns import Layout
from goldsmith.server.features.releases.formats.choosing import chooser
from goldsmith.server.features.releases.formats.conditions import conditions
from goldsmith.server.features.releases.formats.lines import Converter, Record
from goldsmith.server.features.releases.formats.turns import Said
from goldsmith.server.features.releases.formats.wish import Wish
from goldsmith.server.features.releases.rows import Skip
from goldsmith.server.foundation.errors import Invalid

Tools = list[dict[str, Any]] | None | UnsetType
"""The tools that the chat may call; unset where the schema has no field for them."""
FILTERED = Skip("filtered", "a condition of `keep` is not met")


class Explicit(Struct, gc=False):
    """A preference with its prompt."""

    prompt: Said
    chosen: Said
    rejected: Said
    tools: Tools = UNSET


class Implicit(Struct, gc=False):
    """A preference whose candidates say everything."""

    chosen: Said
    rejected: Said
    tools: Tools = UNSET


def preference_converter(layout: Layout, wish: Wish) -> Converter:
    """Makes preference rows of this release, or says what its schema lacks."""
    choose, has_prompt = chooser(layout, choosing_question(layout, wish.question), wish.prompt, wish.between)
    keeps = conditions(layout, wish.keep)

    def convert(row: Record) -> Struct | Skip:
        if not keeps(row):
            return FILTERED
        pair = choose(row)
        if isinstance(pair, Skip):
            return pair
        return Explicit(*pair) if has_prompt else Implicit(pair[1], pair[2])

    return with_tools(layout, convert)


def with_tools(layout: Layout, convert: Converter) -> Converter:
    """The same rows with the tools of their record, where the schema has a field for these."""
    take = layout.tools_reader()
    if take is None:
        return convert

    def equipped(row: Record) -> Struct | Skip:
        made = convert(row)
        if not isinstance(made, Skip):
            made.tools = take(row) or []  # type: ignore[attr-defined]
        return made

    return equipped


def prefers(question: QuestionBase) -> bool:
    """Whether its answers put one text of the record, or a rewrite of it, before another."""
    return isinstance(question, PreferenceQuestion | RankingQuestion | EditQuestion) and bool(question.field_names)


def choosing_question(layout: Layout, name: str | None) -> QuestionBase:
    """The question that chooses: the one named, or the only one."""
    found = [question for question in layout.questions if prefers(question)]
    if not found:
        raise Invalid(
            "This schema cannot make preference rows: it has no question that prefers one text to another. It would "
            "need a preference between two text or chat fields, a ranking of fields, or an edit of one."
        )
    chosen = [question for question in found if name in (None, question.name)]
    if len(chosen) != 1:
        shown = ", ".join(question.name for question in found)
        raise Invalid(f"Name the question that chooses, with `question`. This release has: {shown}.")
    return chosen[0]
