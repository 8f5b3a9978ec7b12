"""TRL SFT rows: `messages`, or `prompt` and `completion`.

Source: https://huggingface.co/docs/trl/dataset_formats. Left to itself, a schema with a preference question gives the
prompt and the preferred reply; one with an edit gives what was rewritten as it should read (what needed no change as it
was); one with a chat field gives its conversations; otherwise a required text question, or a field named like a reply,
completes the prompt.
"""

from collections.abc import Callable
from typing import Any

from msgspec import UNSET, Struct

from goldsmith.server.features.projects import EditQuestion, PreferenceQuestion, RankingQuestion, TextQuestion
from goldsmith.server.features.releases.columns import Layout, Message
from goldsmith.server.features.releases.formats.choosing import chooser, rewritten
from goldsmith.server.features.releases.formats.conditions import conditions
from goldsmith.server.features.releases.formats.lines import Converter, Record
from goldsmith.server.features.releases.formats.preference import FILTERED, Tools, choosing_question, with_tools
from goldsmith.server.features.releases.formats.turns import (
    PROMPT_NAMES,
    REPLY_NAMES,
    Said,
    after,
    as_messages,
    is_blank,
    is_silent,
    likely_field,
    named_field,
    spoken_fields,
)
from goldsmith.server.features.releases.formats.wish import Wish
from goldsmith.server.features.releases.rows import Skip
from goldsmith.server.foundation.errors import Invalid

Pairing = Callable[[Record], tuple[Said, Said] | Skip]


class Conversation(Struct, gc=False):
    """A whole conversation to learn from."""

    messages: list[Message]
    tools: Tools = UNSET


class Completed(Struct, gc=False):
    """A prompt and what should follow it."""

    prompt: Said
    completion: Said
    tools: Tools = UNSET


def sft_converter(layout: Layout, wish: Wish) -> Converter:
    """Makes SFT rows of this release, or says what its schema lacks."""
    make = with_tools(layout, _make(layout, wish))
    keeps = conditions(layout, wish.keep)
    return lambda row: make(row) if keeps(row) else FILTERED


def _make(layout: Layout, wish: Wish) -> Converter:
    if wish.messages and (wish.prompt or wish.completion):
        raise Invalid("Choose one form of SFT rows: `messages` alone, or `prompt` with `completion`.")
    if wish.messages:
        return _conversations(layout, wish.messages)
    completion = wish.completion or _likely_completion(layout)
    edit = next((one for one in layout.questions if isinstance(one, EditQuestion) and one.name == completion), None)
    if edit and _field_type(layout, edit.field) == "chat":
        return _whole_chats(rewritten(edit, layout))
    if completion:
        return _completions(_pairing(layout, wish.prompt, completion))
    chats = [field for field in layout.fields if field.type == "chat"]
    chat = likely_field(chats, PROMPT_NAMES)
    if chat is None or wish.prompt:
        raise Invalid(_what_it_needs(layout, bool(chats)))
    return _conversations(layout, chat.name)


def _likely_completion(layout: Layout) -> str | None:
    for question in layout.questions:
        if isinstance(question, PreferenceQuestion | EditQuestion):
            return question.name
    if any(field.type == "chat" for field in layout.fields):
        return None
    written = [one.name for one in layout.questions if isinstance(one, TextQuestion) and one.required]
    if len(written) == 1:
        return written[0]
    replies = [field for field in spoken_fields(layout) if field.name in REPLY_NAMES]
    return replies[0].name if len(replies) == 1 else None


def _conversations(layout: Layout, name: str) -> Converter:
    field = named_field(layout, name, "conversation")
    if field.type != "chat":
        raise Invalid(f"'{name}' is a text. `messages` needs a chat field; a text can be the `prompt`.")
    return _whole_chats(layout.reader("field", name))


