"""How far a bulk action has come: done stretch by stretch, and taken back so."""

from datetime import datetime

from goldsmith.client.steps import Shape


class Course(Shape):
    """`state` is doing, done, undoing, undone or stopped; `project.jobs.get(job_id)` is the job at work.

    It can be taken back while it is `undoable`: until `undo_until`, at least.
    """

    state: str
    job_id: int | None = None
    total: int
    changed: int
    left: dict[str, int] = {}
    returned: int = 0
    kept: dict[str, int] = {}
    undoable: bool = True
    undo_until: datetime | None = None
