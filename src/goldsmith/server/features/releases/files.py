"""What the files of a release are called and how they are typed."""

from typing import Any

from goldsmith.server.features.releases.formats import ARCHIVES, TRAINERS

_LINES = "application/x-ndjson"
_MEDIA_TYPE = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet",
               "hf_dataset": "application/zip"} | dict.fromkeys(ARCHIVES, "application/zip")  # fmt: skip
_ENDING = {"hf_dataset": "hf.zip"} | ARCHIVES
_PART_TYPE = {
    "card": "text/markdown; charset=utf-8",
    "croissant": "application/ld+json",
    "manifest": "application/json",
    "dataset_info": "application/json",
}


def file_name(manifest: dict[str, Any], form: str, part: str) -> str:
    """The name to save a file under; made of the project's slug and the release's number, so safe everywhere."""
    if part == "card":
        return "README.md"
    stem = f"{manifest['project']['slug']}-v{manifest['release']['number']}"
    trainer = TRAINERS.get(form)
    if part == "data":
        return f"{stem}.{trainer.suffix}.jsonl" if trainer else f"{stem}.{_ENDING.get(form, form)}"
    if part in ("dataset_info", "croissant"):
        return f"{part}.json"
    if part == "skipped" and trainer:
        return f"{stem}.{trainer.suffix}.skipped.jsonl"
    return f"{stem}.manifest.json" if part == "manifest" else f"{stem}.{part}.jsonl"


def media_type(form: str, part: str) -> str:
    """The type a file is sent as."""
    return _PART_TYPE.get(part) or (_MEDIA_TYPE.get(form, _LINES) if part == "data" else _LINES)
