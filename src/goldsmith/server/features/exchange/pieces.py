"""The files that somebody sent: one, or those inside a ZIP archive, each under a key of ours in the blob store.

An archive is unpacked once, with limits, so that a bomb is refused before it goes off. Names inside it are only told,
never used as paths.
"""

import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from goldsmith.server.features.records import HEAD_BYTES, Place, Reader, Row, Unreadable, detect_layout, open_reader
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.errors import Invalid, TooLarge

MOST_PIECES = 2_000
MOST_TIMES_LARGER = 200
ALWAYS_FINE_BYTES = 100 << 20
MOST_SETTINGS_BYTES = 4 << 20
_WANTED = {".json", ".jsonl", ".ndjson", ".xml", ".yaml", ".yml", ".parquet", ".txt"}
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """One file: its name inside the archive, where it lies, its size."""

    name: str
    key: str
    size: int

    @property
    def base(self) -> str:
        """The name without folders."""
        return PurePosixPath(self.name).name

    @property
    def folder(self) -> str:
        """The name of the innermost folder, empty at the top."""
        return PurePosixPath(self.name).parent.name


def pieces_of(blobs: Blobs, prefix: str, filename: str) -> list[Piece]:
    """The pieces of the file that was sent as `<prefix>/sent`."""
    key = f"{prefix}/sent"
    with blobs.read(key) as file:
        head = file.read(4)
    if head != b"PK\x03\x04":
        return [Piece(filename, key, blobs.size(key))]
    try:
        with blobs.read(key) as file, zipfile.ZipFile(file) as archive:
            return _unpack(archive, blobs, prefix, blobs.size(key))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Invalid(f"The ZIP archive cannot be read: {error}. Make it again, without a password.") from None


def read_rows(blobs: Blobs, piece: Piece) -> Reader:
    """A reader of the piece's rows; `Unreadable` where it has none."""
    with blobs.read(piece.key) as file:
        layout = detect_layout(file.read(HEAD_BYTES), piece.name)
    return open_reader(blobs.read(piece.key), piece.size, layout.format, layout.delimiter)


def first_rows(blobs: Blobs, piece: Piece, limit: int = 5) -> list[Row]:
    """The first rows that can be read; none where the piece has no rows."""
    try:
        reader = read_rows(blobs, piece)
    except Unreadable:
        return []
    try:
        return [row for row in reader.read(Place(), limit).rows if row.fault is None]
    except Unreadable:
        return []
    finally:
        reader.close()


def text_of(blobs: Blobs, piece: Piece) -> str:
    """A small piece as text."""
    if piece.size > MOST_SETTINGS_BYTES:
        raise Invalid(f"'{piece.name}' is too large for a file of settings.")
    with blobs.read(piece.key) as file:
        return file.read().decode("utf-8-sig", "replace")


def _unpack(archive: zipfile.ZipFile, blobs: Blobs, prefix: str, packed_bytes: int) -> list[Piece]:
    members = [one for one in archive.infolist() if _is_wanted(one)]
    if len(members) > MOST_PIECES:
        raise TooLarge(f"The archive holds {len(members):,} files; at most {MOST_PIECES:,} are accepted.")
    left = max(ALWAYS_FINE_BYTES, packed_bytes * MOST_TIMES_LARGER)
    pieces = []
    for number, member in enumerate(members):
        key, size = f"{prefix}/piece-{number:05d}", 0
        with archive.open(member) as packed, blobs.write(key) as file:
            while block := packed.read(_BLOCK):
                size += len(block)
                if size > left:
                    raise TooLarge(
                        "The archive unpacks to far more than it should. Send the files inside it one by one."
                    )
                file.write(block)
        left -= size
        pieces.append(Piece(member.filename, key, size))
    if not pieces:
        raise Invalid("The archive holds no file that an annotation tool writes (JSON, JSONL, XML, YAML, Parquet).")
    return pieces


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    is_ours = path.suffix.lower() in _WANTED and not path.name.startswith("._")
    return is_ours and not member.is_dir() and "__MACOSX" not in path.parts
