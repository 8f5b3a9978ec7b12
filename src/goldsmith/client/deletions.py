"""Deleting records: hidden at once, restored while there is time, erased for good."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from goldsmith.client.accounts import PersonRef
from goldsmith.client.course import Course
from goldsmith.client.steps import Call, Handle, Mode, Page, Resource, Shape, Steps, deed, listing


class QuotingEdgeCase(Shape):
    """An edge case of the guideline that was made from a record: it stays when the record is erased."""

    anchor: str
    title: str = ""
    external_id: str


class DeletionPreview(Shape):
    """What a deletion would hide."""

    records: int
    holdout: int = 0
    sample: list[str] = []
    erase_after: datetime | None = None
    edge_cases: list[QuotingEdgeCase] = []


class Deletion(Handle[Mode]):
    """Records that were deleted together: `restore()` them until `erase_after`, or `erase()` them now."""

    id: int
    reason: str
    records: int
    deleted_by: PersonRef | None = None
    deleted_at: datetime
    erase_after: datetime
    restored_at: datetime | None = None
    erased_at: datetime | None = None
    course: Course | None = None

    @deed
    def refresh(self) -> Steps["Deletion[Mode]"]:
        """Look again how far it has come."""
        return self._renew((yield from self._ask("GET", self._at, Deletion)))

    @deed
    def restore(self) -> Steps["Deletion[Mode]"]:
        """Bring the records back as they were; many by a job (`course.job_id`)."""
        return self._renew((yield from self._ask("POST", f"{self._at}/restore", Deletion)))

    @deed
    def erase(self) -> Steps["Deletion[Mode]"]:
        """Erase their texts, and the answers that may quote them, now. This cannot be undone; owners only."""
        return self._renew((yield from self._ask("POST", f"{self._at}/erase", Deletion, is_repeatable=True)))

    @property
    def _at(self) -> str:
        return f"{self._project_path}/deletions/{self.id}"


class Deletions(Resource[Mode]):
    """What was deleted from a project, and the way to delete more."""

    @deed
    def preview(
        self, *, external_ids: Sequence[str] | None = None, filter: Mapping[str, Any] | None = None
    ) -> Steps[DeletionPreview]:
        """How many records a deletion would hide; nothing is changed."""
        body = which_records(external_ids, filter)
        return (yield from self._ask("POST", f"{self._at}/preview", DeletionPreview, json=body, is_repeatable=True))

    @deed
    def create(
        self,
        reason: str,
        *,
        external_ids: Sequence[str] | None = None,
        filter: Mapping[str, Any] | None = None,
        expected: int | None = None,
    ) -> Steps[Deletion[Mode]]:
        """Delete records by their own ids, or all that fit a filter: `q`, `state`, `facet`, `open_comments`,
        `answer`, `given`, `annotator`, `answered_from` and `answered_until`, as `GET /records` takes them.

        More than 1,000 become a job: `project.jobs.get(deletion.course.job_id).wait()` returns when it has ended.
        With `expected`, another number of records than that refuses the deletion.
        """
        body: dict[str, Any] = {"which": which_records(external_ids, filter), "reason": reason}
        if expected is not None:
            body["expected"] = expected
        return (yield from self._ask("POST", self._at, Deletion, json=body))

    @listing
    def list(self, page_size: int = 100) -> Call[Page[Deletion[Mode]]]:
        """What was deleted, newest first."""
        return Call("GET", self._at, Page[Deletion], {"limit": page_size})


def which_records(external_ids: Sequence[str] | None, filter: Mapping[str, Any] | None) -> dict[str, Any]:
    """Some records, by their own ids or by a filter, as the server takes it."""
    named = {"external_ids": list(external_ids)} if external_ids is not None else {}
    return named | ({"filter": dict(filter)} if filter is not None else {})
