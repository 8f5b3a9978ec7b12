"""`goldsmith demo`: serve a workspace with a sample project."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from goldsmith.client.cli.loading import loading
from goldsmith.client.cli.options import AsJson
from goldsmith.client.cli.output import show, table
from goldsmith.client.cli.settings import read_settings, telling_problems

app = typer.Typer()


@app.command()
def demo(
    data_dir: Annotated[Path, typer.Option("--data-dir", help="Folder of the demo's database.")] = Path("demo-data"),
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8484,
    as_json: AsJson = False,
) -> None:
    """Serve a sample project with a history: 240 support messages, five annotators, one expert, two open disputes.

    Everything is kept in the data folder; delete it to begin anew.
    """
    log_json = None if "GOLDSMITH_LOG_JSON" in os.environ else not sys.stderr.isatty()
    # Nobody asks for the anchors of a demo's audit trail; they would only bury the addresses to sign in with.
    log_level = None if "GOLDSMITH_LOG_LEVEL" in os.environ else "warning"
    settings = read_settings(data_dir=data_dir, host=host, port=port, log_json=log_json, log_level=log_level)

    with loading():
        from goldsmith.server.entrypoints.demo import ANNOTATORS, EXPERT, OWNER, PASSWORD, load_sample
        from goldsmith.server.entrypoints.serve import serve

    roles = [("owner", OWNER), ("expert", EXPERT), *(("annotator", email) for email in ANNOTATORS)]

    def announce(address: str, _invitation: str | None) -> None:
        people = [{"role": role, "email": email, "password": PASSWORD} for role, email in roles]
        rows = [(one["role"], one["email"], one["password"]) for one in people]
        lines = [f"Goldsmith's demo is at {address}", *table(("sign in as", "address", "password"), rows)]
        show({"url": address, "people": people}, lines, as_json=as_json)
        sys.stdout.flush()

    with telling_problems():
        load_sample(settings)
        serve(settings, workers=1, announce=announce)
