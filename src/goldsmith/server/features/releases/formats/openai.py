"""OpenAI's files: chat fine-tuning (`messages`) and direct preference optimisation.

Source: https://platform.openai.com/docs/guides/supervised-fine-tuning and .../direct-preference-optimization. Turns of
tools are skipped: the service wants to know which call they answer, and a chat field does not say.
"""

from msgspec import Struct

from goldsmith.server.features.releases.columns import Message
from goldsmith.server.features.releases.formats.turns import Said, as_messages
from goldsmith.server.features.releases.rows import Skip

TOOL_TURN = Skip("tool_turn", "a turn of a tool does not say which call it answers")
NO_PROMPT = Skip("no_prompt", "the format needs a prompt, and the row has none")
NO_REPLY = Skip("no_single_reply", "what is preferred is not one turn of the assistant")


class Chat(Struct, gc=False):
    """A conversation to learn from."""

    messages: list[Message]


class Input(Struct, gc=False):
    """What is asked."""

    messages: list[Message]
    tools: list[str]
    parallel_tool_calls: bool


class Dpo(Struct, gc=False):
    """What is asked, the answer that is preferred, and the one that is not."""

    input: Input
    preferred_output: list[Message]
    non_preferred_output: list[Message]


def openai_chat(made: Struct) -> Struct | Skip:
    """From an SFT row."""
    messages = conversation(made)
    return TOOL_TURN if _has_tools(messages) else Chat(messages)


def openai_dpo(made: Struct) -> Struct | Skip:
    """From a preference row."""
    pair = preferred_pair(made)
    if isinstance(pair, Skip):
        return pair
    prompt, chosen, rejected = pair
    return TOOL_TURN if _has_tools(prompt) else Dpo(Input(prompt, [], True), [chosen], [rejected])


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


def _has_tools(messages: list[Message]) -> bool:
    return any(message.role == "tool" for message in messages)
