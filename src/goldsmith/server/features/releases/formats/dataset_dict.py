"""A Hugging Face `DatasetDict` as `load_from_disk` reads it, zipped and streamed: Arrow files with their descriptions.

    dataset_dict.json
    train/dataset_info.json   train/state.json   train/data-00000-of-00001.arrow

The columns are those of Parquet, but for label questions: they are `ClassLabel`s with the options as names. Holdout
records, where they were asked for, are a split of their own, so that nobody trains on them by accident.
"""

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from goldsmith.server.features.projects import LabelQuestion
from goldsmith.server.features.releases.columns import Column, Layout
from goldsmith.server.features.releases.formats.parquet import Outlet, groups, plain, schema_of

if TYPE_CHECKING:
    import pyarrow as pa

_FILE = "data-00000-of-00001.arrow"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_astuple = msgspec.structs.astuple
Read = Callable[[], Iterable[bytes]]
"""Begins to read the frozen rows; called once for each split."""


def dataset_dict_zip(read: Read, layout: Layout, fingerprint: str) -> Iterator[bytes]:
    """The zipped folder as it grows; the Arrow files lie in it as they are, for they have to be mapped."""
    names = _label_names(layout)
    schema, outlet = _schema(layout, names), Outlet()
    splits = ["train", "holdout"] if layout.with_holdout else ["train"]
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED, allowZip64=True) as folder:
        _document(folder, "dataset_dict.json", {"splits": splits})
        for split in splits:
            _document(folder, f"{split}/dataset_info.json", {"features": _features(schema, names), "splits": None})
            _document(folder, f"{split}/state.json", _state(split, fingerprint))
            with folder.open(zipfile.ZipInfo(f"{split}/{_FILE}", _EPOCH), "w", force_zip64=True) as file:
                for _ in _write(file, read(), layout, schema, names, split):
                    yield outlet.take()
    yield outlet.take()


def _write(
    file: Any, blocks: Iterable[bytes], layout: Layout, schema: "pa.Schema", names: dict[str, list[str]], split: str
) -> Iterator[None]:
    import pyarrow as pa

    is_sealed = layout.reader("record", "holdout") if layout.with_holdout else lambda _: False
    with pa.ipc.new_stream(file, schema) as writer:
        for every in groups(blocks, layout):
            rows = [row for row in every if is_sealed(row) == (split == "holdout")]
            if rows:
                columns = zip(layout.columns, schema.types, zip(*map(_astuple, rows), strict=True), strict=True)
                arrays = [pa.array(_coded(column, values, names), kind) for column, kind, values in columns]
                writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=schema))
                yield


def _coded(column: Column, values: Any, names: dict[str, list[str]]) -> Any:
    if column.name not in names:
        return plain(column, values)
    codes = {name: code for code, name in enumerate(names[column.name])}
    return [None if value is None else codes[value] for value in values]


def _label_names(layout: Layout) -> dict[str, list[str]]:
    """The options of each label question, by its column."""
    options = {one.name: [o.value for o in one.options] for one in layout.questions if isinstance(one, LabelQuestion)}
    return {one.name: options[one.key] for one in layout.columns if one.source == "answer" and one.key in options}


def _schema(layout: Layout, names: dict[str, list[str]]) -> "pa.Schema":
    import pyarrow as pa

    schema = schema_of(layout)
    coded = pa.schema([pa.field(one.name, pa.int64()) if one.name in names else one for one in schema])
    told = json.dumps({"info": {"features": _features(coded, names)}})
    return coded.with_metadata({"huggingface": told})


def _features(schema: "pa.Schema", names: dict[str, list[str]]) -> dict[str, Any]:
    return {
        one.name: {"names": names[one.name], "_type": "ClassLabel"} if one.name in names else _feature(one.type)
        for one in schema
    }


def _feature(kind: Any) -> Any:
    import pyarrow as pa

    if pa.types.is_list(kind):
        return {"feature": _feature(kind.value_type), "_type": "List"}
    if pa.types.is_struct(kind):
        return {one.name: _feature(one.type) for one in kind}
    return {"dtype": {"double": "float64"}.get(str(kind), str(kind)), "_type": "Value"}


def _state(split: str, fingerprint: str) -> dict[str, Any]:
    return {
        "_data_files": [{"filename": _FILE}], "_fingerprint": fingerprint, "_format_columns": None,
        "_format_kwargs": {}, "_format_type": None, "_output_all_columns": False, "_split": split,
    }  # fmt: skip


def _document(folder: zipfile.ZipFile, name: str, value: dict[str, Any]) -> None:
    folder.writestr(zipfile.ZipInfo(name, _EPOCH), json.dumps(value, indent=2))
