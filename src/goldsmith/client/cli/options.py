"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Url = Annotated[
    str | None,
    typer.Option("--url", envvar="GOLDSMITH_URL", help="The server. (default: http://127.0.0.1:8484)"),
]
ApiKey = Annotated[
    str | None,
    typer.Option("--api-key", envvar="GOLDSMITH_API_KEY", help="Your API key; make one under Admin, Keys."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as one JSON value.")]
WhichProject = Annotated[str, typer.Argument(metavar="PROJECT", help="The project's slug or id.")]

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Folder of the database and files. (env: GOLDSMITH_DATA_DIR; ./goldsmith-data)"),
]
DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database-url",
        help="postgresql://... or sqlite:///... (env: GOLDSMITH_DATABASE_URL; SQLite in the data folder)",
    ),
]
