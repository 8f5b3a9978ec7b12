"""`goldsmith project import` and `export`: whole projects from and to other annotation tools."""

from pathlib import Path
from typing import Annotated, Any

import typer

from goldsmith.client.cli.connecting import connect
from goldsmith.client.cli.options import ApiKey, AsJson, Url, WhichProject
from goldsmith.client.cli.output import Exit, show
from goldsmith.client.cli.progress import progress_bar


def import_project(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The export, or a ZIP of several files.")],
    tool: Annotated[
        str | None,
        typer.Option("--from", help="label-studio, argilla, doccano, prodigy or potato. (default: recognised)"),
    ] = None,
    name: Annotated[str | None, typer.Option(help="The project's name. (default: the file's)")] = None,
    overlap: Annotated[int | None, typer.Option(help="People asked about each record. (default: as before)")] = None,
    plan: Annotated[bool, typer.Option("--plan", help="Tell what would come, and make nothing.")] = False,
    rejects: Annotated[Path | None, typer.Option(help="Save what stayed behind here (CSV).")] = None,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Make a project from another tool's export: schema, records, answers, people, suggestions, times.

    Ends with 5 when something stayed behind; the rest is in, and the rejects file tells what and why.
    """
    with connect(url, api_key) as client:
        with progress_bar("Sending", as_json=as_json) as on_progress:
            parcel = client.parcels.send(file, tool=tool and tool.replace("-", "_"), on_progress=on_progress)
        if plan:
            show(parcel, _planned(parcel), as_json=as_json)
            return
        with progress_bar("Bringing", as_json=as_json) as on_progress:
            project, job = parcel.bring(name or file.stem, overlap=overlap, on_progress=on_progress)
        result = job.result or {}
        left = int(result.get("rejected") or 0) + int(result.get("left_behind") or 0)
        saved = job.download_rejects(rejects or file.with_name(file.name + ".rejects.csv")) if left else None
    _tell(project, parcel, result, saved, as_json=as_json)
    if left:
        raise typer.Exit(Exit.PARTIAL)


def export_project(
    which: WhichProject,
    tool: Annotated[str, typer.Option("--to", help="label-studio, argilla, doccano, prodigy or potato.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="(default: SLUG-TOOL.zip)")] = None,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Take a whole project to another tool: every record, everybody's answers by name, suggestions, in one archive."""
    with connect(url, api_key) as client:
        project = client.projects.get(which)
        with progress_bar("Downloading", as_json=as_json) as on_progress:
            path = project.take(
                output or Path(f"{project.slug}-{tool}.zip"), tool.replace("-", "_"), on_progress=on_progress
            )
    show({"path": str(path), "tool": tool}, [f"{path}: {project.name}, as {tool} takes it"], as_json=as_json)


def _tell(project: Any, parcel: Any, result: dict[str, Any], saved: Path | None, *, as_json: bool) -> None:
    told = ", ".join(f"{value:,} {key.replace('_', ' ')}" for key, value in result.items() if isinstance(value, int))
    lines = [f"Made project '{project.slug}' (id {project.id}) from {parcel.tool_title}: {told}."]
    lines += [f"What stayed behind, with row and reason: {saved}"] if saved else []
    value = {"project_id": project.id, "slug": project.slug, "tool": parcel.tool, **result,
             "rejects_file": str(saved) if saved else None}  # fmt: skip
    show(value, lines, as_json=as_json)


def _planned(parcel: Any) -> list[str]:
    found = parcel.contents
    asked = [f"  {one['name']} ({one['type']}): {one['title']}" for one in parcel.questions]
    left = [f"  {one.reason.replace('_', ' ')}: {one.count:,} (such as {one.example})" for one in parcel.left_behind]
    members = sum(one.is_member for one in parcel.people)
    return [
        f"{parcel.filename}: {parcel.tool_title}",
        f"{found.records:,} records, {found.answers:,} answers, {found.skipped:,} skipped, {found.drafts:,} drafts, "
        f"{found.suggestions:,} suggestions; {found.people:,} people, of whom {members:,} are members here",
        f"fields: {', '.join(one['name'] for one in parcel.fields)}",
        "questions:",
        *asked,
        *(["what stays behind:", *left] if left else ["nothing stays behind"]),
    ]
