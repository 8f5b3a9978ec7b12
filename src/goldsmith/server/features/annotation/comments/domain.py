"""The rules of comments: what they hang on, who reads what, and how people are named in them.

Under blind judging an annotator must not learn from a comment what somebody else answered. So an annotator reads what
they wrote themselves, and what people who review wrote in their threads or to them by name; never a word of another
annotator. The role in which a comment was written counts, not the role its author has today.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from goldsmith.server.features.accounts import GRANTS, Permission, Role, Who

BODY_CHARACTERS = 4_000
MOST_MENTIONS = 20
MOST_COMMENTS = 200
MOST_THREADS = 500
QUOTE_CHARACTERS = 2_000


class Place(StrEnum):
    """What a thread hangs on."""

    RECORD = "record"
    ANSWER = "answer"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Reader:
    """From where somebody looks at comments. `is_blind`: annotators' words and names are kept from them."""

    person_id: int
    role: Role | None
    is_blind: bool

    @property
    def is_annotator(self) -> bool:
        """Whether this is somebody who judges, and not somebody who sees every judgement anyway."""
        return self.role is Role.ANNOTATOR

    @property
    def knows_names(self) -> bool:
        """Whether people who judged the record are called by name."""
        return not self.is_blind or self.role in GRANTS[Permission.MANAGE]


def may(who: Who, permission: Permission) -> bool:
    """Whether the caller's role, and key, give this permission too."""
    return who.role in GRANTS[permission] and (who.scopes is None or permission in who.scopes)


def may_read(reader: Reader, thread: Any, comment: Any, mentioned: Collection[int]) -> bool:
    """Whether the reader may know of this comment."""
    if not (reader.is_annotator and reader.is_blind) or comment.person_id == reader.person_id:
        return True
    is_addressed = reader.person_id in (thread.partner_id, thread.opened_by) or reader.person_id in mentioned
    return is_addressed and comment.as_role != Role.ANNOTATOR


_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_RESERVED = re.compile(f"[{_OPEN}{_CLOSE}]")


def stored_body(body: str, handles: Mapping[str, int]) -> tuple[str, set[int]]:
    """The text with each `@handle` replaced by a token of the person, and who they are."""
    plain = _RESERVED.sub("", body.strip())
    if not handles:
        return plain, set()
    known = {handle.casefold(): person_id for handle, person_id in handles.items()}
    longest_first = sorted(handles, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w@])@({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    mentioned: set[int] = set()

    def token(found: re.Match[str]) -> str:
        person_id = known.get(found[1].casefold())
        if person_id is None:
            return found[0]
        mentioned.add(person_id)
        return f"{_OPEN}{person_id}{_CLOSE}"

    return pattern.sub(token, plain), mentioned


def shown_body(stored: str, handle_of: Callable[[int], str]) -> str:
    """The text as somebody reads it, with people by the handles that this reader may know."""
    return _TOKEN.sub(lambda found: f"@{handle_of(int(found[1]))}", stored)


def mentioned_in(stored: str) -> list[int]:
    """The people a stored text mentions, each once, in order."""
    return list(dict.fromkeys(int(one) for one in _TOKEN.findall(stored)))


def distinct_handles(named: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Handles that tell people apart: the second of one name becomes `Ada Lovelace (2)`."""
    taken: dict[str, int] = {}
    handles = {}
    for person_id, name in named:
        number = taken[name.casefold()] = taken.get(name.casefold(), 0) + 1
        handles[person_id] = name if number == 1 else f"{name} ({number})"
    return handles
