"""What a dry run has met so far, so that it tells doubles within the file as the real import would.

Kept in a private temporary database on disk, which vanishes with the process: a file of any size costs little memory.
"""

import sqlite3
from collections.abc import Sequence

from goldsmith.server.features.records.drafts import Draft

_AT_ONCE = 500


class Seen:
    """External ids with the content hash they first came with."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode=OFF")
        self._database.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, hash TEXT NOT NULL) WITHOUT ROWID")
        self._rows_before = -1
        self._answer: dict[str, str] = {}

    def before(self, rows_before: int, drafts: Sequence[Draft]) -> dict[str, str]:
        """The hashes of those drafts that came before this chunk; asked again about a chunk, it answers the same."""
        if rows_before != self._rows_before:
            self._answer = self._hashes_of([one.external_id for one in drafts])
            self._rows_before = rows_before
            self._database.execute("BEGIN")
            self._database.executemany(
                "INSERT OR IGNORE INTO seen VALUES (?, ?)", [(one.external_id, one.hash) for one in drafts]
            )
            self._database.execute("COMMIT")
        return self._answer

    def close(self) -> None:
        """Forget everything."""
        self._database.close()

    def _hashes_of(self, ids: list[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for start in range(0, len(ids), _AT_ONCE):
            portion = ids[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(portion))
            found.update(self._database.execute(f"SELECT id, hash FROM seen WHERE id IN ({marks})", portion))
        return found
