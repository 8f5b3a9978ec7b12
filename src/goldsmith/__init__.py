"""Goldsmith: the workshop in which people and models make gold-standard fine-tuning data.

`Client` and `AsyncClient` talk to a Goldsmith server; `goldsmith.stats` stands alone.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goldsmith.client import AsyncClient, Client, GoldsmithError

__all__ = ["AsyncClient", "Client", "GoldsmithError"]


def __getattr__(name: str) -> Any:
    """Load the SDK on first use, so that `import goldsmith.stats` costs numpy alone."""
    if name in __all__:
        return getattr(import_module("goldsmith.client"), name)
    raise AttributeError(f"module 'goldsmith' has no attribute {name!r}")
