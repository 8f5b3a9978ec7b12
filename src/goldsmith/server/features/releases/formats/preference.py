"""TRL preference rows: `prompt`, `chosen`, `rejected`, or without a prompt `chosen`, `rejected`.

Source: https://huggingface.co/docs/trl/dataset_formats. Ties, both-bad answers and candidates that say the same are
skipped: they choose nothing.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from goldsmith.server.features.projects import PreferenceQuestion
from goldsmith.server.features.releases.columns import Layout
from goldsmith.server.features.releases.formats.conditions import conditions
from goldsmith.server.features.releases.formats.lines import Converter, Record
from goldsmith.server.features.releases.formats.turns import (
    PROMPT_NAMES,
    Said,
    after,
    as_messages,
    is_blank,
    likely_field,
    named_field,
    spoken_fields,
)
from goldsmith.server.features.releases.formats.wish import Wish
from goldsmith.server.features.releases.rows import Skip
from goldsmith.server.foundation.errors import Invalid

NO_PROMPT = "none"
FILTERED = Skip("filtered", "a condition of `keep` is not met")

Pair = tuple[Said, Said, Said]
Take = Callable[[Record], Any]


class Explicit(Struct, gc=False):
    """A preference with its prompt."""

    prompt: Said
    chosen: Said
    rejected: Said


class Implicit(Struct, gc=False):
    """A preference whose candidates say everything."""

    chosen: Said
    rejected: Said


def preference_converter(layout: Layout, wish: Wish) -> Converter:
    """Makes preference rows of this release, or says what its schema lacks."""
    question = preference_question(layout, wish.question)
    prompt = prompt_reader(layout, question, wish.prompt)
    choose = chooser(layout, question, prompt)
    keeps = conditions(layout, wish.keep)

    def convert(row: Record) -> Struct | Skip:
        if not keeps(row):
            return FILTERED
        pair = choose(row)
        if isinstance(pair, Skip):
            return pair
        return Explicit(*pair) if prompt else Implicit(pair[1], pair[2])

    return convert


def preference_question(layout: Layout, name: str | None) -> PreferenceQuestion:
    """The question that chooses between two candidates: the one named, or the only one."""
    found = [question for question in layout.questions if isinstance(question, PreferenceQuestion)]
    if not found:
        raise Invalid(
            "This schema cannot make preference rows: it has no preference question. "
            "It would need one that compares two text or chat fields."
        )
    chosen = [question for question in found if name in (None, question.name)]
    if len(chosen) != 1:
        shown = ", ".join(question.name for question in found)
        raise Invalid(f"Name the preference question that chooses, with `question`. This release has: {shown}.")
    for field in (chosen[0].a_field, chosen[0].b_field):
        named_field(layout, field, "candidate")
    return chosen[0]


def prompt_reader(layout: Layout, question: PreferenceQuestion, name: str | None) -> Take | None:
    """Takes the prompt from a row; None where there is none, or none is wanted."""
    if name == NO_PROMPT:
        return None
    if name is not None:
        return layout.reader("field", named_field(layout, name, "prompt").name)
    rest = spoken_fields(layout, but=(question.a_field, question.b_field))
    field = likely_field(rest, PROMPT_NAMES)
    if field is None and rest:
        shown = ", ".join(one.name for one in rest)
        raise Invalid(f"Several fields could be the prompt: {shown}. Name one with `prompt`, or `prompt=none`.")
    return layout.reader("field", field.name) if field else None


def chooser(layout: Layout, question: PreferenceQuestion, prompt: Take | None) -> Callable[[Record], Pair | Skip]:
    """Finds (prompt, chosen, rejected) of a row; the prompt is an empty text where there is none."""
    answered = layout.reader("answer", question.name)
    take_a, take_b = (layout.reader("field", name) for name in (question.a_field, question.b_field))

    def choose(row: Record) -> Pair | Skip:
        answer = answered(row)
        choice = answer.choice if answer else ""
        if choice not in ("a", "b"):
            return _NOTHING_CHOSEN.get(choice, _UNANSWERED)
        asked = "" if prompt is None else prompt(row)
        if prompt is not None and is_blank(asked):
            return _NO_PROMPT
        chosen, rejected = (take_a(row), take_b(row)) if choice == "a" else (take_b(row), take_a(row))
        if is_blank(chosen) or is_blank(rejected):
            return _BLANK
        return _SAME if chosen == rejected else _alike(asked, chosen, rejected)

    return choose


def _alike(asked: Said, chosen: Said, rejected: Said) -> Pair:
    """All texts, or all lists of messages."""
    if isinstance(asked, str) and isinstance(chosen, str) and isinstance(rejected, str):
        return asked, chosen, rejected
    prompt = as_messages(asked, "user") if asked else asked
    return prompt, after(prompt, as_messages(chosen, "assistant")), after(prompt, as_messages(rejected, "assistant"))


_NOTHING_CHOSEN = {
    "tie": Skip("tie", "both candidates were judged alike"),
    "both_bad": Skip("both_bad", "both candidates were judged bad"),
}
_UNANSWERED = Skip("unanswered", "the preference question has no answer")
_NO_PROMPT = Skip("no_prompt", "the prompt is empty")
_BLANK = Skip("empty_candidate", "a candidate is empty")
_SAME = Skip("identical_candidates", "both candidates say the same")
