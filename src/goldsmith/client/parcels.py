"""Files of other annotation tools: looked through on the server, then made into a project."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from goldsmith.client.errors import NotFound
from goldsmith.client.jobs import Job, OnProgress, Progress
from goldsmith.client.projects import Project
from goldsmith.client.steps import Handle, Mode, Resource, Shape, Steps, deed

TOOLS = ("label_studio", "argilla", "doccano", "prodigy", "potato")


class Contents(Shape):
    """How much of what a file holds."""

    records: int = 0
    answers: int = 0
    skipped: int = 0
    drafts: int = 0
    suggestions: int = 0
    people: int = 0
    overlap: int = 1


class Stranger(Shape):
    """A person of the other tool; whoever is no member becomes an inactive placeholder."""

    key: str
    name: str | None = None
    email: str | None = None
    answers: int = 0
    is_member: bool = False


class LeftBehind(Shape):
    """Something that cannot be carried, how often, and the first example."""

    reason: str
    count: int
    example: str = ""


class Parcel(Handle[Mode]):
    """A file that lies on the server: what a project made from it will hold, and what stays behind."""

    id: int
    filename: str
    tool: str
    tool_title: str
    contents: Contents = Contents()
    fields: Sequence[dict[str, Any]] = ()
    questions: Sequence[dict[str, Any]] = ()
    people: Sequence[Stranger] = ()
    left_behind: Sequence[LeftBehind] = ()

    @deed
    def bring(
        self,
        name: str,
        *,
        description: str = "",
        overlap: int | None = None,
        wait: bool = True,
        on_progress: OnProgress | None = None,
    ) -> Steps["tuple[Project[Mode], Job[Mode]]"]:
        """Make a project of it: (project, job). The job tells how much came, and its rejects what did not."""
        told = {"name": name, "description": description, "overlap": overlap}
        body = {key: value for key, value in told.items() if value is not None}
        brought = yield from self._ask("POST", f"/parcels/{self.id}/project", _Brought, json=body)
        at = f"/projects/{brought.project_id}"
        job = yield from self._ask("GET", f"{at}/jobs/{brought.job.id}", Job)
        if wait:
            yield from Job.wait.steps(job, on_progress)
        return (yield from self._ask("GET", at, Project)), job


class Parcels(Resource[Mode]):
    """Projects of other tools."""

    @deed
    def send(
        self, path: str | Path, *, tool: str | None = None, on_progress: OnProgress | None = None
    ) -> Steps[Parcel[Mode]]:
        """Send an export of Label Studio, Argilla, doccano, Prodigy or Potato; nothing is created yet.

        Several files of one project (data and configuration, a file for each person) go into one ZIP archive.
        """
        file = Path(path)
        if not file.is_file():
            raise NotFound(f"Expected a file at '{file}', and there is none.", title="No such file")
        tell = on_progress and (lambda done, total: on_progress(Progress(done=done, total=total, unit="bytes")))
        params = {"filename": file.name, "tool": tool}
        return (yield from self._ask("POST", "/parcels", Parcel, params=params, source=file, on_bytes=tell))

    @deed
    def get(self, parcel_id: int) -> Steps[Parcel[Mode]]:
        """A file that was sent."""
        return (yield from self._ask("GET", f"/parcels/{parcel_id}", Parcel))


class _JobRef(Shape):
    id: int


class _Brought(Shape):
    project_id: int
    job: _JobRef
