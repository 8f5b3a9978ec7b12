"""What a row prefers over what: by a preference between two candidates, by a ranking, or by a rewrite.

A ranking prefers its best candidate to its worst, or of two that are named the better to the worse; a rewrite is
preferred to the original. Answers that choose nothing (ties, both bad, nothing rewritten) and candidates that say the
same are skipped.
"""

from collections.abc import Callable
from typing import Any

from goldsmith.server.features.projects import EditQuestion, PreferenceQuestion, QuestionBase, RankingQuestion
from goldsmith.server.features.releases.columns import Layout
from goldsmith.server.features.releases.formats.lines import Record
from goldsmith.server.features.releases.formats.turns import (
    PROMPT_NAMES,
    Said,
    after,
    as_messages,
    is_blank,
    likely_field,
    named_field,
    rewritten_turn,
    spoken_fields,
)
from goldsmith.server.features.releases.rows import Skip
from goldsmith.server.foundation.errors import Invalid

NO_PROMPT = "none"

Pair = tuple[Said, Said, Said]
"""(prompt, chosen, rejected): all texts, or all lists of messages."""
Take = Callable[[Record], Any]
Choose = Callable[[Record], Pair | Skip]
Two = tuple[Said, Said] | Skip
"""(chosen, rejected)"""


def chooser(
    layout: Layout, question: QuestionBase, prompt: str | None, between: tuple[str, str] | None = None
) -> tuple[Choose, bool]:
    """Finds (prompt, chosen, rejected) of a row, and whether there is a prompt; without one it is an empty text."""
    if isinstance(question, EditQuestion) and _is_chat(layout, question):
        return _by_turn(layout, question), True
    take_prompt = prompt_reader(layout, question, prompt)
    return _with_prompt(take_prompt, _candidates(layout, question, between)), take_prompt is not None


def prompt_reader(layout: Layout, question: QuestionBase, name: str | None) -> Take | None:
    """Takes the prompt from a row; None where there is none, or none is wanted."""
    if name == NO_PROMPT:
        return None
    if name is not None:
        return layout.reader("field", named_field(layout, name, "prompt").name)
    rest = spoken_fields(layout, but=question.field_names)
    field = likely_field(rest, PROMPT_NAMES)
    if field is None and rest:
        shown = ", ".join(one.name for one in rest)
        raise Invalid(f"Several fields could be the prompt: {shown}. Name one with `prompt`, or `prompt=none`.")
    return layout.reader("field", field.name) if field else None


def rewritten(question: EditQuestion, layout: Layout) -> Take:
    """Takes the edited field from a row as it should read: rewritten, or as it was; None where nobody answered."""
    answered, take = layout.reader("answer", question.name), layout.reader("field", question.field)

    def read(row: Record) -> Any:
        parts, content = answered(row), take(row)
        if not parts:
            return None if parts is None else content
        if isinstance(content, str):
            return parts[0].text
        texts = {part.turn: part.text for part in parts}
        return [rewritten_turn(one, texts[at]) if at in texts else one for at, one in enumerate(content)]

    return read


def _candidates(layout: Layout, question: QuestionBase, between: tuple[str, str] | None) -> Callable[[Record], Two]:
    match question:
        case RankingQuestion() if between:
            return _by_places(layout, question, between)
        case PreferenceQuestion():
            return _by_side(layout, question)
        case RankingQuestion():
            return _by_place(layout, question)
        case EditQuestion():
            return _by_rewrite(layout, question)
    raise AssertionError(f"a {type(question).__name__} prefers nothing")


def _by_side(layout: Layout, question: PreferenceQuestion) -> Callable[[Record], Two]:
    answered = layout.reader("answer", question.name)
    take_a, take_b = (layout.reader("field", name) for name in question.field_names)

    def choose(row: Record) -> Two:
        answer = answered(row)
        choice = answer.choice if answer else ""
        if choice not in ("a", "b"):
            return _NOTHING_CHOSEN.get(choice, _UNANSWERED)
        return (take_a(row), take_b(row)) if choice == "a" else (take_b(row), take_a(row))

    return choose


