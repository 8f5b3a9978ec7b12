"""Label Studio: which files are its exports, and where their configuration lies."""

from typing import Any

from goldsmith.server.features.exchange.pieces import Piece
from goldsmith.server.features.exchange.tools.label_studio_config import read_config
from goldsmith.server.features.exchange.tools.label_studio_reading import LabelStudioReading
from goldsmith.server.features.exchange.tools.label_studio_writing import LabelStudioWriting
from goldsmith.server.features.exchange.tools.tool import Look, Tool
from goldsmith.server.foundation.errors import Invalid


def _is_task(row: dict[str, Any]) -> bool:
    is_whole = isinstance(row.get("data"), dict) and bool(row.keys() & {"annotations", "predictions", "completions"})
    return is_whole or {"annotation_id", "annotator"} <= row.keys() or _is_bare(row)


def _is_bare(row: dict[str, Any]) -> bool:
    return isinstance(row.get("data"), dict) and row.keys() <= {"id", "data", "meta"}


def _recognise(look: Look) -> float:
    return 1.0 if look.with_rows(_is_task) else 0.0


def _open(look: Look) -> tuple[LabelStudioReading, list[Piece]]:
    pieces = look.with_rows(_is_task)
    if not pieces:
        raise Invalid("No file here is an export of Label Studio. Export the project as JSON, or JSON_MIN.")
    xml = next((text for piece in look.ending(".xml", ".txt") if "<View" in (text := look.text(piece))), None)
    return LabelStudioReading(read_config(xml) if xml else None, xml), pieces


LABEL_STUDIO = Tool("label_studio", "Label Studio", False, _recognise, _open, LabelStudioWriting)
