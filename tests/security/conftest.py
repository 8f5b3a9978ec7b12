"""What is tried here fails before any database engine differs, so one is enough."""

import pytest


@pytest.fixture
def engine() -> str:
    """The embedded one."""
    return "sqlite"
