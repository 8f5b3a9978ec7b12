"""Every table of every slice, for migrations and backups: importing this fills `metadata`."""

from importlib import import_module

from goldsmith.server.foundation.database import metadata

SLICES = (
    "accounts",
    "projects",
    "records",
    "assignment",
    "annotation",
    "review",
    "suggestions",
    "exchange",
    "releases",
)

for _slice in SLICES:
    import_module(f"goldsmith.server.features.{_slice}.tables")
import_module("goldsmith.server.pipelines.tables")
import_module("goldsmith.server.pipelines.bulk.tables")

__all__ = ["SLICES", "metadata"]
