"""Alpaca files, as LLaMA-Factory reads them: `instruction`, `input`, `output`, with `system` and `history`.

Source: https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md. The last question of a conversation is the
instruction, what was said before it the history; conversations in which people and model do not take turns are skipped.
"""

from msgspec import Struct

from goldsmith.server.features.releases.columns import Message
from goldsmith.server.features.releases.formats.openai import conversation, preferred_pair, without_system
from goldsmith.server.features.releases.formats.tool_use import IMAGE_TURN, NO_TOOLS
from goldsmith.server.features.releases.rows import Skip

NO_TURNS = Skip("no_alternation", "user and assistant do not take turns, beginning with the user")
PREFERENCE_COLUMNS = {
    "prompt": "instruction", "query": "input", "system": "system", "history": "history",
    "chosen": "chosen", "rejected": "rejected",
}  # fmt: skip
SFT_COLUMNS = {
    "prompt": "instruction", "query": "input", "response": "output", "system": "system", "history": "history",
}  # fmt: skip


class Alpaca(Struct, gc=False):
    """An instruction and its answer."""

    instruction: str
    input: str
    output: str
    system: str
    history: list[tuple[str, str]]


class AlpacaPair(Struct, gc=False):
    """An instruction, the answer that is preferred, and the one that is not."""

    instruction: str
    input: str
    chosen: str
    rejected: str
    system: str
    history: list[tuple[str, str]]


def alpaca_sft(made: Struct) -> Struct | Skip:
    """From an SFT row."""
    *asked, answer = conversation(made)
    if answer.tool_calls or answer.images:
        return NO_TOOLS if answer.tool_calls else IMAGE_TURN
    told = _asked(asked)
    if isinstance(told, Skip):
        return told
    if answer.role != "assistant":
        return NO_TURNS
    system, history, instruction = told
    return Alpaca(instruction, "", answer.content, system, history)


def alpaca_preference(made: Struct) -> Struct | Skip:
    """From a preference row."""
    pair = preferred_pair(made)
    if isinstance(pair, Skip):
        return pair
    prompt, chosen, rejected = pair
    if chosen.tool_calls or rejected.tool_calls:
        return NO_TOOLS
    told = _asked(prompt)
    if isinstance(told, Skip):
        return told
    system, history, instruction = told
    return AlpacaPair(instruction, "", chosen.content, rejected.content, system, history)


def _asked(messages: list[Message]) -> tuple[str, list[tuple[str, str]], str] | Skip:
    """(system, history, the last question)"""
    if any(turn.images for turn in messages):
        return IMAGE_TURN
    if any(turn.tool_calls for turn in messages):
        return NO_TOOLS
    system, turns = without_system(messages)
    takes_turns = len(turns) % 2 and all(
        turn.role == ("assistant" if at % 2 else "user") for at, turn in enumerate(turns)
    )
    if not takes_turns:
        return NO_TURNS
    history = [(turns[at].content, turns[at + 1].content) for at in range(0, len(turns) - 1, 2)]
    return system, history, turns[-1].content
