"""The wire shape of jobs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from goldsmith.server.foundation.stored import OrNewer
from goldsmith.server.pipelines import domain
from goldsmith.server.pipelines.domain import TITLE, JobState


class Asker(BaseModel):
    id: int
    name: str


class Progress(BaseModel):
    done: int
    total: int | None = Field(description="An estimate until the job is done; null while unknown.")
    unit: str = Field(examples=["rows"])


class Reversal(BaseModel):
    """What a job has changed, and whether that can be taken back."""

    deed: str = Field(description="`delete_records`, `steer_queue`, `accept_cases` or `relabel_records`.")
    subject_id: int = Field(description="The deletion, the steering, the acceptance or the re-labelling.")
    undoable: bool = Field(description="It is done, or on its way, and can be taken back.")
    undo_until: datetime | None = Field(description="Until then it can be taken back; null where nobody promised.")


class Job(BaseModel):
    """A piece of long work: it survives restarts, can be cancelled, and resumed from where it stopped."""

    id: int
    project_id: int
    kind: str = Field(examples=["import"])
    title: str | None = Field(description="What it works on: the name of a file or a release.", examples=["mails.csv"])
    dry_run: bool = Field(description="It checks everything and writes nothing.")
    state: Annotated[JobState, OrNewer()]
    progress: Progress
    result: dict[str, Any] = Field(examples=[{"created": 200, "unchanged": 0, "rejected": 1}])
    error: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    created_by: Asker
    reversal: Reversal | None = Field(description="Null unless it changes many records at once.")


def as_wire(job: domain.Job, names: Mapping[int, str], reversal: Reversal | None = None) -> Job:
    """A stored job as the API shows it; `names` tells who asked."""
    return Job(
        id=job.id, project_id=job.project_id, kind=job.kind, state=job.state,
        title=job.payload.get(TITLE), dry_run=job.payload.get("dry_run") is True,
        progress=Progress(done=job.progress_done, total=job.progress_total, unit=job.progress_unit),
        result=job.result, error=job.error, created_at=job.created_at, started_at=job.started_at,
        finished_at=job.finished_at, created_by=Asker(id=job.created_by, name=names.get(job.created_by, "")),
        reversal=reversal,
    )  # fmt: skip
