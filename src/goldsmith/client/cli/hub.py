"""`goldsmith import-hf`: bring a Hugging Face data set in, into a project that is there or one made for it."""

import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from goldsmith.client import ColumnMapping, HubDataset, Invalid, open_dataset
from goldsmith.client.cli.connecting import connect
from goldsmith.client.cli.importing import finish
from goldsmith.client.cli.options import ApiKey, AsJson, Url, WhichProject
from goldsmith.client.cli.output import note
from goldsmith.client.cli.progress import progress_bar

app = typer.Typer()


@app.command()
def import_hf(
    which: WhichProject,
    source: Annotated[str, typer.Argument(help="owner/name on the Hub, a folder of `save_to_disk`, or Parquet.")],
    split: Annotated[str | None, typer.Option(help="Which split. (default: the only one, else train)")] = None,
    config: Annotated[str | None, typer.Option(help="Which configuration, where there are several.")] = None,
    revision: Annotated[str | None, typer.Option(help="Branch, tag or commit on the Hub.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first rows.")] = None,
    create: Annotated[bool, typer.Option("--create", help="Make the project, with the schema that is shown.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check every row and bring none in.")] = False,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Bring a data set in. It is read here, with the `datasets` library; the server fetches nothing.

    Shows first what each column becomes. Texts and chats become fields; a ClassLabel becomes a question with its
    names as options, and stays in the metadata.
    """
    dataset = open_dataset(source, split=split, config=config, revision=revision)
    for line in told(dataset):
        note(line)
    if not yes and not as_json and not typer.confirm("Go on?", default=True, err=True):
        raise typer.Exit(1)
    with connect(url, api_key) as client, tempfile.TemporaryDirectory() as folder:
        project = _made(client, which, dataset) if create else client.projects.get(which)
        path = Path(folder) / f"{dataset.name}.jsonl"
        if not dataset.write(path, limit):
            raise Invalid(f"'{source}' has no rows.", title="Nothing to import")
        with progress_bar("Sending", as_json=as_json) as on_progress:
            upload = project.records.upload_file(path, on_progress)
        mapping = ColumnMapping.model_validate(dataset.schema.mapping) if create else upload.mapping
        job = project.records.import_upload(upload.id, mapping, dry_run=dry_run)
        rejects = Path(f"{dataset.name}.rejects.csv")
        finish(job, rejects, dry_run=dry_run, as_json=as_json)


def told(dataset: HubDataset) -> list[str]:
    """What each column becomes, a line each."""
    schema = dataset.schema
    lines = [f"{column} → {field['type']} field '{field['name']}'" for field, column in _columns(schema)]
    if "external_id" in schema.mapping:
        lines.insert(0, f"{schema.mapping['external_id']} → the record's own id")
    for question in schema.questions:
        options = [one["value"] for one in question.get("options", [])]
        shown = f": {', '.join(options[:8])}{', …' if len(options) > 8 else ''}" if options else ""
        lines.append(f"question '{question['name']}' ({question['type']}){shown}")
    lines += [f"{column} → metadata" for column in schema.mapping["metadata"]]
    if dataset.other_splits:
        lines.append(
            f"split '{dataset.split}' alone comes; there are also: {', '.join(dataset.other_splits)} (--split)"
        )
    return lines + [f"{column} is left out: images, sounds and bytes are no text" for column in schema.left_out]


def _columns(schema: Any) -> list[tuple[dict[str, Any], str]]:
    return [(field, schema.mapping["fields"][field["name"]]) for field in schema.fields]


def _made(client: Any, name: str, dataset: HubDataset) -> Any:
    schema = dataset.schema
    return client.projects.create(name, fields=schema.fields, questions=schema.questions)
