"""TRL stepwise rows, for process reward models: `prompt`, `completions` (the steps), `labels` (whether each is right).

Source: https://huggingface.co/docs/trl/dataset_formats. A span question over a text or chat field tells them: people
mark what is wrong, `bad` says which of its labels mean that, and a step that such a passage touches is wrong. The steps
of a text are its paragraphs, or its lines where no line is blank; those of a chat are the assistant's turns.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from goldsmith.server.features.projects import SpanQuestion
from goldsmith.server.features.releases.columns import Layout, Message
from goldsmith.server.features.releases.formats.conditions import conditions
from goldsmith.server.features.releases.formats.lines import Converter, Record
from goldsmith.server.features.releases.formats.preference import FILTERED
from goldsmith.server.features.releases.formats.turns import (
    PROMPT_NAMES,
    is_blank,
    likely_field,
    named_field,
    spoken_fields,
)
from goldsmith.server.features.releases.formats.wish import Wish
from goldsmith.server.features.releases.rows import Skip
from goldsmith.server.foundation.errors import Invalid

Step = tuple[int | None, int, int, str]
"""(turn of a chat, start, end, text)"""
Steps = Callable[[Any], tuple[str, list[Step]] | Skip]
"""From what the field holds to what is asked in it (empty in a text) and the steps."""


class Stepwise(Struct, gc=False):
    """A prompt, the steps that follow it, and whether each is right."""

    prompt: str
    completions: list[str]
    labels: list[bool]


def stepwise_converter(layout: Layout, wish: Wish) -> Converter:
    """Makes stepwise rows of this release, or says what its schema lacks."""
    question = _marking_question(layout, wish.question)
    bad = _wrong_labels(question, wish.bad)
    field = named_field(layout, _field_with_steps(question, wish.completion), "field that holds the steps")
    marked, take = layout.reader("answer", question.name), layout.reader("field", field.name)
    steps_in: Steps = _turns if field.type == "chat" else _passages
    take_prompt = _prompt_reader(layout, wish.prompt, field.name, is_chat=field.type == "chat")
    keeps = conditions(layout, wish.keep)

    def convert(row: Record) -> Struct | Skip:
        if not keeps(row):
            return FILTERED
        marks = marked(row)
        if marks is None:
            return NOT_MARKED
        found = steps_in(take(row))
        if isinstance(found, Skip):
            return found
        asked, steps = found
        prompt = take_prompt(row) if take_prompt else asked
        if is_blank(prompt):
            return NO_PROMPT
        wrong = [one for one in marks if one.field == field.name and one.label in bad]
        return Stepwise(prompt, [step[3] for step in steps], [not _is_touched(step, wrong) for step in steps])

    return convert


def _passages(text: str | None) -> tuple[str, list[Step]] | Skip:
    """Paragraphs, or lines where no line is blank."""
    pattern = _PARAGRAPH if text and _BLANK_LINE.search(text.strip()) else _LINE
    steps: list[Step] = [(None, one.start(), one.end(), one[0]) for one in pattern.finditer(text or "")]
    return ("", steps) if steps else NO_STEPS


def _turns(messages: list[Message] | None) -> tuple[str, list[Step]] | Skip:
    """The assistant's turns, and as what is asked the turns before them; whoever speaks between makes it no chain."""
    told = messages or []
    first = next((at for at, one in enumerate(told) if one.role == "assistant"), len(told))
    steps: list[Step] = [(at, 0, len(one.content), one.content) for at, one in enumerate(told[first:], first)]
    if not steps or any(is_blank(step[3]) for step in steps):
        return NO_STEPS
    if any(one.role != "assistant" for one in told[first:]):
        return INTERRUPTED
    return "\n\n".join(one.content for one in told[:first]), steps


def _is_touched(step: Step, marks: Sequence[Any]) -> bool:
    turn, start, end, _ = step
    return any(one.turn == turn and one.start < end and one.end > start for one in marks)


def _marking_question(layout: Layout, name: str | None) -> SpanQuestion:
    found = [one for one in layout.questions if isinstance(one, SpanQuestion)]
    if not found:
        raise Invalid(
            "This schema cannot make stepwise rows: it has no question in which people mark passages. It would need a "
            "span question over the text or chat field that holds the steps."
        )
    chosen = [one for one in found if name in (None, one.name)]
    if len(chosen) != 1:
        shown = ", ".join(one.name for one in found)
        raise Invalid(f"Name the span question that marks wrong steps, with `question`. This release has: {shown}.")
    return chosen[0]


def _wrong_labels(question: SpanQuestion, named: Sequence[str]) -> frozenset[str]:
    known = [option.value for option in question.options]
    unknown = [label for label in named if label not in known]
    if not named or unknown:
        what = f"'{unknown[0]}' is no label of '{question.name}'. " if unknown else ""
        raise Invalid(
            f"{what}Say which labels of '{question.name}' mark a wrong step, with `bad`: {', '.join(known)}. "
            "Repeatable."
        )
    return frozenset(named)


def _field_with_steps(question: SpanQuestion, named: str | None) -> str:
    fields = [name for name in question.field_names if named in (None, name)]
    if len(fields) != 1:
        shown = ", ".join(question.field_names)
        raise Invalid(f"Name the field that holds the steps, with `completion`. '{question.name}' marks: {shown}.")
    return fields[0]


def _prompt_reader(layout: Layout, named: str | None, steps: str, *, is_chat: bool) -> Callable[[Record], Any] | None:
    """Takes the prompt from a text field; None where the chat that holds the steps asks itself."""
    texts = [one for one in spoken_fields(layout, but=(steps,)) if one.type == "text"]
    if named is None and is_chat:
        return None
    field = next((one for one in texts if one.name == named), None) if named else likely_field(texts, PROMPT_NAMES)
    if field is None:
        shown = ", ".join(one.name for one in texts) or "none"
        raise Invalid(f"Name the text field that is the prompt, with `prompt`. The text fields beside it are: {shown}.")
    return layout.reader("field", field.name)


_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LINE = re.compile(r"\S[^\n]*(?<=\S)|\S")
_PARAGRAPH = re.compile(r"\S(?:(?!\n[^\S\n]*\n)[\s\S])*(?<=\S)|\S")
NOT_MARKED = Skip("unanswered", "the question that marks wrong steps has no answer")
NO_STEPS = Skip("no_steps", "there are no steps to judge")
INTERRUPTED = Skip("interrupted_steps", "somebody else speaks between two steps")
NO_PROMPT = Skip("no_prompt", "the prompt is empty")
