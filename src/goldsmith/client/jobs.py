"""Long work on the server: imports and releases being built."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from goldsmith.client.errors import JobFailed
from goldsmith.client.files import saving
from goldsmith.client.steps import Call, Handle, Mode, Page, Pause, Resource, Shape, Steps, deed, listing

FIRST_LOOK_S, SLOWEST_LOOK_S = 0.1, 2.0


class Progress(Shape):
    """How far something is: `done` of `total` (null while unknown), in `unit`."""

    done: int = 0
    total: int | None = None
    unit: str = "rows"


OnProgress = Callable[[Progress], None]
"""Called whenever the progress is known anew."""


class Job(Handle[Mode]):
    """One piece of long work. `wait()` returns when it has ended; it goes on whether anybody waits or not."""

    id: int
    kind: str
    title: str | None = None
    state: str
    progress: Progress = Progress()
    result: dict[str, Any] | None = None
    error: str | None = None
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {"done", "failed", "cancelled"}

    @deed
    def wait(self, on_progress: OnProgress | None = None) -> Steps["Job[Mode]"]:
        """Wait for the end; raises `JobFailed` if the job failed or was cancelled."""
        pause = FIRST_LOOK_S
        while True:
            if on_progress:
                on_progress(self.progress)
            if self.has_ended:
                break
            yield Pause(pause)
            pause = min(SLOWEST_LOOK_S, pause * 1.5)
            yield from self._look("GET", "")
        if self.state != "done":
            raise JobFailed(self.error or f"Job {self.id} was {self.state}. Look at it under Jobs.", job=self)
        return self

    @deed
    def refresh(self) -> Steps["Job[Mode]"]:
        """Look again."""
        return (yield from self._look("GET", ""))

    @deed
    def cancel(self) -> Steps["Job[Mode]"]:
        """Ask the job to stop, your own or as a manager anybody's; what it has committed stays."""
        return (yield from self._look("POST", "/cancel"))

    @deed
    def resume(self) -> Steps["Job[Mode]"]:
        """Let a cancelled or failed job go on where it stopped."""
        return (yield from self._look("POST", "/resume"))

    @deed
    def download_rejects(self, path: str | Path) -> Steps[Path]:
        """Save the rows that could not be accepted as CSV: line, reason, row."""
        with saving(path) as file:
            yield from self._do("GET", f"{self._at}/rejects", sink=file)
        return Path(path)

    @property
    def _at(self) -> str:
        return f"{self._project_path}/jobs/{self.id}"

    def _look(self, method: str, more: str) -> Steps["Job[Mode]"]:
        return self._renew((yield from self._ask(method, self._at + more, Job, is_repeatable=True)))


class Jobs(Resource[Mode]):
    """The jobs of a project."""

    @listing
    def list(self, page_size: int = 100) -> Call[Page[Job[Mode]]]:
        """Every job, newest first."""
        return Call("GET", self._at, Page[Job], {"limit": page_size})

    @deed
    def get(self, job_id: int) -> Steps[Job[Mode]]:
        """One job."""
        return (yield from self._ask("GET", f"{self._at}/{job_id}", Job))
