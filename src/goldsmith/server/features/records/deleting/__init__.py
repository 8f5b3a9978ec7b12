"""Deleting records: hidden at once, brought back while there is time, then erased for good."""

from goldsmith.server.features.records.deleting.erase import Eraser, erase_due
from goldsmith.server.features.records.deleting.gone import Gone, deleted_since, gone_from, is_kept
from goldsmith.server.features.records.deleting.hiding import DELETING

__all__ = ["DELETING", "Eraser", "Gone", "deleted_since", "erase_due", "gone_from", "is_kept"]
