"""A server starts without what only some of its work needs."""

import subprocess
import sys

import pytest

HEAVY = ("numpy", "scipy", "pyarrow", "dbos", "duckdb", "authlib", "joserfc", "alembic")


@pytest.mark.parametrize("entrance", ["http", "serve"])
def test_the_application_loads_nothing_heavy(entrance: str) -> None:
    program = f"import sys, goldsmith.server.entrypoints.{entrance}; print(*(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
