"""Re-labelling: another accepted answer to one question on many records at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from goldsmith.client.accounts import PersonRef
from goldsmith.client.course import Course
from goldsmith.client.deletions import which_records
from goldsmith.client.steps import Handle, Mode, Resource, Shape, Steps, deed

Value: TypeAlias = str | int | None


class RelabelExample(Shape):
    """A record whose accepted answer would change."""

    record_id: int
    external_id: str
    excerpt: str = ""
    before: Any = None
    after: Any = None


class RelabelPreview(Shape):
    """What re-labelling would change, and what it would leave alone, by why."""

    count: int
    left: dict[str, int] = {}
    examples: list[RelabelExample] = []
    undo_until: datetime | None = None


class Relabelling(Handle[Mode]):
    """Records that were given another answer together: `restore()` gives back what stood before."""

    id: int
    change: dict[str, Any]
    reason: str
    count: int
    made_by: PersonRef | None = None
    made_at: datetime
    undone_at: datetime | None = None
    course: Course | None = None

    @deed
    def refresh(self) -> Steps["Relabelling[Mode]"]:
        """Look again how far it has come."""
        return self._renew((yield from self._ask("GET", self._at, Relabelling)))

    @deed
    def restore(self) -> Steps["Relabelling[Mode]"]:
        """Give the records back what stood before, but for those decided anew since; many by a job
        (`course.job_id`)."""
        return self._renew((yield from self._ask("POST", f"{self._at}/undo", Relabelling)))

    @property
    def _at(self) -> str:
        return f"{self._project_path}/relabellings/{self.id}"


class Relabellings(Resource[Mode]):
    """Give many records another accepted answer to one question.

    `old` gives way to `new`. Without `old`, a label or a rating is changed whatever it is, and to several labels `new`
    is added; without `new`, the `old` one is dropped from several labels. Records are named by their own ids or by a
    filter, as for `project.deletions`.
    """

    @deed
    def preview(
        self,
        question: str,
        *,
        old: Value = None,
        new: Value = None,
        external_ids: Sequence[str] | None = None,
        filter: Mapping[str, Any] | None = None,
    ) -> Steps[RelabelPreview]:
        """Which accepted answers would change; nothing is changed."""
        body = _asked(question, old, new, external_ids, filter)
        return (yield from self._ask("POST", f"{self._at}/preview", RelabelPreview, json=body, is_repeatable=True))

    @deed
    def create(
        self,
        question: str,
        reason: str,
        *,
        old: Value = None,
        new: Value = None,
        external_ids: Sequence[str] | None = None,
        filter: Mapping[str, Any] | None = None,
        expected: int | None = None,
    ) -> Steps[Relabelling[Mode]]:
        """Decide anew about each record that has an accepted answer, with this reason.

        More than 1,000 become a job: `project.jobs.get(relabelling.course.job_id).wait()` returns when it has ended.
        With `expected`, another number of records than that refuses it.
        """
        body = _asked(question, old, new, external_ids, filter) | {"reason": reason}
        if expected is not None:
            body["expected"] = expected
        return (yield from self._ask("POST", self._at, Relabelling, json=body))

    @deed
    def get(self, relabelling_id: int) -> Steps[Relabelling[Mode]]:
        """One re-labelling, with how far it has come."""
        return (yield from self._ask("GET", f"{self._at}/{relabelling_id}", Relabelling))


def _asked(
    question: str, old: Value, new: Value, external_ids: Sequence[str] | None, filter: Mapping[str, Any] | None
) -> dict[str, Any]:
    change = {"question": question, "old": old, "new": new}
    return {"which": which_records(external_ids, filter), "change": change}
