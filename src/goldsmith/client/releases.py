"""Releases: frozen, content-hashed exports."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from goldsmith.client.accounts import PersonRef
from goldsmith.client.errors import JobFailed
from goldsmith.client.files import saving
from goldsmith.client.jobs import FIRST_LOOK_S, Job, OnProgress, Progress
from goldsmith.client.steps import Call, Handle, Mode, Page, Pause, Resource, Shape, Steps, deed, listing


class FormatOffer(Shape):
    """A format a release can be downloaded in, with what it leaves out; `unavailable` says why it cannot be had."""

    format: str
    filename: str
    rows: int
    skipped: dict[str, int] = {}
    unavailable: str | None = None


class DeletedRow(Shape):
    """A row whose record was deleted since the release was made."""

    id: str
    deleted_at: datetime
    erased: bool = False


class DeletedRows(Shape):
    """How many rows of a release were deleted since, and the first thousand."""

    rows: int
    items: list[DeletedRow] = []


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
    formats: list[FormatOffer] = []
    notes: str = ""
    licence: str = ""
    filter: dict[str, Any] = {}
    job_id: int | None = None
    error: str | None = None
    created_at: datetime
    finished_at: datetime | None = None
    created_by: PersonRef | None = None
    withdrawn: dict[str, Any] | None = None

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
        options: Mapping[str, Any] | None = None,
        on_progress: OnProgress | None = None,
    ) -> Steps[Path]:
        """Save the release as a file; `format` is jsonl, csv, parquet, hf_dataset, or one of a trainer's or a tool's.

        A trainer's is trl_sft, trl_preference, trl_kto, trl_stepwise, openai_chat, openai_dpo, alpaca,
        alpaca_preference, sharegpt or sharegpt_preference. `part` may instead be provenance (the story of each row),
        comments (what people said about them), skipped (rows that do not fit the format, with the reason), card (the
        data card), croissant (the same for machines), manifest or dataset_info (for LLaMA-Factory). `options` choose
        what a format holds: messages, prompt, completion, question, pairs, good, bad and keep for trainers,
        formula_safe for CSV.
        The file appears whole or not at all.
        """
        yield from self._built(on_progress)
        with saving(path) as file:
            yield from self._download(file, {**(options or {}), "format": format, "part": part}, on_progress)
        return Path(path)

    @deed
    def write_to(
        self, file: IO[bytes], format: str = "jsonl", *, part: str = "data", options: Mapping[str, Any] | None = None
    ) -> Steps[None]:
        """Write the release into an open binary file, such as a pipe; otherwise like `download`."""
        yield from self._built(None)
        yield from self._download(file, {**(options or {}), "format": format, "part": part}, None)

    @deed
    def deleted_rows(self) -> Steps[DeletedRows]:
        """The rows whose records were deleted since the release was made."""
        return (yield from self._ask("GET", f"{self._at}/deleted-rows", DeletedRows))

    @deed
    def withdraw(self, reason: str) -> Steps["Release[Mode]"]:
        """Refuse every download but the manifest from now on; the reason is told to whoever asks."""
        body = {"reason": reason}
        return self._renew((yield from self._ask("POST", f"{self._at}/withdraw", Release, json=body)))

    @deed
    def reinstate(self) -> Steps["Release[Mode]"]:
        """Let a withdrawn release be downloaded again, as long as its rows are kept."""
        return self._renew((yield from self._ask("POST", f"{self._at}/reinstate", Release)))

    def _download(self, file: IO[bytes], choice: Mapping[str, Any], on_progress: OnProgress | None) -> Steps[None]:
        tell = on_progress and (lambda done, total: on_progress(Progress(done=done, total=total, unit="bytes")))
        return self._do(
            "GET", f"{self._at}/download", params=choice, sink=file, on_bytes=tell,
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
            raise JobFailed(self.error or f"Release {self.number} could not be built. Create another.", job=None)
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

    @listing
    def list(self, page_size: int = 100) -> Call[Page[Release[Mode]]]:
        """Every release, newest first; manifest and formats are told by `get`."""
        return Call("GET", self._at, Page[Release], {"limit": page_size})

    @deed
    def get(self, release_id: int) -> Steps[Release[Mode]]:
        """One release."""
        return (yield from self._ask("GET", f"{self._at}/{release_id}", Release))
