"""Durable work: jobs that survive the death of the process that runs them. Knows no feature."""

from goldsmith.server.pipelines.asking import cancel, enqueue, read_job, resume
from goldsmith.server.pipelines.carrying import carry_out
from goldsmith.server.pipelines.domain import (
    TITLE,
    Advance,
    Job,
    JobEnded,
    JobState,
    Kind,
    Kinds,
    Position,
    Step,
    Workbench,
)
from goldsmith.server.pipelines.drain import drain
from goldsmith.server.pipelines.rejects import has_rejects, kept_rejects, read_rejects, remove_rejects, write_rejects
from goldsmith.server.pipelines.schemas import Job as JobView
from goldsmith.server.pipelines.schemas import as_wire
from goldsmith.server.pipelines.sizing import Sizing
from goldsmith.server.pipelines.store import (
    ended_in,
    ended_jobs,
    errors_of,
    has_unfinished,
    list_jobs,
    payloads_of_unfinished,
)
from goldsmith.server.pipelines.waking import wake_worker

__all__ = [
    "TITLE",
    "Advance",
    "Job",
    "JobEnded",
    "JobState",
    "JobView",
    "Kind",
    "Kinds",
    "Position",
    "Sizing",
    "Step",
    "Workbench",
    "as_wire",
    "cancel",
    "carry_out",
    "drain",
    "ended_in",
    "ended_jobs",
    "enqueue",
    "errors_of",
    "has_rejects",
    "has_unfinished",
    "kept_rejects",
    "list_jobs",
    "payloads_of_unfinished",
    "read_job",
    "read_rejects",
    "remove_rejects",
    "resume",
    "wake_worker",
    "write_rejects",
]
