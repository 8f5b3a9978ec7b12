"""Files by key in a folder or an object store, through one fsspec URL."""

import errno
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO

from fsspec.core import url_to_fs

from goldsmith.server.foundation.errors import Unavailable

_KEY = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")
_UNFINISHED = re.compile(r"\.[0-9a-f]{12}$")
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Blobs:
    """A flat space of named files; names are made by us, never taken from a user."""

    def __init__(self, url: str) -> None:
        self._fs, self._root = url_to_fs(url)

    def path(self, key: str) -> str:
        """The full path of a key inside the store."""
        if not _KEY.fullmatch(key) or ".." in key:
            raise ValueError(f"not a blob key: {key!r}")
        return f"{self._root}/{key}"

    @contextmanager
    def write(self, key: str) -> Iterator[IO[bytes]]:
        """A file that appears under `key` only when the block ends without an error."""
        path = self.path(key)
        unfinished = f"{path}.{secrets.token_hex(6)}"
        with _telling_no_room():
            self._fs.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
            try:
                with self._fs.open(unfinished, "wb") as file:
                    yield file
            except BaseException:
                if self._fs.exists(unfinished):
                    self._fs.rm(unfinished)
                raise
            self._fs.mv(unfinished, path)

    def append_file(self, key: str) -> IO[bytes]:
        """Open a file for plain writing, visible at once; for logs that grow step by step."""
        path = self.path(key)
        self._fs.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        return self._fs.open(path, "wb")

    def read(self, key: str) -> IO[bytes]:
        """Open a file for reading."""
        return self._fs.open(self.path(key), "rb")

    def exists(self, key: str) -> bool:
        """Whether a file stands under `key`."""
        return self._fs.exists(self.path(key))

    def size(self, key: str) -> int:
        """The file's length in bytes."""
        return self._fs.size(self.path(key))

    def keys(self, prefix: str) -> list[str]:
        """The keys below a prefix, sorted."""
        root = self.path(prefix)
        found = self._fs.find(root) if self._fs.exists(root) else []
        return sorted(f"{prefix}{path[path.index(root) + len(root) :]}" for path in found)

    def every_key(self) -> list[str]:
        """The key of every finished file, sorted."""
        found = self._fs.find(self._root) if self._fs.exists(self._root) else []
        root = self._root.rstrip("/")
        keys = (path[path.index(root) + len(root) + 1 :] for path in found)
        return sorted(key for key in keys if _KEY.fullmatch(key) and not _UNFINISHED.search(key))

    def is_unfinished(self, key: str) -> bool:
        """Whether this is a file that `write` has not ended yet, or never will."""
        return bool(_UNFINISHED.search(key))

    def written_at(self, key: str) -> datetime | None:
        """When the file was last written to; None if it is gone meanwhile."""
        try:
            at = self._fs.modified(self.path(key))
        except FileNotFoundError:
            return None
        return at if at.tzinfo else at.replace(tzinfo=UTC)

    def remove(self, key: str) -> None:
        """Delete a file or everything below a prefix; a missing one is fine."""
        path = self.path(key)
        if self._fs.exists(path):
            self._fs.rm(path, recursive=True)


@contextmanager
def _telling_no_room() -> Iterator[None]:
    """A full disk passes, as a full database does: it is told in words and may be tried again."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise Unavailable(
            "The disk is full on which files are kept, so the file was not stored. Make room there; then try again."
        ) from error


def open_blobs(url: str) -> Blobs:
    """The blob store at an fsspec URL such as `file:///srv/goldsmith` or `s3://bucket/prefix`."""
    return Blobs(url)


__all__ = ["Blobs", "open_blobs"]
