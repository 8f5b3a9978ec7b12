"""The chain: each entry's hash covers everything the entry says, its place, and the hash before it.

    hash(0) = SHA-256("goldsmith audit trail of workspace 1")
    hash(n) = SHA-256(hash(n - 1), a newline, the entry as canonical JSON)

Hashes are written as 64 hexadecimal digits. Canonical JSON has sorted keys, no blanks, no escapes but those that JSON
demands, in UTF-8. Whoever has an export and these four lines can verify it without Goldsmith.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

FIELDS = (
    "workspace_id", "position", "id", "at", "person_id", "key_id", "project_id", "action", "subject", "details",
)  # fmt: skip


def genesis(workspace_id: int) -> str:
    """The hash before the first entry."""
    return sha256(f"goldsmith audit trail of workspace {workspace_id}".encode()).hexdigest()


def link(previous: str, entry: Mapping[str, Any]) -> str:
    """The hash of an entry that follows the one whose hash is `previous`."""
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(f"{previous}\n{text}".encode()).hexdigest()


def entry_of(row: Any, position: int) -> dict[str, Any]:
    """What is hashed of a stored row, standing at this position."""
    told = {name: getattr(row, name) for name in FIELDS if name != "position"}
    return told | {"position": position, "at": moment(row.at)}


def moment(at: datetime) -> str:
    """A time in UTC, to the microsecond."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
