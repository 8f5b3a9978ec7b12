"""Deleting records: hidden at once, brought back while there is time, then erased for good."""

from goldsmith.server.features.records.deleting.erase import Eraser
from goldsmith.server.features.records.deleting.gone import Gone, deleted_since, gone_from, is_kept
from goldsmith.server.features.records.deleting.hiding import DELETING
from goldsmith.server.features.records.deleting.promised import held_deletions, keep_deleted_for

__all__ = [
    "DELETING",
    "Eraser",
    "Gone",
    "deleted_since",
    "gone_from",
    "held_deletions",
    "is_kept",
    "keep_deleted_for",
]
