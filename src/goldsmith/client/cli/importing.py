"""`goldsmith import`: bring records in from a file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from goldsmith.client import ColumnMapping, Invalid, Job, JobFailed, Upload
from goldsmith.client.cli.connecting import connect
from goldsmith.client.cli.options import ApiKey, AsJson, Url, WhichProject
from goldsmith.client.cli.output import Exit, note, show
from goldsmith.client.cli.progress import progress_bar

app = typer.Typer()
_SINGLE = ("external_id", "sensitive", "holdout")
_SEVERAL = ("metadata", "attributes")


@app.command()
def import_file(
    which: WhichProject,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, TSV, JSON, JSONL or Parquet.")],
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help="Which column fills a field; also external_id=, sensitive=, holdout=, and metadata= and attributes= "
            "(repeatable). What you leave out is guessed.",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check every row and bring none in.")] = False,
    rejects: Annotated[
        Path | None, typer.Option(help="Save rejected rows here (CSV). (default: FILE.rejects.csv)")
    ] = None,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Bring records in. Rows already there, by external id, stay as they are; so it may be repeated.

    Ends with 5 when some rows were rejected; the good ones are in, the others in the rejects file with line and reason.
    """
    with connect(url, api_key) as client:
        project = client.projects.get(which)
        with progress_bar("Sending", as_json=as_json) as on_progress:
            upload = project.records.upload_file(file, on_progress)
        mapped = _mapped(upload, mapping or [])
        _tell_of_repeated_ids(mapped)
        job = project.records.import_upload(upload.id, mapped, dry_run=dry_run)
        finish(job, rejects or file.with_name(file.name + ".rejects.csv"), dry_run=dry_run, as_json=as_json)


def finish(job: Any, rejects: Path, *, dry_run: bool, as_json: bool) -> None:
    """Wait for the import, tell what became of it, and keep the rows it rejected."""
    with progress_bar("Checking" if dry_run else "Importing", as_json=as_json) as on_progress:
        job = _ended(job, on_progress)
    rejected = int((job.result or {}).get("rejected") or 0)
    saved = job.download_rejects(rejects) if rejected else None
    _tell(job, saved, dry_run, as_json)
    if rejected:
        raise typer.Exit(Exit.PARTIAL)


def _mapped(upload: Upload, given: list[str]) -> ColumnMapping:
    """The server's guess with what the user gave in its place."""
    mapping = upload.mapping.model_copy(deep=True)
    for one in given:
        target, equals, column = one.partition("=")
        if not equals or not target or not column:
            raise Invalid(f"Expected --map FIELD=COLUMN, got '{one}'.", title="The mapping is not understood")
        _require_column(upload, column)
        if target in _SINGLE:
            setattr(mapping, target, column)
        elif target in _SEVERAL:
            getattr(mapping, target).append(column)
        else:
            mapping.fields[target] = column
    taken = {mapping.external_id, mapping.sensitive, mapping.holdout, *mapping.fields.values(), *mapping.attributes}
    mapping.metadata = [column for column in dict.fromkeys(mapping.metadata) if column not in taken]
    return mapping


def _tell_of_repeated_ids(mapping: ColumnMapping) -> None:
    column = next((one for one in mapping.metadata if one.lower() in ("id", "external_id", "uuid")), None)
    if column and mapping.external_id is None:
        note(f"Column '{column}' repeats values, so ids come from the content. To take it: --map external_id={column}")


def _require_column(upload: Upload, column: str) -> None:
    known = [one.name for one in upload.columns]
    if column not in known:
        raise Invalid(
            f"The file has no column '{column}'. It has: {', '.join(known)}.", title="The mapping is not understood"
        )


def _ended(job: Any, on_progress: Any) -> Job:
    try:
        return job.wait(on_progress)
    except JobFailed as failure:
        note(f"job {failure.job.id}: {failure.job.progress.done:,} {failure.job.progress.unit} were done before")
        raise
    except KeyboardInterrupt:
        note(f"The import goes on at the server (job {job.id}); cancel it there if you do not want it.")
        raise


def _tell(job: Job, saved: Path | None, dry_run: bool, as_json: bool) -> None:
    result = job.result or {}
    told = ", ".join(f"{value:,} {name}" for name, value in result.items() if isinstance(value, int))
    lines = [f"{'Checked' if dry_run else 'Imported'}: {told}."]
    if saved:
        lines.append(f"Rejected rows, with line and reason: {saved}")
    value = {"job_id": job.id, "dry_run": dry_run, **result, "rejects_file": str(saved) if saved else None}
    show(value, lines, as_json=as_json)
