"""The version before: Goldsmith as it stood before the newest migration, taken from the history of this checkout."""

import io
import shutil
import subprocess
import tarfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
MIGRATIONS = "src/goldsmith/server/migrations/versions"


class NoHistory(Exception):
    """This is no checkout with its history, such as a source archive or a shallow clone."""


def code_before_the_newest_migration(folder: Path) -> Path:
    """Unpack it below `folder`, its tests beside it, and return its `src`, to be put first on PYTHONPATH."""
    newest = max((ROOT / MIGRATIONS).glob("[0-9]*.py"))
    came_with = (
        _git("log", "--diff-filter=A", "--format=%H", "-1", "--", str(newest.relative_to(ROOT))).decode().strip()
    )
    if not came_with:
        raise NoHistory(f"no commit brings {newest.name}")
    tree = _git("archive", "--format=tar", f"{came_with}^", "src", "tests", "pyproject.toml")
    with tarfile.open(fileobj=io.BytesIO(tree)) as archive:
        archive.extractall(folder, filter="data")
    return folder / "src"


def give_tables_of_today(src: Path) -> None:
    """Let the older migrations end where today's end, so that the older code meets today's tables."""
    for script in (ROOT / MIGRATIONS).glob("[0-9]*.py"):
        shutil.copy(script, src.parent / MIGRATIONS)


def _git(*words: str) -> bytes:
    try:
        return subprocess.run(["git", "-C", ROOT, *words], check=True, capture_output=True, timeout=60).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoHistory(str(error)) from error