def _whole_chats(take: Callable[[Record], Any]) -> Converter:
    def convert(row: Record) -> Struct | Skip:
        messages = take(row)
        if not messages:
            return _NO_MESSAGES
        ends_well = messages[-1].role == "assistant" and not is_silent(messages[-1])
        return Conversation(messages) if ends_well else _NO_REPLY

    return convert


def _completions(pairing: Pairing) -> Converter:
    def convert(row: Record) -> Struct | Skip:
        pair = pairing(row)
        if isinstance(pair, Skip):
            return pair
        prompt, completion = pair
        if isinstance(prompt, str) and isinstance(completion, str):
            return Completed(prompt, completion)
        asked = as_messages(prompt, "user")
        return Completed(asked, after(asked, as_messages(completion, "assistant")))

    return convert


def _pairing(layout: Layout, prompt: str | None, completion: str) -> Pairing:
    question = next((one for one in layout.questions if one.name == completion), None)
    if isinstance(question, PreferenceQuestion | RankingQuestion):
        return _preferred(layout, prompt, completion)
    if isinstance(question, EditQuestion):
        take_reply, rest = rewritten(question, layout), spoken_fields(layout, but=question.field_names)
    else:
        take_reply = layout.reader("answer", completion) if question else _reply_reader(layout, completion)
        rest = spoken_fields(layout, but=() if question else (completion,))
    field = named_field(layout, prompt, "prompt") if prompt else likely_field(rest, PROMPT_NAMES)
    if field is None:
        shown = ", ".join(one.name for one in rest) or "none"
        raise Invalid(f"Name the field that is the prompt, with `prompt`. The text and chat fields are: {shown}.")
    take_prompt = layout.reader("field", field.name)

    def pair(row: Record) -> tuple[Said, Said] | Skip:
        prompt, reply = take_prompt(row), _as_reply(take_reply(row))
        if is_blank(prompt):
            return _NO_PROMPT
        return _NO_COMPLETION if is_blank(reply) else (prompt, reply)

    return pair


def _preferred(layout: Layout, prompt: str | None, name: str) -> Pairing:
    choose, has_prompt = chooser(layout, choosing_question(layout, name), prompt)
    if not has_prompt:
        raise Invalid("SFT rows from a preference need a prompt: a text or chat field beside the candidates.")

    def pair(row: Record) -> tuple[Said, Said] | Skip:
        found = choose(row)
        return found if isinstance(found, Skip) else found[:2]

    return pair


def _field_type(layout: Layout, name: str) -> str | None:
    return next((field.type for field in layout.fields if field.name == name), None)


def _reply_reader(layout: Layout, name: str) -> Callable[[Record], Any]:
    if not any(field.name == name for field in spoken_fields(layout)):
        raise Invalid(
            f"'{name}' cannot be the completion: it is neither a question nor a text or chat field. This release has "
            f"the questions {_questions(layout)} and the fields {', '.join(one.name for one in layout.fields)}."
        )
    return layout.reader("field", name)


def _as_reply(value: Any) -> Any:
    """An answer as the text that a model should write."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return str(value) if isinstance(value, int) else value


def _what_it_needs(layout: Layout, has_chats: bool) -> str:
    if has_chats:
        return "Several chat fields could be the conversation. Name one with `messages`, or `prompt` and `completion`."
    return (
        "This schema does not say what a model should learn to write. SFT rows need a chat field whose conversations "
        "end in an assistant turn, a required text question, or a preference question; or name the `completion` "
        f"yourself (one of the questions {_questions(layout)}, or a text field) and the `prompt` if it is not plain."
    )


def _questions(layout: Layout) -> str:
    return ", ".join(question.name for question in layout.questions)


_NO_MESSAGES = Skip("no_messages", "the conversation is empty")
_NO_REPLY = Skip("no_assistant_turn", "the conversation does not end in a turn of the assistant")
_NO_PROMPT = Skip("no_prompt", "the prompt is empty")
_NO_COMPLETION = Skip("no_completion", "the completion is empty")
