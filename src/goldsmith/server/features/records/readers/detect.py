"""Find out what a file is: by its first bytes, with its name as a hint only."""

import csv
from dataclasses import dataclass
from typing import Any

import msgspec

from goldsmith.server.features.records.readers.lines import BOM
from goldsmith.server.features.records.readers.rows import Unreadable

HEAD_BYTES = 1 << 18
_FOREIGN = {
    b"PK\x03\x04": "a ZIP archive or an Excel workbook",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"%PDF": "a PDF",
    b"BZh": "a bzip2 archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"SQLite format 3": "a SQLite database",
}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 50


@dataclass(frozen=True, slots=True)
class Layout:
    """A file's format, and the delimiter if it is delimited text."""

    format: str
    delimiter: str | None = None

    def document(self) -> dict[str, Any]:
        """The layout as it is stored with an upload."""
        return {"delimiter": self.delimiter}


def detect_layout(head: bytes, filename: str) -> Layout:
    """What the file is, from its first `HEAD_BYTES`; `Unreadable` says what was found instead."""
    extension = filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    if not head.removeprefix(BOM).strip():
        raise Unreadable("The file is empty. Expected CSV, TSV, JSON, JSONL or Parquet with at least one row.")
    if head.startswith(b"PAR1"):
        return Layout("parquet")
    _refuse_foreign(head, extension)
    text = head.removeprefix(BOM).lstrip()
    if text[:1] == b"[" and _begins_json_array(text):
        return Layout("json")
    if text[:1] == b"{" and _begins_json_object(text, extension):
        return Layout("jsonl")
    if extension in {"json", "jsonl", "ndjson"}:
        raise Unreadable(
            f"The file is named .{extension} but does not begin like JSON. Expected an array of objects, "
            "or one object a line."
        )
    delimiter = _sniff(head, extension)
    return Layout("tsv" if delimiter == "\t" else "csv", delimiter)


def _refuse_foreign(head: bytes, extension: str) -> None:
    found = next((name for magic, name in _FOREIGN.items() if head.startswith(magic)), None)
    if head.startswith(_UTF_16):
        raise Unreadable("The file is UTF-16. Save it as UTF-8 and send it again.")
    if found:
        raise Unreadable(f"The file is {found}. Expected CSV, TSV, JSON, JSONL or Parquet: unpack or export it first.")
    if extension == "parquet":
        raise Unreadable("The file is named .parquet but is not one. Export it again.")
    if head.count(b"\x00") > len(head) // 100:
        raise Unreadable("The file is binary, not text. Expected CSV, TSV, JSON, JSONL or Parquet.")
    if b"\n" not in head and head.count(b"\r") > 1:
        raise Unreadable("The lines end with a carriage return alone. Save the file with Unix or Windows line ends.")


def _begins_json_array(text: bytes) -> bool:
    inside = text[1:].lstrip()
    return inside[:1] in {b"{", b"]", b""} or (inside.startswith((b"[", b'"')) and b"]" in inside)


def _begins_json_object(text: bytes, extension: str) -> bool:
    line = text.split(b"\n", 1)[0]
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except msgspec.DecodeError:
        pass
    except RecursionError:
        raise Unreadable("The file nests objects deeper than anybody reads. Expected flat rows.") from None
    if extension in {"jsonl", "ndjson"}:
        return True
    if text[1:].lstrip()[:1] in {b'"', b"}"} and extension in {"json", ""}:
        raise Unreadable(
            "The file is one JSON object over several lines. Expected an array of objects, or one object a line."
        )
    return False


def _sniff(head: bytes, extension: str) -> str:
    """The delimiter that cuts the first rows into the most, and equally many, cells."""
    if extension == "tsv":
        return "\t"
    sample = head.removeprefix(BOM).decode("utf-8", "replace")
    return max(_DELIMITERS, key=lambda delimiter: (_evenness(sample, delimiter), delimiter == ","))


def _evenness(sample: str, delimiter: str) -> float:
    widths = []
    rows = csv.reader(sample.splitlines(keepends=True), delimiter=delimiter)
    try:
        for row in rows:
            if row:
                widths.append(len(row))
            if len(widths) == _SAMPLE_LINES:
                break
    except csv.Error:
        pass
    if not widths or widths[0] < 2:
        return 0.0
    return widths.count(widths[0]) / len(widths) * widths[0] ** 0.5
