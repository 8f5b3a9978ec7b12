"""The formats of trainers: how each is made, what may be chosen for it, and how its file is called.

Two are made from the release's rows, `trl_sft` and `trl_preference`; most others are their rows in another shape.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations

from msgspec import Struct

from goldsmith.server.features.projects import RankingQuestion
from goldsmith.server.features.releases.columns import Layout
from goldsmith.server.features.releases.formats import alpaca, sharegpt
from goldsmith.server.features.releases.formats.kto import kto_converter
from goldsmith.server.features.releases.formats.lines import Converter, Record
from goldsmith.server.features.releases.formats.openai import openai_chat, openai_dpo
from goldsmith.server.features.releases.formats.preference import choosing_question, preference_converter
from goldsmith.server.features.releases.formats.sft import sft_converter
from goldsmith.server.features.releases.formats.stepwise import stepwise_converter
from goldsmith.server.features.releases.formats.tool_use import in_trl
from goldsmith.server.features.releases.formats.wish import Wish
from goldsmith.server.features.releases.rows import Skip
from goldsmith.server.foundation.errors import Invalid

Make = Callable[[Layout, Wish], Converter]
Shape = Callable[[Struct], Struct | Skip]

_SFT = frozenset({"messages", "prompt", "completion", "keep"})
_PAIR = frozenset({"prompt", "question", "pairs", "keep"})
BASES: dict[str, Make] = {"trl_sft": sft_converter, "trl_preference": preference_converter}
"""The rows that several formats write in their own words."""


@dataclass(frozen=True, slots=True)
class Trainer:
    """One format: its converter, its options, the end of its file's name.

    base, shape : whose rows of `BASES` it takes and what it makes of each, where it is made so.
    columns : what LLaMA-Factory's `dataset_info.json` calls the columns, where it reads the format.
    """

    make: Make
    options: frozenset[str]
    suffix: str
    base: str | None = None
    shape: Shape | None = None
    columns: tuple[str, dict[str, str]] | None = None


def converters_of(trainer: Trainer, layout: Layout, wish: Wish) -> list[Converter]:
    """One; or one for each two candidates of a ranking, where all pairs are wished for."""
    if wish.pairs != "all":
        return [trainer.make(layout, wish)]
    question = choosing_question(layout, wish.question)
    if not isinstance(question, RankingQuestion):
        raise Invalid(f"`pairs=all` takes every two candidates of a ranking; '{question.name}' is none.")
    return [trainer.make(layout, replace(wish, between=two)) for two in combinations(question.field_names, 2)]


def _shaped(base: str, shape: Shape, suffix: str, columns: tuple[str, dict[str, str]] | None = None) -> Trainer:
    options = _SFT if base == "trl_sft" else _PAIR
    return Trainer(_then(BASES[base], shape), options, suffix, base, shape, columns)


def _then(make: Make, shape: Shape) -> Make:
    def made(layout: Layout, wish: Wish) -> Converter:
        convert = make(layout, wish)

        def shaped(row: Record) -> Struct | Skip:
            one = convert(row)
            return one if isinstance(one, Skip) else shape(one)

        return shaped

    return made


TRAINERS: dict[str, Trainer] = {
    "trl_sft": _shaped("trl_sft", in_trl, "sft"),
    "trl_preference": _shaped("trl_preference", in_trl, "preference"),
    "trl_kto": Trainer(_then(kto_converter, in_trl), _SFT | {"good"}, "kto"),
    "trl_stepwise": Trainer(
        stepwise_converter, frozenset({"prompt", "completion", "question", "bad", "keep"}), "stepwise"
    ),
    "openai_chat": _shaped("trl_sft", openai_chat, "openai"),
    "openai_dpo": _shaped("trl_preference", openai_dpo, "openai-dpo"),
    "alpaca": _shaped("trl_sft", alpaca.alpaca_sft, "alpaca", ("alpaca", alpaca.SFT_COLUMNS)),
    "alpaca_preference": _shaped(
        "trl_preference", alpaca.alpaca_preference, "alpaca-preference", ("alpaca", alpaca.PREFERENCE_COLUMNS)
    ),
    "sharegpt": _shaped("trl_sft", sharegpt.sharegpt_sft, "sharegpt", ("sharegpt", sharegpt.SFT_COLUMNS)),
    "sharegpt_preference": _shaped(
        "trl_preference", sharegpt.sharegpt_preference, "sharegpt-preference",
        ("sharegpt", sharegpt.PREFERENCE_COLUMNS),
    ),
}  # fmt: skip
