"""Releases: frozen, content-hashed exports."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from goldsmith.client.errors import JobFailed
from goldsmith.client.files import saving
from goldsmith.client.jobs import FIRST_LOOK_S, Job, OnProgress, Progress
from goldsmith.client.steps import Handle, Mode, Pause, Resource, Steps, deed


class Release(Handle[Mode]):
    """One release. `wait()` until it is built; `download()` waits by itself."""

    id: int
    number: int
    name: str
    state: str
    content_hash: str | None = None
    n_rows: int | None = None
    n_excluded: int | None = None
    manifest: dict[str, Any] | None = None
    formats: list[str] = []
    job_id: int | None = None
    created_at: datetime

    @deed
    def wait(self, on_progress: OnProgress | None = None) -> Steps["Release[Mode]"]:
        """Wait until the release is built; raises `JobFailed` if it could not be."""
        return (yield from self._built(on_progress))

    @deed
    def refresh(self) -> Steps["Release[Mode]"]:
        """Look again."""
        return (yield from self._look())

    @deed
    def download(
        self,
        path: str | Path,
        format: str = "jsonl",
        *,
        part: str = "data",
        on_progress: OnProgress | None = None,
    ) -> Steps[Path]:
        """Save the release as a file; `format` is jsonl, csv, parquet, trl_sft or trl_preference.

        `part` may instead be provenance (the story of each row), skipped (rows that do not fit the format, with the
        reason), card (the data card) or manifest. The file appears whole or not at all.
        """
        yield from self._built(on_progress)
        with saving(path) as file:
            yield from self._download(file, format, part, on_progress)
        return Path(path)

    @deed
    def write_to(self, file: IO[bytes], format: str = "jsonl", *, part: str = "data") -> Steps[None]:
        """Write the release into an open binary file, such as a pipe."""
        yield from self._built(None)
        yield from self._download(file, format, part, None)

    def _download(self, file: IO[bytes], format: str, part: str, on_progress: OnProgress | None) -> Steps[None]:
        tell = on_progress and (lambda done, total: on_progress(Progress(done=done, total=total, unit="bytes")))
        return self._do(
            "GET", f"{self._at}/download", params={"format": format, "part": part}, sink=file, on_bytes=tell,
            is_repeatable=file.seekable(),
        )  # fmt: skip

    def _built(self, on_progress: OnProgress | None) -> Steps["Release[Mode]"]:
        if self.state == "building" and self.job_id is not None:
            job = yield from self._ask("GET", f"{self._project_path}/jobs/{self.job_id}", Job)
            yield from Job.wait.steps(job, on_progress)
        while self.state == "building":
            yield from self._look()
            if self.state == "building":
                yield Pause(FIRST_LOOK_S)
        if self.state != "ready":
            raise JobFailed(
                f"Release {self.number} could not be built. Look at its job, then create another.", job=None
            )
        return self

    @property
    def _at(self) -> str:
        return f"{self._project_path}/releases/{self.id}"

    def _look(self) -> Steps["Release[Mode]"]:
        return self._renew((yield from self._ask("GET", self._at, Release)))


class Releases(Resource[Mode]):
    """The releases of a project."""

    @deed
    def create(
        self,
        name: str | None = None,
        *,
        licence: str = "unspecified",
        notes: str = "",
        filter: Mapping[str, Any] | None = None,
    ) -> Steps[Release[Mode]]:
        """Freeze what is resolved now (or what `filter` names) into a new release, and start building it."""
        body: dict[str, Any] = {"name": name or "Release", "licence": licence, "notes": notes}
        if filter is not None:
            body["filter"] = dict(filter)
        return (yield from self._ask("POST", self._at, Release, json=body))

    @deed
    def list(self) -> Steps[Sequence[Release[Mode]]]:
        """Every release, newest first."""
        return (yield from self._ask("GET", self._at, list[Release]))

    @deed
    def get(self, release_id: int) -> Steps[Release[Mode]]:
        """One release."""
        return (yield from self._ask("GET", f"{self._at}/{release_id}", Release))
