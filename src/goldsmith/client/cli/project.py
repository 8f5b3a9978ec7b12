"""`goldsmith project`: make projects, look at them, move them."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from goldsmith.client import Invalid
from goldsmith.client.cli.connecting import connect
from goldsmith.client.cli.moving import export_project, import_project
from goldsmith.client.cli.options import ApiKey, AsJson, Url, WhichProject
from goldsmith.client.cli.output import show, table

app = typer.Typer(help="Make projects, look at them, move them from and to other tools.", no_args_is_help=True)
app.command("import")(import_project)
app.command("export")(export_project)


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="The project's name.")],
    template: Annotated[
        str | None, typer.Option(help="Start from text-classification, content-safety, response-rating or preference.")
    ] = None,
    schema: Annotated[
        Path | None, typer.Option(help='JSON file with {"fields": [...], "questions": [...]} of your own.')
    ] = None,
    guideline: Annotated[Path | None, typer.Option(help="Markdown file with the rules.")] = None,
    policy: Annotated[Path | None, typer.Option(help='JSON file, such as {"overlap": 3}.')] = None,
    slug: Annotated[str | None, typer.Option(help="Its short name. (default: made from the name)")] = None,
    description: Annotated[str, typer.Option(help="What it is for.")] = "",
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Make a project from a template, a schema of your own, or both (the schema wins)."""
    own = _json(schema) if schema else {}
    with connect(url, api_key) as client:
        project = client.projects.create(
            name, slug=slug, template=template, fields=own.get("fields"), questions=own.get("questions"),
            guideline=_text(guideline) if guideline else None, policy=_json(policy) if policy else None,
            description=description,
        )  # fmt: skip
    show(project, [f"Made project '{project.slug}' (id {project.id})."], as_json=as_json)


@app.command("list")
def list_projects(url: Url = None, api_key: ApiKey = None, as_json: AsJson = False) -> None:
    """Show the projects your key can see."""
    with connect(url, api_key) as client:
        every = list(client.projects.list())
    rows = [(one.slug, one.name, one.my_role, one.counts.records, one.counts.resolved) for one in every]
    lines = table(("slug", "name", "role", "records", "resolved"), rows) if rows else ["There is no project yet."]
    show(every, lines, as_json=as_json)


@app.command("show")
def show_project(which: WhichProject, url: Url = None, api_key: ApiKey = None, as_json: AsJson = False) -> None:
    """Show one project: how far it is, and what it asks."""
    with connect(url, api_key) as client:
        project = client.projects.get(which)
    show(project, _told(project), as_json=as_json)


def _told(project: Any) -> list[str]:
    counts = project.counts
    asked = [f"  {one['name']} ({one['type']}): {one['title']}" for one in project.current_schema.questions]
    return [
        f"{project.name} ({project.slug}, id {project.id}), your role: {project.my_role}",
        f"{counts.records:,} records: {counts.new:,} new, {counts.in_progress:,} in progress, "
        f"{counts.disputed:,} disputed, {counts.resolved:,} resolved; {counts.annotations:,} annotations",
        f"schema {project.current_schema.version}, guideline {project.guideline.version}; it asks:",
        *asked,
    ]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"'{path}' cannot be read as UTF-8 text: {error}.", title="A file cannot be read") from None


def _json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(_text(path))
    except (ValueError, RecursionError) as error:
        raise Invalid(f"'{path}' is not JSON: {error}.", title="A file cannot be read") from None
    if not isinstance(value, dict):
        raise Invalid(f"'{path}' holds no JSON object. Expected {{...}}.", title="A file cannot be read")
    return value
