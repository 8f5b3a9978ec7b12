"""Slices meet at their face: nobody outside a slice imports a module inside it, and a face exports what it names.

(import-linter keeps the layers and the ladder; it cannot tell `accounts.audit`, the deed at the face, from the
module of the same name.)
"""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import goldsmith.server.features as features

PREFIX = "goldsmith.server.features."
FOLDER = Path(features.__path__[0])
SLICES = sorted(path.parent.name for path in FOLDER.glob("*/__init__.py"))
SERVER = FOLDER.parent


def test_modules_import_other_slices_only_through_their_face() -> None:
    reaching_in = {
        str(path.relative_to(SERVER)): inner
        for path in SERVER.rglob("*.py")
        if (inner := [module for module in _imported(path) if _is_inside_another_slice(module, _home(path))])
    }
    assert reaching_in == {}


@pytest.mark.parametrize("name", SLICES)
def test_a_face_has_every_name_it_exports(name: str) -> None:
    face = import_module(PREFIX + name)
    exported = getattr(face, "__all__", [])
    assert [one for one in exported if not hasattr(face, one)] == []


def test_statements_written_out_name_only_tables_of_their_own_slice() -> None:
    files = {path: path.read_text() for path in FOLDER.rglob("*.py")}
    owners = {table: _home(path) for path, code in files.items() for table in re.findall(r'Table\(\s*"(\w+)"', code)}
    foreign = {
        (str(path.relative_to(SERVER)), table)
        for path, code in files.items()
        for table in re.findall(r"\b(?:FROM|JOIN|UPDATE|INTO)\s+(\w+)", code)
        if owners.get(table, _home(path)) != _home(path)
    }
    assert {"annotations", "projects", "records"} <= set(owners)
    assert foreign == set()


def _home(path: Path) -> str | None:
    """The slice a file belongs to."""
    return path.relative_to(FOLDER).parts[0] if path.is_relative_to(FOLDER) else None


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


def _is_inside_another_slice(module: str, home: str | None) -> bool:
    parts = module.removeprefix(PREFIX).split(".")
    return module.startswith(PREFIX) and len(parts) > 1 and parts[0] != home
