"""Pack what a tool's writer makes into an archive, block by block: its settings, its records, then its further files.

The records go straight into the archive; what a tool keeps in further files is put aside and follows. Nothing grows
with the number of records but files on disk.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import IO, Any

import msgspec

from goldsmith.server.features.exchange.tools import Outgoing, Writing
from goldsmith.server.features.exchange.zipping import ZipStream
from goldsmith.server.foundation.errors import TooLarge

MOST_FILES = 800
LEFT_BEHIND = "left-behind.json"
_encode = msgspec.json.Encoder(enc_hook=str).encode


def packed(writing: Writing, portions: Iterable[Sequence[Outgoing]]) -> Iterator[bytes]:
    """The archive; its last file counts what the tool has no place for, if anything."""
    with ExitStack() as open_things:
        yield from _Packer(writing, open_things).blocks(portions)


class _Packer:
    def __init__(self, writing: Writing, open_things: ExitStack) -> None:
        self._writing, self._open_things = writing, open_things
        self._zip = ZipStream()
        self._main, *others = writing.files
        self._aside: dict[str, IO[bytes]] = {}
        self._begun: set[str] = set()
        for name in others:
            self._put_aside(name)

    def blocks(self, portions: Iterable[Sequence[Outgoing]]) -> Iterator[bytes]:
        for name, content in self._writing.settings().items():
            yield from self._zip.whole(name, content)
        yield from self._zip.begin(self._main)
        for portion in portions:
            rows = [row for entry in portion for row in self._writing.rows(entry)]
            yield from self._zip.add(b"".join(self._lines(self._main, rows)))
            for name in {name for name, _ in rows} - self._aside.keys() - {self._main}:
                self._put_aside(name)
            for name, file in self._aside.items():
                file.write(b"".join(self._lines(name, rows)))
        yield from self._zip.add(self._closing(self._main))
        yield from self._zip.end()
        for name, file in sorted(self._aside.items()):
            file.write(self._closing(name))
            file.seek(0)
            yield from self._zip.copied(name, file)
        if lost := {reason: n for reason, n in sorted(self._writing.losses.items()) if n}:
            yield from self._zip.whole(LEFT_BEHIND, msgspec.json.format(_encode(lost), indent=2) + b"\n")
        yield from self._zip.close()

    def _put_aside(self, name: str) -> None:
        """Keep a file for later; one that a writer names only as it goes on has a row in each line."""
        if len(self._aside) >= MOST_FILES:
            raise TooLarge(f"The tool wants a file for each person, and there are more than {MOST_FILES}.")
        self._aside[name] = self._open_things.enter_context(tempfile.TemporaryFile())  # noqa: SIM115

    def _lines(self, name: str, rows: Sequence[tuple[str, Any]]) -> Iterator[bytes]:
        is_array = self._writing.files.get(name) == "array"
        for file, row in rows:
            if file != name:
                continue
            if is_array:
                yield b",\n" if name in self._begun else b"[\n"
            self._begun.add(name)
            yield _encode(row) if is_array else _encode(row) + b"\n"

    def _closing(self, name: str) -> bytes:
        if self._writing.files.get(name) != "array":
            return b""
        return b"\n]\n" if name in self._begun else b"[]\n"
