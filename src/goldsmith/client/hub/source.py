"""Open a data set: a folder that `save_to_disk` wrote, Parquet files, or `owner/name` on the Hub.

Only plain data is read: Parquet, Arrow, JSON, CSV and text. Loading scripts are no longer run by `datasets`; pickled
frames, which run code when they are opened, and archives of other files are refused before they are opened.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from goldsmith.client.errors import ConnectionFailed, Invalid, NotFound
from goldsmith.client.hub.shape import HubSchema, schema_of

_PLAIN = ("parquet", "arrow", "json", "csv", "text")
_NO_LIBRARY = "Reading Hugging Face data sets needs the `datasets` library: pip install 'goldsmith[hf]'."


@dataclass(frozen=True, slots=True)
class HubDataset:
    """One split, not yet read."""

    name: str
    schema: HubSchema
    _rows: Any
    split: str | None = None
    other_splits: tuple[str, ...] = ()

    def rows(self, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """The rows as plain JSON values, streamed."""
        yield from map(self.schema.row, islice(iter(self._rows), limit))

    def write(self, path: Path, limit: int | None = None) -> int:
        """Write the rows as JSON lines; returns how many."""
        n_rows = 0
        with path.open("wb") as file:
            for row in self.rows(limit):
                file.write(msgspec.json.encode(row) + b"\n")
                n_rows += 1
        return n_rows


def open_dataset(
    source: str, *, split: str | None = None, config: str | None = None, revision: str | None = None
) -> HubDataset:
    """Open one split of a data set; `revision` is a branch, tag or commit of the Hub."""
    try:
        import datasets
    except ImportError as error:
        raise Invalid(_NO_LIBRARY, title="A library is missing") from error
    path = Path(source)
    is_here = path.exists()
    found = _on_disk(datasets, path) if is_here else _on_the_hub(datasets, source, config, revision)
    chosen, others = _split_of(found, split) if isinstance(found, dict) else (None, ())
    rows: Any = found[chosen] if chosen else found
    features = rows.features or rows._resolve_features().features
    if not features:
        raise Invalid(f"'{source}' has no rows to tell its columns from.", title="Nothing to import")
    return HubDataset(path.stem if is_here else source.split("/")[-1], schema_of(features), rows, chosen, others)


def _on_disk(datasets: Any, path: Path) -> Any:
    """The data set, or its splits by name; Parquet files of a folder are parted into splits by their names."""
    if path.is_dir() and not list(path.rglob("*.parquet")):
        try:
            return datasets.load_from_disk(str(path))
        except FileNotFoundError as error:
            raise NotFound(
                f"'{path}' is neither a folder that `save_to_disk` wrote nor one with Parquet files.",
                title="No data set there",
            ) from error
    if path.is_dir():
        return datasets.load_dataset("parquet", data_dir=str(path), streaming=True)
    if path.suffix != ".parquet":
        raise Invalid(f"'{path}' is no Parquet file. `goldsmith import` reads other files.", title="Not a data set")
    return datasets.load_dataset("parquet", data_files=[str(path)], split="train", streaming=True)


def _on_the_hub(datasets: Any, source: str, config: str | None, revision: str | None) -> Any:
    try:
        builder = datasets.load_dataset_builder(source, config, revision=revision)
        _require_plain(source, builder)
        return datasets.load_dataset(source, config, revision=revision, streaming=True)
    except (ConnectionError, OSError) as error:
        raise ConnectionFailed(
            f"'{source}' is no folder or file here, and the Hub could not be asked ({type(error).__name__}). "
            "Check the name and the network, or download the data set first and name its folder.",
            title="The data set cannot be reached",
        ) from error
    except ValueError as error:
        raise Invalid(str(error), title="The data set cannot be opened") from error


def _require_plain(source: str, builder: Any) -> None:
    modules = {kind.__module__.rsplit(".", 1)[-1] for kind in type(builder).__mro__}
    if not modules & set(_PLAIN):
        kind = next((one.__module__ for one in type(builder).__mro__), "?").rsplit(".", 1)[-1]
        raise Invalid(
            f"'{source}' holds {kind} files. Expected {', '.join(_PLAIN)}; the Hub offers most data sets as Parquet "
            "too: --revision refs/convert/parquet.",
            title="Not plain data",
        )


def _split_of(found: dict[str, Any], split: str | None) -> tuple[str, tuple[str, ...]]:
    """The name of the split that is meant, and of the others."""
    wanted = split or (next(iter(found)) if len(found) == 1 else "train")
    if wanted not in found:
        raise NotFound(f"There is no split '{wanted}'. The data set has: {', '.join(found)}.", title="No such split")
    return wanted, tuple(name for name in found if name != wanted)
