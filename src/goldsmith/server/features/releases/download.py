"""Take a release away. Everything comes from the frozen parts; the live tables are not asked again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who, audit
from goldsmith.server.features.projects import SchemaVersion
from goldsmith.server.features.releases import store
from goldsmith.server.features.releases.card import card_of
from goldsmith.server.features.releases.columns import Layout
from goldsmith.server.features.releases.croissant import DESCRIBED, croissant_of
from goldsmith.server.features.releases.digest import Digest
from goldsmith.server.features.releases.domain import ReleaseState
from goldsmith.server.features.releases.files import file_name, media_type
from goldsmith.server.features.releases.formats import (
    ARCHIVES,
    TRAINERS,
    converted,
    converters_of,
    csv_text,
    dataset_dict_zip,
    parquet_bytes,
    skips,
    tool_archive,
)
from goldsmith.server.features.releases.frozen import Kind, PartName, read_text
from goldsmith.server.features.releases.schemas import Choice, PartOfRelease
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.errors import Conflict, Gone, Invalid, NotFound
from goldsmith.server.foundation.stored import known, read_stored

_OPTIONS_OF: dict[str, frozenset[str]] = {"csv": frozenset({"formula_safe"})} | {
    name: trainer.options for name, trainer in TRAINERS.items()
}


@dataclass(frozen=True, slots=True)
class Frozen:
    """A finished release as a download needs it; holds no connection."""

    prefix: str
    parts: list[PartName]
    manifest: dict[str, Any]
    guideline: str

    @property
    def layout(self) -> Layout:
        """The columns, as they were frozen."""
        schema = read_stored(SchemaVersion, self.manifest["schema"])
        return Layout(schema.fields, schema.questions, with_holdout=self.manifest["filter"]["include_holdout"])


@dataclass(frozen=True, slots=True)
class Stream:
    """A file on its way out. `length` is told where it is known before the first byte."""

    name: str
    media_type: str
    etag: str
    length: int | None
    blocks: Iterator[bytes]


def find_frozen(tx: Connection, who: Who, release_id: int, part: PartOfRelease) -> Frozen:
    """The finished release, for a download of this part."""
    row = store.find_release(tx, who.project, release_id)
    if row is None:
        raise NotFound("There is no such release in this project.")
    if row.state != ReleaseState.READY:
        advice = _ADVICE[known(ReleaseState, row.state)]
        raise Conflict(f"This release is {row.state}; there is nothing to download. {advice}")
    if row.withdrawn_at is not None and part != "manifest":
        raise Gone(
            f"Release {row.number} was withdrawn on {row.withdrawn_at:%d %B %Y}: {row.withdrawn_for} "
            "Its manifest is kept (`part=manifest`); ask for a newer release."
        )
    parts = [PartName(part.position, part.token) for part in store.list_parts(tx, row.id)]
    return Frozen(row.blob_prefix, parts, row.manifest, row.plan["guideline"]["body"])


def record_holdout_look(tx: Connection, who: Who, release_id: int, part: str) -> None:
    """Every look at a holdout is on record."""
    audit(tx, who, action="release.download_holdout", subject=f"release:{release_id}", part=part)


def open_stream(blobs: Blobs, frozen: Frozen, choice: Choice) -> Stream:
    """The file that was chosen; whatever is wrong with the choice is told before the first byte."""
    _refuse_foreign_options(choice)
    if choice.part in ("card", "manifest", "dataset_info"):
        return _document(frozen, choice)
    _see_that_it_is_there(blobs, frozen)
    _see_that_it_has(frozen, choice.part)
    if choice.part == "croissant":
        return _croissant(blobs, frozen, choice)
    stated = _stated(frozen, choice)
    return Stream(
        name=file_name(frozen.manifest, choice.format, choice.part),
        media_type=media_type(choice.format, choice.part),
        etag=stated["sha256"] if stated else f"{frozen.manifest['content']['sha256']}-{choice.part}",
        length=stated["bytes"] if stated and _is_as_frozen(choice) else None,
        blocks=_blocks(blobs, frozen, choice),
    )


def _blocks(blobs: Blobs, frozen: Frozen, choice: Choice) -> Iterator[bytes]:
    def text(kind: Kind) -> Iterator[bytes]:
        return read_text(blobs, frozen.prefix, kind, frozen.parts)

    if choice.part in ("provenance", "comments"):
        return text(choice.part)
    trainer = TRAINERS.get(choice.format)
    layout = frozen.layout
    converts = converters_of(trainer, layout, choice.wish) if trainer else []
    if choice.part == "skipped":
        return _chain(text("skipped"), skips(text("rows"), layout, converts) if converts else ())
    if converts:
        return converted(text("rows"), layout, converts)
    if choice.format == "csv":
        return csv_text(text("rows"), layout, formula_safe=choice.formula_safe)
    if choice.format in ARCHIVES:
        title = f"{frozen.manifest['project']['name']}: {frozen.manifest['release']['name']}"
        return tool_archive(choice.format, text("rows"), layout, title, frozen.guideline)
    if choice.format == "hf_dataset":
        return dataset_dict_zip(lambda: text("rows"), layout, frozen.manifest["content"]["sha256"][:16])
    return parquet_bytes(text("rows"), layout) if choice.format == "parquet" else text("rows")


def _document(frozen: Frozen, choice: Choice) -> Stream:
    if choice.part == "card":
        body = card_of(frozen.manifest, frozen.guideline, frozen.layout, choice.format).encode()
    elif choice.part == "dataset_info":
        body = _dataset_info(frozen, choice)
    else:
        body = msgspec.json.format(msgspec.json.encode(frozen.manifest), indent=2) + b"\n"
    return _whole(frozen, choice, body)


def _whole(frozen: Frozen, choice: Choice, body: bytes) -> Stream:
    name, kind = file_name(frozen.manifest, choice.format, choice.part), media_type(choice.format, choice.part)
    return Stream(name, kind, sha256(body).hexdigest(), len(body), iter([body]))


def _croissant(blobs: Blobs, frozen: Frozen, choice: Choice) -> Stream:
    """Croissant wants the file's hash: the manifest has that of the JSONL file, another's is taken from its bytes."""
    if choice.format not in DESCRIBED:
        raise Invalid(f"The format {choice.format} has no Croissant document; {', '.join(DESCRIBED)} have one.")
    stated = frozen.manifest["content"]
    digest, length = stated["sha256"], stated["bytes"]
    if choice.format != "jsonl":
        made = Digest()
        made.drain(_blocks(blobs, frozen, choice.model_copy(update={"part": "data"})))
        digest, length = made.sha256, made.length
    told = croissant_of(frozen.manifest, frozen.layout, choice.format, sha256=digest, n_bytes=length)
    return _whole(frozen, choice, msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n")


def _dataset_info(frozen: Frozen, choice: Choice) -> bytes:
    """What LLaMA-Factory wants to know about the file, to be merged into its `dataset_info.json`."""
    trainer = TRAINERS.get(choice.format)
    if trainer is None or trainer.columns is None:
        raise Invalid(f"The format {choice.format} has no dataset_info.json; alpaca and sharegpt have one.")
    formatting, columns = trainer.columns
    name = file_name(frozen.manifest, choice.format, "data")
    told = {"file_name": name, "formatting": formatting, "ranking": "chosen" in columns, "columns": columns}
    return msgspec.json.format(msgspec.json.encode({name.removesuffix(".jsonl"): told}), indent=2) + b"\n"


def _stated(frozen: Frozen, choice: Choice) -> dict[str, Any] | None:
    """What the manifest says about the bytes that the file is made from."""
    told = {"data": "content", "provenance": "provenance", "comments": "comments"}.get(choice.part)
    return frozen.manifest[told] if told else None


def _is_as_frozen(choice: Choice) -> bool:
    return choice.part in ("provenance", "comments") or choice.format == "jsonl"


def _refuse_foreign_options(choice: Choice) -> None:
    given = {name for name in choice.model_fields_set - {"format", "part"} if getattr(choice, name)}
    possible = _OPTIONS_OF.get(choice.format, frozenset())
    if foreign := sorted(given - possible):
        known = ", ".join(sorted(possible)) or "none"
        raise Invalid(f"The format {choice.format} has no option {', '.join(foreign)}. Its options: {known}.")


def _see_that_it_is_there(blobs: Blobs, frozen: Frozen) -> None:
    if not blobs.exists(f"{frozen.prefix}/manifest.json"):
        raise NotFound(
            "The frozen files of this release are missing from the file store. Restore them from a backup of "
            f"'{frozen.prefix}'; the content hash tells whether they are the same."
        )


def _see_that_it_has(frozen: Frozen, part: str) -> None:
    if part == "comments" and "comments" not in frozen.manifest:
        raise NotFound("This release was made before releases carried comments. Ask for a new one to have them.")


def _chain(*streams: Iterable[bytes]) -> Iterator[bytes]:
    for stream in streams:
        yield from stream


_ADVICE = {
    ReleaseState.BUILDING: "Wait for its job to finish.",
    ReleaseState.FAILED: "Its job tells why; mend that and resume it, or ask for a new release.",
    ReleaseState.CANCELLED: "Resume its job, or ask for a new release.",
}
