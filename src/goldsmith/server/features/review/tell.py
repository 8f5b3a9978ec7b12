"""Tell people what a reviewer made of their answers: sent back, or changed; what was let stand is not told. And tell
reviewers what somebody wants them to look at.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

from goldsmith.server.features.accounts import (
    About,
    News,
    NoticeKind,
    Role,
    Who,
    list_members,
    notify,
    take_back_notices,
)
from goldsmith.server.features.assignment import Stage, find_task
from goldsmith.server.features.projects import Judging

_KINDS = (NoticeKind.SENT_BACK, NoticeKind.FIXED)


def tell_sent_back(
    tx: Connection, who: Who, rules: Judging, record_id: int, decision_id: int, *, reason: str, to: Iterable[int]
) -> None:
    """Their work lies with them again, for this reason."""
    _tell(tx, who, rules, NoticeKind.SENT_BACK, record_id, decision_id, reason, to)


def tell_fixed(
    tx: Connection, who: Who, rules: Judging, record_id: int, decision_id: int, *, reason: str, to: Iterable[int]
) -> None:
    """A reviewer has put another answer in the place of theirs, for this reason."""
    _tell(tx, who, rules, NoticeKind.FIXED, record_id, decision_id, reason, to)


def tell_flagged(tx: Connection, who: Who, rules: Judging, record_id: int, *, reason: str) -> None:
    """An annotator wants an expert to look: reviewers are told, and managers where there is no reviewer."""
    members = list_members(tx, who)
    experts = [one.id for one in members if one.role is Role.REVIEWER]
    experts = experts or [one.id for one in members if one.role is Role.MANAGER]
    case = find_task(tx, record_id, Stage.ADJUDICATE)
    about = About(record_id=record_id, task_id=case.id if case else None)
    by = "An annotator" if rules.policy.blind else None
    notify(tx, who, News(NoticeKind.FLAGGED, _flag_key(who, record_id), reason, about, by), to=experts)


def unsay_flag(tx: Connection, who: Who, record_id: int) -> None:
    """The flag was taken back: nobody is to read of it any more."""
    take_back_notices(tx, [_flag_key(who, record_id)])


def unsay(tx: Connection, decision_id: int) -> None:
    """The decision was taken back, or another one made: nobody is to read of it any more."""
    take_back_notices(tx, [_key(kind, decision_id) for kind in _KINDS])


def _tell(
    tx: Connection, who: Who, rules: Judging, kind: NoticeKind, record_id: int, decision_id: int, reason: str,
    to: Iterable[int],
) -> None:  # fmt: skip
    task = find_task(tx, record_id, Stage.ANNOTATE)
    assert task is not None, "a record with answers has a task"
    by = "A reviewer" if rules.policy.blind else None
    about = About(record_id=record_id, task_id=task.id)
    notify(tx, who, News(kind, key=_key(kind, decision_id), words=reason, about=about, actor_as=by), to=to)


def _flag_key(who: Who, record_id: int) -> str:
    return f"{NoticeKind.FLAGGED}:{record_id}:{who.person_id}"


def _key(kind: NoticeKind, decision_id: int) -> str:
    return f"{kind}:{decision_id}"
