"""The file of rows that a job refused, written part by part as it goes on: line, reason, row.

A part is named after the position it belongs to. A step that is repeated writes the same part again. People open this
file in a spreadsheet, so what one would run as a formula is marked with an apostrophe.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.spreadsheet import marked

HEADER = b"line,reason,row\r\n"
_PIECE = 1 << 16


def write_rejects(blobs: Blobs, job_id: int, part: int, rows: Iterable[tuple[int, str, str]]) -> None:
    """Store one step's refused rows as (line, reason, raw row)."""
    text = io.StringIO()
    csv.writer(text).writerows((line, marked(reason), marked(row)) for line, reason, row in rows)
    with blobs.write(f"{_prefix(job_id)}/{part:016d}.csv") as file:
        file.write(text.getvalue().encode("utf-8", "backslashreplace"))


def read_rejects(blobs: Blobs, job_id: int) -> Iterator[bytes]:
    """The whole file as it stands now, in the order of the input."""
    yield HEADER
    for key in blobs.keys(_prefix(job_id)):
        with blobs.read(key) as file:
            while piece := file.read(_PIECE):
                yield piece


def has_rejects(blobs: Blobs, job_id: int) -> bool:
    """Whether the file is kept."""
    return bool(blobs.keys(_prefix(job_id)))


def kept_rejects(blobs: Blobs) -> set[int]:
    """The jobs whose file is kept."""
    return {int(key.split("/")[1]) for key in blobs.keys("jobs") if "/rejects/" in key}


def remove_rejects(blobs: Blobs, job_id: int) -> None:
    """Let the file go."""
    blobs.remove(_prefix(job_id))


def _prefix(job_id: int) -> str:
    return f"jobs/{job_id}/rejects"