def _by_place(layout: Layout, question: RankingQuestion) -> Callable[[Record], Two]:
    answered = layout.reader("answer", question.name)
    take = {name: layout.reader("field", name) for name in question.field_names}

    def choose(row: Record) -> Two:
        groups = answered(row)
        if not groups:
            return _UNANSWERED
        return _NOTHING_CHOSEN["tie"] if len(groups) == 1 else (take[groups[0][0]](row), take[groups[-1][0]](row))

    return choose


def _by_places(layout: Layout, question: RankingQuestion, between: tuple[str, str]) -> Callable[[Record], Two]:
    answered = layout.reader("answer", question.name)
    take = {name: layout.reader("field", name) for name in between}

    def choose(row: Record) -> Two:
        groups: list[list[str]] = answered(row) or []
        place = {name: at for at, group in enumerate(groups) for name in group}
        if not place.keys() >= set(between):
            return _UNANSWERED
        better, worse = sorted(between, key=place.__getitem__)
        return _NOTHING_CHOSEN["tie"] if place[better] == place[worse] else (take[better](row), take[worse](row))

    return choose


def _by_rewrite(layout: Layout, question: EditQuestion) -> Callable[[Record], Two]:
    answered, take = layout.reader("answer", question.name), layout.reader("field", question.field)

    def choose(row: Record) -> Two:
        parts = answered(row)
        if not parts:
            return _UNANSWERED if parts is None else _KEPT
        return parts[0].text, take(row)

    return choose


def _by_turn(layout: Layout, question: EditQuestion) -> Choose:
    """In a chat the turns before the first rewritten one are the prompt."""
    answered, take = layout.reader("answer", question.name), layout.reader("field", question.field)

    def choose(row: Record) -> Pair | Skip:
        parts, messages = answered(row), take(row)
        if not parts:
            return _UNANSWERED if parts is None else _KEPT
        first = min(parts, key=lambda part: part.turn)
        if not first.turn:
            return _NO_PROMPT
        original = messages[first.turn]
        return messages[: first.turn], [rewritten_turn(original, first.text)], [original]

    return choose


def _with_prompt(prompt: Take | None, candidates: Callable[[Record], Two]) -> Choose:
    def choose(row: Record) -> Pair | Skip:
        two = candidates(row)
        if isinstance(two, Skip):
            return two
        asked = "" if prompt is None else prompt(row)
        if prompt is not None and is_blank(asked):
            return _NO_PROMPT
        chosen, rejected = two
        if is_blank(chosen) or is_blank(rejected):
            return _BLANK
        return _SAME if chosen == rejected else _alike(asked, chosen, rejected)

    return choose


def _alike(asked: Said, chosen: Said, rejected: Said) -> Pair:
    if isinstance(asked, str) and isinstance(chosen, str) and isinstance(rejected, str):
        return asked, chosen, rejected
    prompt = as_messages(asked, "user") if asked else asked
    return prompt, after(prompt, as_messages(chosen, "assistant")), after(prompt, as_messages(rejected, "assistant"))


def _is_chat(layout: Layout, question: EditQuestion) -> bool:
    return any(field.name == question.field and field.type == "chat" for field in layout.fields)


_NOTHING_CHOSEN = {
    "tie": Skip("tie", "both candidates were judged alike"),
    "both_bad": Skip("both_bad", "both candidates were judged bad"),
}
_UNANSWERED = Skip("unanswered", "the question that chooses has no answer")
_KEPT = Skip("kept", "nothing was rewritten")
_NO_PROMPT = Skip("no_prompt", "the prompt is empty")
_BLANK = Skip("empty_candidate", "a candidate is empty")
_SAME = Skip("identical_candidates", "both candidates say the same")
