"""OpenAI's files: chat fine-tuning (`messages`) and direct preference optimisation.

Source: https://platform.openai.com/docs/guides/supervised-fine-tuning and .../direct-preference-optimization. A
tool's turn that names no call answers the calls before it in their order; one without a call to answer is skipped.
"""

from typing import Any

from msgspec import UNSET, Struct

from goldsmith.server.features.releases.columns import Message
from goldsmith.server.features.releases.formats.preference import Tools
from goldsmith.server.features.releases.formats.tool_use import in_openai
from goldsmith.server.features.releases.formats.turns import Said, as_messages
from goldsmith.server.features.releases.rows import Skip

NO_PROMPT = Skip("no_prompt", "the format needs a prompt, and the row has none")
NO_REPLY = Skip("no_single_reply", "what is preferred is not one turn of the assistant")


class Chat(Struct, gc=False):
    """A conversation to learn from."""

    messages: list[Any]
    tools: Tools = UNSET


class Input(Struct, gc=False):
    """What is asked."""

    messages: list[Any]
    tools: list[Any]
    parallel_tool_calls: bool


class Dpo(Struct, gc=False):
    """What is asked, the answer that is preferred, and the one that is not."""

    input: Input
    preferred_output: list[Any]
    non_preferred_output: list[Any]


def openai_chat(made: Struct) -> Struct | Skip:
    """From an SFT row."""
    messages = in_openai(conversation(made))
    return messages if isinstance(messages, Skip) else Chat(messages, tools_of(made) or UNSET)


def openai_dpo(made: Struct) -> Struct | Skip:
    """From a preference row."""
    pair = preferred_pair(made)
    if isinstance(pair, Skip):
        return pair
    prompt, chosen, rejected = pair
    told = in_openai(prompt)
    replies = [in_openai([reply]) for reply in (chosen, rejected)]
    for one in (told, *replies):
        if isinstance(one, Skip):
            return one
    return Dpo(Input(told, tools_of(made), True), *replies)  # type: ignore[arg-type]


def tools_of(made: Struct) -> list[Any]:
    """The tools of a row; none where its schema has no field for them."""
    tools = getattr(made, "tools", UNSET)
    return [] if tools is UNSET or tools is None else tools


def conversation(made: Struct) -> list[Message]:
    """An SFT row as one list of messages."""
    whole = getattr(made, "messages", None)
    if whole is not None:
        return whole
    prompt, completion = made.prompt, made.completion  # type: ignore[attr-defined]
    return [*as_messages(prompt, "user"), *as_messages(completion, "assistant")]


def preferred_pair(made: Struct) -> tuple[list[Message], Message, Message] | Skip:
    """A preference row as what is asked and two replies of one turn each."""
    prompt: Said | None = getattr(made, "prompt", None)
    if not prompt:
        return NO_PROMPT
    replies = [as_messages(said, "assistant") for said in (made.chosen, made.rejected)]  # type: ignore[attr-defined]
    if any(len(reply) != 1 or reply[0].role != "assistant" for reply in replies):
        return NO_REPLY
    return as_messages(prompt, "user"), replies[0][0], replies[1][0]


def without_system(messages: list[Message]) -> tuple[str, list[Message]]:
    """What the system turn at the beginning says, empty where there is none, and the turns after it."""
    if messages and messages[0].role == "system":
        return messages[0].content, messages[1:]
    return "", messages
