"""ShareGPT files, as LLaMA-Factory reads them: `conversations` of `from` and `value`, with `system`.

Source: https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md. Odd turns are the human's or an
observation's, even ones the model's or its call of a tool; conversations that break this order are skipped.
"""

from msgspec import Struct, field

from goldsmith.server.features.releases.columns import Message
from goldsmith.server.features.releases.formats.alpaca import NO_TURNS
from goldsmith.server.features.releases.formats.openai import conversation, preferred_pair, tools_of, without_system
from goldsmith.server.features.releases.formats.tool_use import bare_functions, in_sharegpt
from goldsmith.server.features.releases.rows import Skip

_MODEL = ("gpt", "function_call")
SFT_COLUMNS = {"messages": "conversations", "system": "system", "tools": "tools"}
PREFERENCE_COLUMNS = SFT_COLUMNS | {"chosen": "chosen", "rejected": "rejected"}


class Turn(Struct, gc=False):
    """Who says what."""

    from_: str = field(name="from")
    value: str


class ShareGpt(Struct, gc=False):
    """A conversation to learn from."""

    conversations: list[Turn]
    system: str
    tools: str


class ShareGptPair(Struct, gc=False):
    """A conversation, the next turn that is preferred, and the one that is not."""

    conversations: list[Turn]
    chosen: Turn
    rejected: Turn
    system: str
    tools: str


def sharegpt_sft(made: Struct) -> Struct | Skip:
    """From an SFT row."""
    system, turns = _told(conversation(made))
    if isinstance(turns, Skip):
        return turns
    is_whole = turns and len(turns) % 2 == 0 and _takes_turns(turns)
    return ShareGpt(turns, system, bare_functions(tools_of(made))) if is_whole else NO_TURNS


def sharegpt_preference(made: Struct) -> Struct | Skip:
    """From a preference row."""
    pair = preferred_pair(made)
    if isinstance(pair, Skip):
        return pair
    prompt, chosen, rejected = pair
    system, turns = _told([*prompt, chosen, rejected])
    if isinstance(turns, Skip):
        return turns
    *asked, better, worse = turns
    if len(asked) % 2 == 0 or not _takes_turns(asked):
        return NO_TURNS
    return ShareGptPair(asked, better, worse, system, bare_functions(tools_of(made)))


def _told(messages: list[Message]) -> tuple[str, list[Turn] | Skip]:
    system, spoken = without_system(messages)
    told = [in_sharegpt(message) for message in spoken]
    refused = next((one for one in told if isinstance(one, Skip)), None)
    return system, refused or [Turn(*one) for one in told if not isinstance(one, Skip)]


def _takes_turns(turns: list[Turn]) -> bool:
    return all((turn.from_ in _MODEL) == bool(at % 2) and turn.from_ != "system" for at, turn in enumerate(turns))
