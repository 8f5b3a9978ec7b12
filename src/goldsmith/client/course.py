"""How far a bulk action has come: done stretch by stretch, and taken back so."""

from goldsmith.client.steps import Shape


class Course(Shape):
    """`state` is doing, done, undoing, undone or stopped; `project.jobs.get(job_id)` is the job at work."""

    state: str
    job_id: int | None = None
    total: int
    changed: int
    left: dict[str, int] = {}
    returned: int = 0
    kept: dict[str, int] = {}
