"""The committed locks are complete: every version is named, for every platform, and nothing else is."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONSTRAINTS = ROOT / "constraints.txt"
NPM_LOCK = ROOT / "web" / "package-lock.json"


def test_constraints_pin_each_package_once_and_name_no_place() -> None:
    lines = [line for line in CONSTRAINTS.read_text().splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line) for line in lines)
    names = [_normal(line.split("==")[0]) for line in lines]
    assert sorted(set(names)) == sorted(names)


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = {_name(one) for one in [*project["dependencies"], *extras["dev"], *extras["build"]]}
    trained_with = {_name(one) for one in extras["train"]}
    pinned = {_normal(line.split("==")[0]) for line in CONSTRAINTS.read_text().splitlines() if "==" in line}
    assert (wanted | trained_with) - pinned == set()
    assert "torch" not in wanted


def test_the_browser_lock_holds_the_optional_parts_of_every_platform() -> None:
    """`npm ci` refuses a lock that `npm install` wrote where a registry offers one platform's packages only."""
    packages = json.loads(NPM_LOCK.read_text())["packages"]
    missing = [
        part
        for package in packages.values()
        for part in package.get("optionalDependencies", {})
        if f"node_modules/{part}" not in packages
    ]
    assert missing == []


def test_the_browser_lock_names_no_place() -> None:
    packages = json.loads(NPM_LOCK.read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []


@pytest.mark.slow
def test_the_pinned_versions_fit_together(tmp_path: Path) -> None:
    """A new environment resolves from the constraints alone; nothing is downloaded but metadata."""
    command = [
        sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--dry-run",
        "--ignore-installed", "--target", str(tmp_path), "-c", str(CONSTRAINTS), *_requirements(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


def _requirements() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["dev"]]


def _name(requirement: str) -> str:
    return _normal(re.split(r"[\[<>=~! ;]", requirement, maxsplit=1)[0])


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
