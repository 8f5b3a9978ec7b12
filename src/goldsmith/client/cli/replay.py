"""`goldsmith replay`: let the raters of a finished set annotate again, over HTTP."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from goldsmith.client import Client, NotFound, Project
from goldsmith.client.cli.connecting import connect
from goldsmith.client.cli.options import ApiKey, AsJson, Url, WhichProject
from goldsmith.client.cli.output import Exit, show
from goldsmith.client.cli.progress import progress_bar
from goldsmith.client.replay import Ratings, Report, read_items, read_ratings
from goldsmith.client.replay import replay as run_replay
from goldsmith.client.replay.report import Percentiles
from goldsmith.client.replay.stage import create_project
from goldsmith.client.steps import Sync

app = typer.Typer()


@app.command()
def replay(
    which: WhichProject,
    ratings_file: Annotated[
        Path,
        typer.Argument(
            metavar="RATINGS.CSV",
            exists=True,
            dir_okay=False,
            help="Columns item, worker, label; seconds if known.",
        ),
    ],
    create: Annotated[
        bool, typer.Option("--create", help="Make the project from the ratings if it does not exist.")
    ] = False,
    items_file: Annotated[
        Path | None,
        typer.Option("--items", exists=True, dir_okay=False, help="CSV with item and text. (default: names alone)"),
    ] = None,
    text_column: Annotated[str, typer.Option(help="Column of --items that holds the text.")] = "text",
    answer_as: Annotated[
        Literal["label", "rating"], typer.Option("--as", help="Kind of question that --create makes.")
    ] = "label",
    question: Annotated[str | None, typer.Option(help="The question answered. (default: the only one)")] = None,
    concurrency: Annotated[int, typer.Option(min=1, max=500, help="People at work at the same time.")] = 8,
    url: Url = None,
    api_key: ApiKey = None,
    as_json: AsJson = False,
) -> None:
    """Let every worker of a rated set annotate again: each pulls records from the queue and submits over HTTP.

    Tells annotations per second, latencies of both requests, the server's CPU time per annotation, and whether every
    answer is there once. Needs an owner's API key, for it makes a person per worker. Ends with 5 unless all is there.
    """
    ratings = read_ratings(ratings_file)
    texts = read_items(items_file, text_column) if items_file else {}
    with connect(url, api_key) as client:
        project = _project(client, which, create, ratings, answer_as)
        with (
            progress_bar("Setting the stage", as_json=as_json) as on_staging,
            progress_bar("Annotating", as_json=as_json) as on_progress,
        ):
            report = run_replay(
                client, project, ratings, texts=texts, question=question, concurrency=concurrency,
                on_staging=on_staging, on_progress=on_progress,
            )  # fmt: skip
    show(asdict(report), _told(report), as_json=as_json)
    if not report.is_whole:
        raise typer.Exit(Exit.PARTIAL)


def _project(
    client: Client, which: str, create: bool, ratings: Ratings, answer_as: Literal["label", "rating"]
) -> Project[Sync]:
    try:
        return client.projects.get(which)
    except NotFound:
        if not create:
            raise
    return create_project(client, which, ratings, answer_as)


def _told(report: Report) -> list[str]:
    cpu = report.server_cpu_ms_per_annotation
    bad = {name: getattr(report, name) for name in ("lost", "doubled", "altered", "missing", "not_theirs")}
    return [
        f"{report.annotations:,} annotations by {report.annotators:,} people on {report.records:,} records "
        f"in {report.seconds:,.1f} s: {report.annotations_per_second:,.0f} a second",
        _latencies("next", report.next_ms),
        _latencies("submit", report.submit_ms),
        f"server CPU per annotation: {'unknown' if cpu is None else f'{cpu:.2f} ms'}",
        ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in bad.items()),
    ]


def _latencies(what: str, found: Percentiles) -> str:
    return f"{what:<7} p50 {found.p50:7.1f} ms   p95 {found.p95:7.1f} ms   p99 {found.p99:7.1f} ms"
