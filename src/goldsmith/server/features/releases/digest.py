"""The hash and length of a stream, taken as it passes."""

import hashlib
from collections.abc import Iterable, Iterator


class Digest:
    """SHA-256 over everything that passed through `watch`."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.length = 0

    def watch(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """The same blocks, counted."""
        for block in blocks:
            self._hash.update(block)
            self.length += len(block)
            yield block

    def drain(self, blocks: Iterable[bytes]) -> None:
        """Only count."""
        for _ in self.watch(blocks):
            pass

    @property
    def sha256(self) -> str:
        """The hash so far, in hexadecimal."""
        return self._hash.hexdigest()
