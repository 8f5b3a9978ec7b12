"""The queue of a project, as the person behind the key sees it: take the next record, answer it, go on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

from goldsmith.client.errors import Invalid
from goldsmith.client.records import Record
from goldsmith.client.steps import Call, Mode, Page, Resource, Shape, Steps, deed, listing

Answers = Mapping[str, Any]
MOST_RESERVED_AT_ONCE = 5000


class Draft(Shape):
    """Answers kept while somebody is still thinking."""

    answers: dict[str, Any] = {}
    active_ms: int = 0


class Item(Shape):
    """A record put before you, with everything needed to judge it."""

    task_id: int
    record: Record
    state: str = "open"
    schema_version: int
    guideline_version: int
    presentation: dict[str, Any] = {}
    lease_expires_at: datetime | None = None
    due_at: datetime | None = None
    reason: str | None = None
    draft: Draft | None = None
    answers: dict[str, Any] | None = None
    revision: int = 0


class Batch(Shape):
    """The next records for you; empty when nothing waits. Iterates over its items."""

    items: list[Item]
    remaining_estimate: int | None = None
    progress: dict[str, Any] = {}

    def __iter__(self) -> Iterator[Item]:  # type: ignore[override]
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


class Receipt(Shape):
    """An answer that is stored and will not be lost."""

    task_id: int
    revision: int
    counted: bool = True


class HistoryEntry(Shape):
    """Something you did in this project."""

    task_id: int
    record_id: int
    external_id: str | None = None
    excerpt: str | None = None
    state: str
    finished_at: datetime | None = None
    active_ms: int | None = None
    revision: int | None = None


T = TypeVar("T")


class Queue(Resource[Mode]):
    """The queue of a project. Tasks are named by an `Item` or its `task_id`."""

    @deed
    def next(self, count: int = 1) -> Steps[Batch]:
        """Have the next records at hand, up to ten; the same ones come again until you finish or release them."""
        body = {"count": count}
        return (yield from self._ask("POST", f"{self._at}/queue/next", Batch, json=body, is_repeatable=True))

    @deed
    def submit(
        self, task: Item | int, answers: Answers, *, notes: Mapping[str, str] | None = None, active_ms: int = 0,
        idempotency_key: str | None = None, schema_version: int | None = None,
    ) -> Steps[Receipt]:  # fmt: skip
        """Answer a record, or revise your answer. Sent again after a broken connection, it counts once.

        `notes` are remarks on single questions, where the schema allows them. An answer to an `Item` is understood by
        the schema that the item was given out under, though another has come since; by `schema_version`, if given.
        """
        body: dict[str, Any] = {
            "answers": dict(answers), "notes": dict(notes or {}), "active_ms": active_ms,
            "idempotency_key": idempotency_key or uuid4().hex,
        }  # fmt: skip
        shown = task.schema_version if isinstance(task, Item) and schema_version is None else schema_version
        versioned = body if shown is None else body | {"schema_version": shown}
        try:
            return (yield from self._on(task, "POST", "answer", Receipt, json=versioned, is_repeatable=True))
        except Invalid as refused:
            if schema_version is not None or not _is_unknown(refused, "/schema_version"):
                raise
        return (yield from self._on(task, "POST", "answer", Receipt, json=body, is_repeatable=True))

    @deed
    def draft(
        self, task: Item | int, answers: Answers, *, notes: Mapping[str, str] | None = None, active_ms: int = 0
    ) -> Steps[None]:
        """Keep unfinished answers, to go on with later or elsewhere."""
        body = {"answers": dict(answers), "notes": dict(notes or {}), "active_ms": active_ms}
        yield from self._on(task, "PUT", "draft", None, json=body)

    @deed
    def skip(self, task: Item | int, reason: str | None = None) -> Steps[None]:
        """Leave a record to others."""
        yield from self._on(task, "POST", "skip", None, json={"reason": reason}, is_repeatable=True)

    @deed
    def flag(self, task: Item | int, reason: str) -> Steps[None]:
        """Ask an expert to look: the record cannot be judged as it is."""
        yield from self._on(task, "POST", "flag", None, json={"reason": reason}, is_repeatable=True)

    @deed
    def undo(self, task: Item | int) -> Steps[Item]:
        """Open what you submitted, skipped or flagged again, with your last answers."""
        return (yield from self._on(task, "POST", "undo", Item))

    @deed
    def get(self, task: Item | int) -> Steps[Item]:
        """One of your tasks."""
        return (yield from self._ask("GET", f"{self._at}/tasks/{_id(task)}", Item))

    @deed
    def renew(self, tasks: Sequence[Item | int]) -> Steps[None]:
        """Keep records longer."""
        body = {"task_ids": [_id(task) for task in tasks]}
        yield from self._do("POST", f"{self._at}/queue/renew", json=body, is_repeatable=True)

    @deed
    def release(self, tasks: Sequence[Item | int]) -> Steps[None]:
        """Give records back unworked."""
        body = {"task_ids": [_id(task) for task in tasks]}
        yield from self._do("POST", f"{self._at}/queue/release", json=body, is_repeatable=True)

    @listing
    def history(self, page_size: int = 100) -> Call[Page[HistoryEntry]]:
        """What you did here, newest first."""
        return Call("GET", f"{self._at}/queue/history", Page[HistoryEntry], {"limit": page_size})

    @deed
    def reserve(self, pairs: Iterable[tuple[str, int]]) -> Steps[int]:
        """Keep records for people, given as (external id, person id); returns how many were. For managers.

        With the policy `reserved_only` nobody else is asked about them.
        """
        every, count = [{"external_id": item, "person_id": person} for item, person in pairs], 0
        for start in range(0, len(every), MOST_RESERVED_AT_ONCE):
            body = {"pairs": every[start : start + MOST_RESERVED_AT_ONCE]}
            answer = yield from self._ask(
                "POST", f"{self._at}/queue/reservations", dict[str, int], json=body, is_repeatable=True
            )
            count += answer["count"]
        return count

    @deed
    def prioritise(self, external_ids: Sequence[str], priority: int) -> Steps[int]:
        """Let records come sooner (above 0) or later (below); returns how many there were. For managers."""
        body = {"external_ids": list(external_ids), "priority": priority}
        path = f"{self._at}/queue/priorities"
        return (yield from self._ask("POST", path, dict[str, int], json=body, is_repeatable=True))["count"]

    def _on(self, task: Item | int, method: str, deed: str, shape: type[T] | None, **more: Any) -> Steps[T]:
        return self._session.exchange(Call(method, f"{self._at}/tasks/{_id(task)}/{deed}", shape, **more))


def _is_unknown(refused: Invalid, pointer: str) -> bool:
    """Whether a server of an earlier version has no such field."""
    return any(fault.pointer == pointer and "no such field" in fault.detail for fault in refused.faults)


def _id(task: Item | int) -> int:
    return task.task_id if isinstance(task, Item) else task
