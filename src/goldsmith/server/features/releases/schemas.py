"""The wire shapes of releases."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from goldsmith.server.features.accounts import PersonRef, Wire
from goldsmith.server.features.releases.domain import ReleaseState
from goldsmith.server.features.releases.formats import Wish
from goldsmith.server.foundation.stored import OrNewer
from goldsmith.server.foundation.wire import OnOneLine

FormatName = Literal[
    "jsonl", "csv", "parquet", "hf_dataset", "trl_sft", "trl_preference", "trl_kto", "trl_stepwise", "openai_chat",
    "openai_dpo", "alpaca", "alpaca_preference", "sharegpt", "sharegpt_preference",
    "label_studio", "argilla", "doccano", "prodigy", "potato",
]  # fmt: skip
PartOfRelease = Literal[
    "data", "provenance", "comments", "skipped", "card", "croissant", "manifest", "dataset_info"
]  # fmt: skip
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), OnOneLine]
Licence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\r\n]+$")]
Pair = Annotated[str, StringConstraints(pattern=r"^[^:]{1,100}:(?s:.{0,200})$")]
Named = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,79}$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Condition = Annotated[str, StringConstraints(min_length=3, max_length=300)]


class ReleaseFilter(Wire):
    """Which records a release takes."""

    states: list[Literal["resolved"]] = Field(
        default=["resolved"], min_length=1, max_length=1, description="Only resolved records have an answer to release."
    )
    methods: list[Literal["consensus", "adjudication", "expert"]] = Field(
        default=[], max_length=3, description="How the answer was accepted; empty for every way."
    )
    facets: list[Pair] = Field(
        default=[], max_length=50, examples=[["source:email"]],
        description="Metadata pairs `key:value`: any of the values of a key, and every key named.",
    )  # fmt: skip
    include_holdout: bool = Field(
        default=False, description="Take sealed holdout records too. Never train on such a release; asking is audited."
    )


class FrozenFilter(BaseModel):
    """Which records a release took, as it was asked for."""

    states: list[str]
    methods: list[str]
    facets: list[str]
    include_holdout: bool


class NewRelease(Wire):
    name: Name = Field(examples=["First training set"])
    licence: Licence = Field(examples=["CC-BY-4.0"], description="An SPDX identifier, or the name of your own licence.")
    notes: Annotated[str, StringConstraints(max_length=10_000)] = ""
    filter: ReleaseFilter = ReleaseFilter()


class FormatOffer(BaseModel):
    """A format and what it holds when nothing is chosen."""

    format: FormatName
    filename: str
    rows: int
    skipped: dict[str, int] = Field(description="Rows this format leaves out, by reason.")
    unavailable: str | None = Field(description="Why the schema cannot make it, and what it would need.")


class Withdrawal(BaseModel):
    """Why a release cannot be taken away any more."""

    at: datetime
    by: PersonRef
    reason: str
    files_removed_at: datetime | None = Field(description="Since then it cannot be reinstated.")


class NewWithdrawal(Wire):
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)] = Field(
        examples=["People in it asked to be left out"], description="Told to whoever asks for its rows."
    )


class DeletedRow(BaseModel):
    """A row of a release whose record was deleted since."""

    id: str
    deleted_at: datetime
    erased: bool = Field(description="Its texts are gone from the project; the release holds them still.")


class DeletedRows(BaseModel):
    rows: int
    items: list[DeletedRow] = Field(description="The first thousand.")


class ReleaseSummary(BaseModel):
    id: int
    number: int
    name: str
    notes: str
    licence: str
    filter: FrozenFilter
    state: Annotated[ReleaseState, OrNewer()]
    content_hash: str | None = Field(description="SHA-256 of the JSONL file: `sha256sum` of the download gives it.")
    n_rows: int | None
    n_excluded: int | None = Field(description="Records of the project that are not in the release.")
    created_at: datetime
    finished_at: datetime | None
    created_by: PersonRef
    job_id: int | None
    error: str | None = Field(description="Why building it failed.")
    withdrawn: Withdrawal | None = None


class Release(ReleaseSummary):
    manifest: dict[str, Any] | None
    formats: list[FormatOffer]


class Choice(Wire):
    """What to download. The options after `part` belong to the formats named with them."""

    format: FormatName = "jsonl"
    part: PartOfRelease = Field(
        default="data",
        description="`data`; `provenance` (the story of each row); `comments` (what people said about them); `skipped` "
        "(records that the release or the format leaves out, with reasons); `card` (README.md for Hugging Face); "
        "`croissant` (the same for machines, as JSON-LD, of the jsonl, csv or parquet file); `manifest`; "
        "`dataset_info` (for LLaMA-Factory, with alpaca and sharegpt).",
    )
    messages: Named | None = Field(default=None, description="SFT formats: the chat field that becomes `messages`.")
    prompt: Named | None = Field(
        default=None, description="Trainers' formats: the field that becomes `prompt`; `none` for no prompt."
    )
    completion: Named | None = Field(
        default=None,
        description="SFT formats: the question or field that becomes `completion`; trl_stepwise: "
        "the field that holds the steps.",
    )
    question: Named | None = Field(
        default=None, description="Preference formats: the question that chooses; trl_stepwise: the one that marks."
    )
    pairs: Literal["all"] | None = Field(
        default=None,
        description="Preference formats: `all` makes a row of every two candidates of a ranking that are not tied, "
        "instead of one of its best and its worst.",
    )
    good: list[Condition] = Field(
        default=[], max_length=20, examples=[["quality>=4"]],
        description="trl_kto: a completion is good where this condition holds. Repeatable, all must hold.",
    )  # fmt: skip
    bad: list[Label] = Field(
        default=[], max_length=100, examples=[["wrong"]],
        description="trl_stepwise: labels of a span question that mark a wrong step; a step that none touches is "
        "right. Repeatable.",
    )  # fmt: skip
    keep: list[Condition] = Field(
        default=[], max_length=20, examples=[["quality>=4"]],
        description="Trainers' formats: only rows that meet this condition. Repeatable.",
    )  # fmt: skip
    formula_safe: bool = Field(
        default=False, description="csv: put an apostrophe before texts that a spreadsheet would run as a formula."
    )

    @property
    def wish(self) -> Wish:
        """The choices as the formats know them."""
        return Wish(
            messages=self.messages, prompt=self.prompt, completion=self.completion, question=self.question,
            pairs=self.pairs, good=tuple(self.good), bad=tuple(self.bad), keep=tuple(self.keep),
            formula_safe=self.formula_safe,
        )  # fmt: skip
