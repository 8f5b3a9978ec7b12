"""`goldsmith up`: serve."""

import os
import sys
from typing import Annotated

import typer

from goldsmith.client.cli.loading import loading
from goldsmith.client.cli.options import AsJson, DatabaseUrl, DataDir
from goldsmith.client.cli.output import show
from goldsmith.client.cli.settings import read_settings, telling_problems
from goldsmith.client.cli.stopping import end_when_asked

app = typer.Typer()


@app.command()
def up(
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; 0.0.0.0 for every one. (default: 127.0.0.1)")
    ] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="0 takes a free one. (default: 8484)")] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer requests.")] = 1,
    log_json: Annotated[
        bool | None, typer.Option("--log-json/--log-text", help="(default: JSON unless on a terminal)")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Serve the screens and the API until stopped; Ctrl+C or SIGTERM finishes what runs and loses nothing.

    On an empty workspace a link is printed with which the first owner makes their account.
    """
    if log_json is None and "GOLDSMITH_LOG_JSON" not in os.environ:
        log_json = not sys.stderr.isatty()
    settings = read_settings(data_dir=data_dir, database_url=database_url, host=host, port=port, log_json=log_json)
    end_when_asked()

    with loading():
        from goldsmith.server.entrypoints.serve import serve

    def announce(address: str, invitation: str | None) -> None:
        link = (settings.public_url.rstrip("/") or address) + invitation if invitation else None
        show({"url": address, "owner_invitation": link}, _told(address, link), as_json=as_json)
        sys.stdout.flush()

    with telling_problems():
        serve(settings, workers=workers, announce=announce)


def _told(address: str, link: str | None) -> list[str]:
    lines = [f"Goldsmith is at {address}"]
    if link:
        lines += ["Nobody has an account here yet. Make the owner's (once, within a day, by the newest link):"]
        lines += [f"  {link}"]
    return lines
