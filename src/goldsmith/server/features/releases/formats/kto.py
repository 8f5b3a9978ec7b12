"""TRL KTO rows: `prompt`, `completion`, and whether the completion is good by itself.

Source: https://huggingface.co/docs/trl/dataset_formats. What is good is said by conditions on absolute judgements
(`good=quality>=4`). A preference is no such judgement: the better of two bad replies is not good.
"""

from msgspec import UNSET, Struct

from goldsmith.server.features.releases.columns import Layout
from goldsmith.server.features.releases.formats.conditions import conditions, readers_of
from goldsmith.server.features.releases.formats.lines import Converter, Record
from goldsmith.server.features.releases.formats.preference import Tools
from goldsmith.server.features.releases.formats.sft import Completed, sft_converter
from goldsmith.server.features.releases.formats.turns import Said
from goldsmith.server.features.releases.formats.wish import Wish
from goldsmith.server.features.releases.rows import Skip
from goldsmith.server.foundation.errors import Invalid

NOT_JUDGED = Skip("not_judged", "a question that `good` names has no answer")
NO_PROMPT = Skip("no_prompt", "nothing comes before the reply")


class Judged(Struct, gc=False):
    """A completion and whether it is good."""

    prompt: Said
    completion: Said
    label: bool
    tools: Tools = UNSET


def kto_converter(layout: Layout, wish: Wish) -> Converter:
    """Makes KTO rows of this release, or says what is missing."""
    if not wish.good:
        raise Invalid("Say what makes a completion good, with `good`: a condition such as `quality>=4`. Repeatable.")
    base, is_good, judged = sft_converter(layout, wish), conditions(layout, wish.good), readers_of(layout, wish.good)

    def convert(row: Record) -> Struct | Skip:
        made = base(row)
        if isinstance(made, Skip):
            return made
        if any(take(row) is None for take in judged):
            return NOT_JUDGED
        if isinstance(made, Completed):
            return Judged(made.prompt, made.completion, is_good(row), getattr(made, "tools", UNSET))
        *prompt, reply = made.messages  # type: ignore[attr-defined]
        return Judged(prompt, [reply], is_good(row), getattr(made, "tools", UNSET)) if prompt else NO_PROMPT

    return convert
