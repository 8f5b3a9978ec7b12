"""`goldsmith worker`: carry out imports and releases."""

import os
import sys
from typing import Annotated

import typer

from goldsmith.client.cli.loading import loading
from goldsmith.client.cli.options import DatabaseUrl, DataDir
from goldsmith.client.cli.settings import read_settings, telling_problems
from goldsmith.client.cli.stopping import end_when_asked

app = typer.Typer()


@app.command()
def worker(
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    idle_exit: Annotated[
        float | None, typer.Option(min=0, metavar="SECONDS", help="End after so long without work. (default: never)")
    ] = None,
) -> None:
    """Carry out long work (imports, releases) in a process of its own; killed, the next one goes on where it stopped.

    `goldsmith up` starts one by itself when there is work. On PostgreSQL as many as you like share the work, on as
    many machines as you like; on SQLite there is one.
    """
    log_json = None if "GOLDSMITH_LOG_JSON" in os.environ else not sys.stderr.isatty()
    settings = read_settings(data_dir=data_dir, database_url=database_url, log_json=log_json)
    end_when_asked()

    with loading():
        from goldsmith.server.entrypoints.logs import log_everything
        from goldsmith.server.entrypoints.opening import await_database, require_files
    from goldsmith.server.entrypoints.worker import run_worker

    log_everything(settings)
    with telling_problems():
        require_files(settings)
        await_database(settings)
        status = run_worker(settings, idle_exit_s=idle_exit)
    raise typer.Exit(1 if status else 0)
