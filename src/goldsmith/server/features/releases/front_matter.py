"""The YAML at the top of a data card: what the Hugging Face Hub and `load_dataset` read."""

import json
from typing import Any

from goldsmith.server.features.releases.columns import AS_JSON, Column, Layout
from goldsmith.server.features.releases.files import file_name
from goldsmith.server.features.releases.formats import ARCHIVES, TRAINERS

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"),
          (10_000_000, "1M<n<10M"), (100_000_000, "10M<n<100M"))  # fmt: skip
_KNOWN_LICENCES = frozenset({
    "apache-2.0", "mit", "bsd-2-clause", "bsd-3-clause", "gpl-3.0", "agpl-3.0", "lgpl-3.0", "mpl-2.0", "unlicense",
    "cc0-1.0", "cc-by-2.0", "cc-by-3.0", "cc-by-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc-by-nc-3.0", "cc-by-nc-4.0",
    "cc-by-nd-4.0", "cc-by-nc-nd-3.0", "cc-by-nc-nd-4.0", "cc-by-nc-sa-2.0", "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0",
    "odbl", "odc-by", "pddl", "cdla-permissive-1.0", "cdla-permissive-2.0", "cdla-sharing-1.0", "openrail",
})  # fmt: skip
_TEXT = {"dtype": "string"}
_FUNCTION = {"struct": [{"name": "name", **_TEXT}, {"name": "arguments", **_TEXT}]}
_CALLS = {"list": [{"name": "id", **_TEXT}, {"name": "type", **_TEXT}, {"name": "function", **_FUNCTION}]}
_IMAGES = {"list": [{"name": "url", **_TEXT}, {"name": "at", "dtype": "int64"}, {"name": "detail", **_TEXT}]}
_MESSAGES = {
    "list": [
        {"name": "role", **_TEXT}, {"name": "content", **_TEXT}, {"name": "tool_calls", **_CALLS},
        {"name": "tool_call_id", **_TEXT}, {"name": "name", **_TEXT}, {"name": "images", **_IMAGES},
    ]
}  # fmt: skip
_NESTED: dict[str, dict[str, Any]] = {
    "chat": _MESSAGES,
    "context": {"list": [{"name": name, **_TEXT} for name in ("text", "title", "url")]},
    "multi_label": {"list": "string"},
    "span": {
        "list": [
            {"name": "field", **_TEXT},
            {"name": "start", "dtype": "int64"},
            {"name": "end", "dtype": "int64"},
            {"name": "label", **_TEXT},
            {"name": "turn", "dtype": "int64"},
            {"name": "note", **_TEXT},
        ]
    },
    "ranking": {"list": {"list": "string"}},
    "edit": {"list": [{"name": "text", **_TEXT}, {"name": "turn", "dtype": "int64"}]},
    "preference": {"struct": [{"name": "choice", **_TEXT}, {"name": "strength", "dtype": "int64"}]},
    "rating": {"dtype": "int64"},
    "count": {"dtype": "int64"},
    "confidence": {"dtype": "float64"},
    "flag": {"dtype": "bool"},
}


_CONFIG = {"data": "default", "provenance": "provenance"}
_STORY: list[dict[str, Any]] = [
    {"name": "id", **_TEXT}, {"name": "method", **_TEXT}, {"name": "confidence", "dtype": "float64"},
    *({"name": name, "dtype": "int64"} for name in ("n_annotators", "schema_version", "guideline_version")),
    *({"name": name, "dtype": "json"} for name in ("outcomes", "annotations", "decision", "suggestions")),
    {"name": "active_ms", "dtype": "int64"}, {"name": "reviewed", **_TEXT},
]  # fmt: skip


def front_matter(manifest: dict[str, Any], layout: Layout, form: str) -> str:
    """The YAML block, fences included. Values are written as JSON, which YAML contains."""
    told: dict[str, Any] = {
        "pretty_name": f"{manifest['project']['name']}: {manifest['release']['name']}",
        **_licence(manifest["licence"]),
        "size_categories": [_size(manifest["formats"].get(form, manifest["content"])["rows"])],
        "task_categories": _tasks(layout),
        "tags": ["goldsmith", "human-annotated", f"goldsmith-{form.replace('_', '-')}"],
        "configs": [_config(manifest, form, part) for part in _parts(form)],
        "dataset_info": [
            {"config_name": _CONFIG[part], "features": features}
            for part in _parts(form)
            if (features := _story(manifest) if part == "provenance" else _features(layout, form))
        ],
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in told.items() if value]
    return "\n".join(["---", *lines, "---", ""])


def _story(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """Releases of before the first that names the columns of its stories do not say whether answers were reviewed."""
    return _STORY if "columns" in manifest["provenance"] else _STORY[:-1]


def _licence(licence: str) -> dict[str, str]:
    known = licence.lower()
    return {"license": known} if known in _KNOWN_LICENCES else {"license": "other", "license_name": licence}


def _size(n_rows: int) -> str:
    return next((name for limit, name in _SIZES if n_rows < limit), "n>100M")


def _tasks(layout: Layout) -> list[str]:
    kinds = {column.kind for column in layout.columns if column.source == "answer"}
    found = ["text-classification"] if kinds & {"label", "multi_label", "rating"} else []
    found += ["token-classification"] if "span" in kinds else []
    found += ["text-ranking"] if "ranking" in kinds else []
    has_replies = kinds & {"text", "preference", "edit"} or any(column.kind == "chat" for column in layout.columns)
    return [*found, "text-generation"] if has_replies else found


def _parts(form: str) -> tuple[str, ...]:
    """The files that the card speaks of. A folder has one reader, so the story can only stand beside JSON lines."""
    return ("data",) if form in ("csv", "parquet", "hf_dataset", *ARCHIVES) else ("data", "provenance")


def _config(manifest: dict[str, Any], form: str, part: str) -> dict[str, Any]:
    is_data = part == "data"
    config: dict[str, Any] = {
        "config_name": _CONFIG[part],
        "data_files": [{"split": "train", "path": _path(manifest, form, part)}],
    }
    if is_data:
        config["default"] = True
    if is_data and form == "csv":
        config |= {"keep_default_na": False, "na_values": [""]}
    return config


def _path(manifest: dict[str, Any], form: str, part: str) -> str:
    """Where the file lies beside the card; a `DatasetDict` is unpacked there."""
    return "train/*.arrow" if form == "hf_dataset" else file_name(manifest, form, part)


def _features(layout: Layout, form: str) -> list[dict[str, Any]]:
    """The columns' types, so that no reader guesses them from the first rows. Trainers' files have few, full
    ones; a `DatasetDict` tells its own.
    """
    if form in TRAINERS or form == "hf_dataset" or form in ARCHIVES:
        return []
    return [one for column in layout.columns for one in _feature(column, form)]


def _feature(column: Column, form: str) -> list[dict[str, Any]]:
    name, kind = column.name, column.kind
    if kind in ("metadata", "tools"):
        return [{"name": name, "dtype": "json" if form == "jsonl" else "string"}]
    if form == "jsonl" and kind == "chat":
        return [{"name": name, "list": "json"}]
    if form == "csv" and kind == "preference":
        return [{"name": name, **_TEXT}, {"name": f"{name}_strength", "dtype": "int64"}]
    if form == "csv" and kind in AS_JSON:
        return [{"name": name, **_TEXT}]
    return [{"name": name, **_NESTED.get(kind, _TEXT)}]
