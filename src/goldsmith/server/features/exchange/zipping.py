"""An archive that is sent while it is written: nothing is kept but what was not sent yet."""

import zipfile
from collections.abc import Iterator
from typing import IO

_BLOCK = 1 << 18


class _Outlet:
    """A file that can only be written; what was written is taken from it."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        self._held += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        data = bytes(self._held)
        self._held.clear()
        return data


class ZipStream:
    """Members one after the other; every method yields the bytes that are ready."""

    def __init__(self) -> None:
        self._outlet = _Outlet()
        self._zip = zipfile.ZipFile(self._outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=1)  # type: ignore[arg-type]
        self._open: IO[bytes] | None = None

    def begin(self, name: str) -> Iterator[bytes]:
        """Start a member that comes in portions; `add` and `end` it."""
        self._open = self._zip.open(_member(name), "w", force_zip64=True)
        yield self._outlet.taken()

    def add(self, data: bytes) -> Iterator[bytes]:
        """A portion of the member."""
        assert self._open is not None, "begin a member first"
        self._open.write(data)
        yield self._outlet.taken()

    def end(self) -> Iterator[bytes]:
        """End the member."""
        assert self._open is not None, "begin a member first"
        self._open.close()
        yield self._outlet.taken()

    def whole(self, name: str, content: bytes) -> Iterator[bytes]:
        """A member at once."""
        self._zip.writestr(_member(name), content)
        yield self._outlet.taken()

    def copied(self, name: str, file: IO[bytes]) -> Iterator[bytes]:
        """A member from a file."""
        yield from self.begin(name)
        while block := file.read(_BLOCK):
            yield from self.add(block)
        yield from self.end()

    def close(self) -> Iterator[bytes]:
        """The archive's table of contents."""
        self._zip.close()
        yield self._outlet.taken()


def _member(name: str) -> zipfile.ZipInfo:
    """A compressed member without a moment, so that the same project gives the same archive."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member
