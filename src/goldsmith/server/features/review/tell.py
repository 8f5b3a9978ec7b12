"""Tell people what a reviewer made of their answers: sent back, or changed. What was let stand is not told."""

from collections.abc import Iterable

from sqlalchemy import Connection

from goldsmith.server.features.accounts import About, News, NoticeKind, Who, notify, take_back_notices
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


def _key(kind: NoticeKind, decision_id: int) -> str:
    return f"{kind}:{decision_id}"
