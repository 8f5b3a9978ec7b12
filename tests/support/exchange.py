"""What tests of exchange share: archives, and the way of a schema through another tool's files and back."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from goldsmith.server.features.exchange.outline import Fitted, Outline
from goldsmith.server.features.exchange.pieces import Piece
from goldsmith.server.features.exchange.tools import TOOLS, Look, Outgoing, Shape
from goldsmith.server.features.exchange.walk import look_through, understood
from goldsmith.server.features.records import Row
from goldsmith.server.foundation.blobs import Blobs

FILES = Path(__file__).parent.parent / "exchange_files"


def example(tool: str, *names: str) -> bytes:
    """An archive of files that the tool's own package wrote, with their folders."""
    return zipped({name: (FILES / tool / name).read_bytes() for name in names})


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """An archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """The files of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(tool: str, shape: Shape, entries: Sequence[Outgoing]) -> tuple[dict[str, bytes], dict[str, int]]:
    """The files that a tool's writer makes, and what it left behind."""
    writing = TOOLS[tool].write(shape)
    rows: dict[str, list[Any]] = {name: [] for name in writing.files}
    for entry in entries:
        for name, row in writing.rows(entry):
            rows.setdefault(name, []).append(row)
    files = dict(writing.settings())
    for name in rows:
        kind = writing.files.get(name, "lines")
        told = [json.dumps(row, ensure_ascii=False, default=str) for row in rows[name]]
        files[name] = (
            "[" + ",\n".join(told) + "]" if kind == "array" else "".join(f"{one}\n" for one in told)
        ).encode()
    return files, {reason: n for reason, n in writing.losses.items() if n}


def reread(tool: str, files: Mapping[str, bytes], folder: Path) -> tuple[Outline, list[Fitted]]:
    """What the files say, read as if somebody had sent them."""
    blobs = Blobs(f"file://{folder}")
    pieces = []
    for number, (name, content) in enumerate(files.items()):
        with blobs.write(f"piece-{number}") as file:
            file.write(content)
        pieces.append(Piece(name, f"piece-{number}", len(content)))
    reading, with_rows = TOOLS[tool].open(Look(blobs, pieces))
    outline = look_through(blobs, reading, with_rows, repeats=TOOLS[tool].repeats)
    reading, _ = TOOLS[tool].open(Look(blobs, pieces))
    reading.declared()
    fitted = []
    for piece in with_rows:
        rows = [Row(at, row) for at, row in enumerate(_rows(files[piece.name]))]
        for one in understood(reading, rows, piece.name):
            assert one.entry is not None, one.fault
            fitted.append(outline.fit(one.entry))
    return outline, fitted


def _rows(content: bytes) -> list[Any]:
    text = content.decode()
    return json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines()]
