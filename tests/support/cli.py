"""The `goldsmith` command in a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.live import LiveServer

_RUN = "from goldsmith.client.cli import main; main()"


@dataclass(frozen=True)
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


class Cli:
    """Runs `goldsmith` with these settings; `cli("project", "list")`."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.settings = settings

    def __call__(self, *words: object, stdin: str = "", **settings: str) -> Said:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GOLDSMITH_")}
        done = subprocess.run(
            [sys.executable, "-c", _RUN, *map(str, words)], input=stdin, capture_output=True, text=True, timeout=90,
            cwd=self.folder, env={**clean, "COLUMNS": "200", **self.settings, **settings},
        )  # fmt: skip
        return Said(done.returncode, done.stdout, done.stderr)

    def ok(self, *words: object, **more: Any) -> Said:
        """The same, of a command that must succeed."""
        said = self(*words, **more)
        assert said.code == 0, f"goldsmith {words}: {said.code}\n{said.out}\n{said.err}"
        return said


def cli_of(server: LiveServer, folder: Path) -> Cli:
    """The command line of the server's owner, who may also look after its database."""
    return Cli(
        folder, GOLDSMITH_URL=server.url, GOLDSMITH_API_KEY=server.key, GOLDSMITH_DATA_DIR=str(server.data_dir),
        GOLDSMITH_DATABASE_URL=server.database_url,
    )  # fmt: skip
