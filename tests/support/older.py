"""The version before: Goldsmith as it stood before the newest migration, taken from the history of this checkout."""

import io
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_CAREFULLY: Any = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
"""Python 3.11 knows filters from its fourth patch on; the archive is our own in any case."""
MIGRATIONS = "src/goldsmith/server/migrations/versions"


class NoHistory(Exception):
    """This is no checkout with its history, such as a source archive or a shallow clone."""


def code_before_the_newest_migration(folder: Path) -> Path:
    """Unpack it below `folder`, its tests beside it, and return its `src`, to be put first on PYTHONPATH."""
    newest = _number(max((ROOT / MIGRATIONS).glob("[0-9]*.py")).name)
    before = next((one for one in _history() if _is_whole_before(one, newest)), None)
    if before is None:
        raise NoHistory(f"no commit has every migration below {newest} and none above")
    tree = _git("archive", "--format=tar", before, "src", "tests", "contracts", "pyproject.toml")
    with tarfile.open(fileobj=io.BytesIO(tree)) as archive:
        archive.extractall(folder, **_CAREFULLY)
    return folder / "src"


def give_tables_of_today(src: Path) -> None:
    """Let the older migrations end where today's end, so that the older code meets today's tables."""
    for script in (ROOT / MIGRATIONS).glob("[0-9]*.py"):
        shutil.copy(script, src.parent / MIGRATIONS)


def _history() -> list[str]:
    """The commits just before each one that touched a migration, the latest first."""
    return [f"{one}^" for one in _git("log", "--format=%H", "-40", "--", MIGRATIONS).decode().split()]


def _is_whole_before(commit: str, newest: int) -> bool:
    """Whether the commit's migrations are one chain that ends just below `newest`."""
    named = _git("ls-tree", "--name-only", commit, f"{MIGRATIONS}/").decode().split()
    return sorted(_number(Path(one).name) for one in named if one.endswith(".py")) == list(range(1, newest))


def _number(name: str) -> int:
    return int(name.partition("_")[0])


def _git(*words: str) -> bytes:
    try:
        return subprocess.run(["git", "-C", ROOT, *words], check=True, capture_output=True, timeout=60).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoHistory(str(error)) from error
