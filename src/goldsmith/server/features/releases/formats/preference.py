"""TRL preference rows: `prompt`, `chosen`, `rejected`, or without a prompt `chosen`, `rejected`.

Source: https://huggingface.co/docs/trl/dataset_formats. Ties, both-bad answers and candidates that say the same are
skipped: they choose nothing.
"""

from collections.abc import Callable
from typing import Any

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


def preference_converter(layout: Layout, wish: Wish) -> Converter:
    """Makes preference rows of this release, or says what its schema lacks."""
    question = preference_question(layout, wish.question)
    prompt = prompt_column(layout, question, wish.prompt)
    choose = chooser(layout, question, prompt)
    keeps = conditions(layout, wish.keep)

    def convert(row: Record) -> Record | Skip:
        if not keeps(row):
            return FILTERED
        pair = choose(row)
        if isinstance(pair, Skip):
            return pair
        asked, chosen, rejected = pair
        replies = {"chosen": chosen, "rejected": rejected}
        return replies if prompt is None else {"prompt": asked, **replies}

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


def prompt_column(layout: Layout, question: PreferenceQuestion, name: str | None) -> str | None:
    """The column of the prompt; None where there is none, or none is wanted."""
    if name == NO_PROMPT:
        return None
    if name is not None:
        return layout.name_of("field", named_field(layout, name, "prompt").name)
    rest = spoken_fields(layout, but=(question.a_field, question.b_field))
    field = likely_field(rest, PROMPT_NAMES)
    if field is None and rest:
        shown = ", ".join(one.name for one in rest)
        raise Invalid(f"Several fields could be the prompt: {shown}. Name one with `prompt`, or `prompt=none`.")
    return layout.name_of("field", field.name) if field else None


def chooser(
    layout: Layout, question: PreferenceQuestion, prompt: str | None
) -> Callable[[dict[str, Any]], Pair | Skip]:
    """Finds (prompt, chosen, rejected) of a row; the prompt is an empty text where there is none."""
    answer = layout.name_of("answer", question.name)
    a_column, b_column = (layout.name_of("field", name) for name in (question.a_field, question.b_field))

    def choose(row: Record) -> Pair | Skip:
        choice = row[answer]["choice"] if row[answer] else ""
        if choice not in ("a", "b"):
            return _NOTHING_CHOSEN.get(choice, _UNANSWERED)
        asked = "" if prompt is None else row[prompt]
        if prompt is not None and is_blank(asked):
            return _NO_PROMPT
        chosen, rejected = (row[a_column], row[b_column]) if choice == "a" else (row[b_column], row[a_column])
        if is_blank(chosen) or is_blank(rejected):
            return _BLANK
        return _SAME if chosen == rejected else _alike(asked, chosen, rejected)

    return choose


def _alike(asked: Said, chosen: Said, rejected: Said) -> Pair:
    """All texts, or all lists of messages."""
    if isinstance(asked, str) and isinstance(chosen, str) and isinstance(rejected, str):
        return asked, chosen, rejected
    prompt = as_messages(asked, "user") if asked else asked
    chosen, rejected = (after(prompt, as_messages(one, "assistant")) for one in (chosen, rejected))
    return prompt, chosen, rejected


_NOTHING_CHOSEN = {
    "tie": Skip("tie", "both candidates were judged alike"),
    "both_bad": Skip("both_bad", "both candidates were judged bad"),
}
_UNANSWERED = Skip("unanswered", "the preference question has no answer")
_NO_PROMPT = Skip("no_prompt", "the prompt is empty")
_BLANK = Skip("empty_candidate", "a candidate is empty")
_SAME = Skip("identical_candidates", "both candidates say the same")
