"""Potato: which files of a task are its answers, its data and its configuration."""

from typing import Any

import yaml

from goldsmith.server.features.exchange.pieces import Piece
from goldsmith.server.features.exchange.tools.potato_reading import PotatoReading
from goldsmith.server.features.exchange.tools.potato_writing import PotatoWriting
from goldsmith.server.features.exchange.tools.tool import Look, Tool
from goldsmith.server.foundation.errors import Invalid

_ANSWERS = {"label_annotations", "span_annotations", "instance_id_to_label_to_value"}


class _PlainLoader(yaml.SafeLoader):
    """YAML without references, which could make a small file a large value."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("references (*name) are not accepted")
        return super().compose_node(parent, index)


def _is_answered(row: dict[str, Any]) -> bool:
    return bool(row.keys() & _ANSWERS)


def _recognise(look: Look) -> float:
    return 1.0 if look.with_rows(_is_answered) or _configs(look) else 0.0


def _open(look: Look) -> tuple[PotatoReading, list[Piece]]:
    config = next(iter(_configs(look)), {})
    properties = config.get("item_properties") if isinstance(config.get("item_properties"), dict) else {}
    id_key, text_key = (properties or {}).get("id_key", "id"), (properties or {}).get("text_key", "text")
    answers = look.with_rows(_is_answered)
    data = [piece for piece in look.with_rows(lambda row: id_key in row and text_key in row) if piece not in answers]
    if any(piece.folder for piece in answers):
        deepest = max(piece.name.count("/") for piece in answers)
        answers = [piece for piece in answers if piece.name.count("/") == deepest]
    if not answers and not (data and config):
        raise Invalid("No file here is of Potato. Send annotated_instances.jsonl, or the task's folder as a ZIP.")
    return PotatoReading(config, str(id_key), str(text_key), has_data=bool(data)), [*data, *answers]


def _configs(look: Look) -> list[dict[str, Any]]:
    found = []
    for piece in look.ending(".yaml", ".yml"):
        try:
            value = yaml.load(look.text(piece), _PlainLoader)
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            raise Invalid(f"'{piece.name}' is not YAML that can be read: {error}") from None
        if isinstance(value, dict) and isinstance(value.get("annotation_schemes"), list):
            found.append(value)
    return found


POTATO = Tool("potato", "Potato", True, _recognise, _open, PotatoWriting)
