"""The frozen files of a release: numbered parts of gzipped JSON lines in the blob store.

    <prefix>/rows/<position>-<token>.jsonl.gz          the canonical rows
    <prefix>/provenance/<position>-<token>.jsonl.gz    the story of each row, line for line
    <prefix>/comments/<position>-<token>.jsonl.gz      the threads on the rows, in their order
    <prefix>/skipped/<position>-<token>.jsonl.gz       the records left out because they do not fit, and why

A part is named by the record id before its first and by a token of the attempt that wrote it. Which parts count stands
in `release_parts`; what an attempt wrote that died before its transaction is never read. A kind's text is the
concatenation of its parts: how they were cut does not show in it.
"""

import secrets
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO, Any, Literal, Self

from goldsmith.server.foundation.blobs import Blobs

Kind = Literal["rows", "provenance", "comments", "skipped"]
KINDS: tuple[Kind, ...] = ("rows", "provenance", "comments", "skipped")
_COMPRESSION = 1
_GZIP = 31
_READ_BYTES = 1 << 18


@dataclass(frozen=True, slots=True)
class PartName:
    """Which part, and which attempt at it."""

    position: int
    token: str

    @classmethod
    def at(cls, position: int) -> Self:
        """A name for a new attempt at the part that begins after `position`."""
        return cls(position, secrets.token_hex(6))


class PartWriter:
    """Writes one part: lines of each kind as they come, then what they amount to."""

    def __init__(self, blobs: Blobs, prefix: str, part: PartName) -> None:
        self._blobs, self._prefix, self._part = blobs, prefix, part
        self._files: dict[Kind, IO[bytes]] = {}
        self._packers = {kind: zlib.compressobj(_COMPRESSION, wbits=_GZIP) for kind in KINDS}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        for kind in KINDS:
            key = _key(self._prefix, kind, self._part)
            self._files[kind] = self._open.enter_context(self._blobs.write(key))
        return self

    def __exit__(self, *error: Any) -> bool | None:
        if error[0] is None:
            for kind in KINDS:
                self._files[kind].write(self._packers[kind].flush())
        return self._open.__exit__(*error)

    def write(self, kind: Kind, text: bytes) -> None:
        """Append whole lines, each ended by a newline."""
        self._files[kind].write(self._packers[kind].compress(text))


def read_text(blobs: Blobs, prefix: str, kind: Kind, parts: Iterable[PartName]) -> Iterator[bytes]:
    """The text of a kind in blocks of whole lines, unpacked as it is read: memory does not grow with the release."""
    for part in parts:
        with blobs.read(_key(prefix, kind, part)) as file:
            yield from _whole_lines(_unpacked(file))


def sweep(blobs: Blobs, prefix: str, parts: Iterable[PartName]) -> None:
    """Remove the files of attempts that do not count."""
    named = {_key(prefix, kind, part) for kind in KINDS for part in parts}
    for kind in KINDS:
        for key in set(blobs.keys(f"{prefix}/{kind}")) - named:
            blobs.remove(key)


def _unpacked(file: IO[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits=_GZIP)
    while packed := file.read(_READ_BYTES):
        while packed:
            yield unpacker.decompress(packed, _READ_BYTES * 4)
            packed = unpacker.unconsumed_tail
    yield unpacker.flush()
    if not unpacker.eof:
        raise ValueError("a frozen part breaks off: the file is damaged")


def _whole_lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    begun = b""
    for block in blocks:
        end = block.rfind(b"\n") + 1
        if not end:
            begun += block
            continue
        yield begun + block[:end]
        begun = block[end:]
    if begun:
        raise ValueError("a frozen part ends in the middle of a line: the file is damaged")


def _key(prefix: str, kind: Kind, part: PartName) -> str:
    return f"{prefix}/{kind}/{part.position:019d}-{part.token}.jsonl.gz"
