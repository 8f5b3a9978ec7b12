"""What a release is: the states it passes, why a record stays out, and how people in it are named."""

import base64
import hashlib
import hmac
import secrets
from enum import StrEnum


class ReleaseState(StrEnum):
    """A release is built once and never changes afterwards."""

    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Excluded(StrEnum):
    """Why a record of the project is not in the release; the first reason that holds counts."""

    HOLDOUT = "holdout"
    UNRESOLVED = "unresolved"
    METHOD = "method"
    FACET = "facet"
    CHANGED = "changed_during_build"
    SEALED_COPY = "copy_of_holdout"
    NEAR_SEALED = "near_duplicate_of_holdout"


def new_salt() -> str:
    """A secret of one release, so that its pseudonyms tell nothing about those of another."""
    return secrets.token_hex(32)


class Pseudonyms:
    """Names for people inside one release: stable in it, unlinkable to the person without the release's salt."""

    def __init__(self, salt: str) -> None:
        self._salt = salt.encode()
        self._known: dict[int, str] = {}

    def of(self, person_id: int) -> str:
        """The person's name in this release, such as `person-k3v2q7hd5m`."""
        name = self._known.get(person_id)
        if name is None:
            digest = hmac.new(self._salt, str(person_id).encode(), hashlib.sha256).digest()
            name = self._known[person_id] = "person-" + base64.b32encode(digest)[:12].decode().lower()
        return name
