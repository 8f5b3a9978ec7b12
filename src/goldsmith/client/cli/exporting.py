"""`goldsmith export`: freeze what is resolved, and download it."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from goldsmith.client import Invalid, NotFound, Release
from goldsmith.client.cli.connecting import connect
from goldsmith.client.cli.options import ApiKey, AsJson, Url, WhichProject
from goldsmith.client.cli.output import show
from goldsmith.client.cli.progress import progress_bar

app = typer.Typer()
_ENDINGS = {"csv": "csv", "parquet": "parquet", "hf_dataset": "hf.zip"} | {
    name: f"{name.replace('_', '-')}.zip" for name in ("label_studio", "argilla", "doccano", "prodigy", "potato")
}


@app.command()
def export(
    which: WhichProject,
    format: Annotated[
        str,
        typer.Option(
            help="jsonl, csv, parquet, hf_dataset, trl_sft, trl_preference, trl_kto, trl_stepwise, openai_chat, "
            "openai_dpo, alpaca, alpaca_preference, sharegpt, sharegpt_preference, label_studio, "
            "argilla, doccano, prodigy or potato.",
            show_default=True,
        ),
    ] = "jsonl",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File; - for standard output. (default: SLUG-NUMBER.FORMAT)")
    ] = None,
    part: Annotated[
        str, typer.Option(help="data, provenance, comments, skipped, card, croissant, manifest or dataset_info.")
    ] = "data",
    number: Annotated[int | None, typer.Option("--release", help="Its number. (default: the newest)")] = None,
    new: Annotated[bool, typer.Option("--new", help="Make a new release first.")] = False,
    name: Annotated[str | None, typer.Option(help="Name of a new release.")] = None,
    licence: Annotated[str, typer.Option(help="Licence of a new release, such as CC-BY-4.0.")] = "unspecified",
    choose: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=VALUE",
            help="What a format holds: messages, prompt, completion, question, pairs, good, bad, keep, formula_safe; "
            "repeatable.",
        ),
    ] = None,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Download a release; the first is made by itself, a later one with --new."""
    with connect(url, api_key) as client:
        project = client.projects.get(which)
        options = _options(choose or [])
        release = _release(project, number, new, name, licence)
        with progress_bar("Building", as_json=as_json) as on_progress:
            release.wait(on_progress)
        if str(output) == "-":
            release.write_to(sys.stdout.buffer, format, part=part, options=options)
            return
        path = output or Path(f"{project.slug}-{release.number}{_ending(format, part)}")
        with progress_bar("Downloading", as_json=as_json) as on_progress:
            release.download(path, format, part=part, options=options, on_progress=on_progress)
    _tell(release, path, format, part, as_json=as_json)


def _release(project: Any, number: int | None, new: bool, name: str | None, licence: str) -> Release[Any]:
    every = [] if new else [one for one in project.releases.list() if one.state != "failed"]
    if number is not None:
        every = [one for one in every if one.number == number]
        if not every:
            raise NotFound(f"Project '{project.slug}' has no release {number}.", title="Not found")
    if every:
        return max(every, key=lambda one: one.number)
    return project.releases.create(name or f"{project.name}", licence=licence)


def _tell(release: Release[Any], path: Path, format: str, part: str, *, as_json: bool) -> None:
    value = {
        "path": str(path), "format": format, "part": part, "release": release.number, "rows": release.n_rows,
        "content_hash": release.content_hash,
    }  # fmt: skip
    line = f"{path}: release {release.number}, {release.n_rows or 0:,} rows, {release.content_hash}"
    show(value, [line], as_json=as_json)


def _options(given: list[str]) -> dict[str, list[str]]:
    options: dict[str, list[str]] = {}
    for one in given:
        key, equals, value = one.partition("=")
        if not equals:
            raise Invalid(f"Expected --choose KEY=VALUE, got '{one}'.", title="An option is not understood")
        options.setdefault(key, []).append(value)
    return options


def _ending(format: str, part: str) -> str:
    if part == "data":
        return f".{_ENDINGS.get(format, 'jsonl')}" if format in _ENDINGS or format == "jsonl" else f".{format}.jsonl"
    return {
        "card": ".md",
        "croissant": ".croissant.json",
        "manifest": ".manifest.json",
        "dataset_info": ".dataset_info.json",
    }.get(part, f".{part}.jsonl")
