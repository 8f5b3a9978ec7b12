"""The SDK: a Goldsmith server from Python, blocking (`Client`) or awaited (`AsyncClient`), and the `goldsmith` command.

    from goldsmith import Client

    with Client("http://127.0.0.1:8484", api_key="gsk_...") as client:
        project = client.projects.create("Support messages", template="text-classification")
        project.records.import_file("messages.csv")
        for item in project.queue.next(5):
            project.queue.submit(item, {"label": "positive"})
        project.releases.create("first", licence="CC-BY-4.0").download("first.jsonl")

Every failure is a `GoldsmithError`. Nothing here imports the server.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goldsmith.client.face import *  # noqa: F403


def __getattr__(name: str) -> Any:
    """Load the SDK on first use, so that commands which need no HTTP client start without one."""
    if name.startswith("_") and name != "__all__":
        raise AttributeError(f"module 'goldsmith.client' has no attribute {name!r}")
    return getattr(import_module("goldsmith.client.face"), name)
