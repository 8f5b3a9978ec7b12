"""Argilla before version 2, told as version 2 tells it.

A `FeedbackDataset`, as it went to Hugging Face, has a column for each question with everybody's responses, and
`question-suggestion` beside it. The older data sets for one task (text classification, token classification, text to
text) have one `annotation`, that of `annotation_agent`, and the `prediction` of a model.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from goldsmith.server.features.exchange.neutral import Declared, Entry
from goldsmith.server.features.exchange.tools.argilla_reading import ArgillaReading
from goldsmith.server.features.exchange.tools.reading import without

_RESPONSE = {"user_id", "value", "status"}
_OF_ONE_TASK = {"prediction", "prediction_agent", "annotation", "annotation_agent"}
_DERIVED = {"id", "event_timestamp", "metrics", "status", "tokens", "text", "inputs", "multi_label", "search_keywords"}
_LIKELY = 0.5
_KINDS = {"entities": {"type": "span", "field": "text"}, "target": {"type": "text"}}
"""The questions of the older data sets whose kind no value tells: passages that are marked, a text that is written."""


def is_before_2(row: dict[str, Any]) -> bool:
    """Whether a row is of one of these data sets."""
    return row.keys() >= _OF_ONE_TASK or any(_is_asked(name, row) for name in row)


class ArgillaBefore2Reading(ArgillaReading):
    """Reads records one after the other; what was asked is read off the answers."""

    def __init__(self) -> None:
        super().__init__({"questions": [{"name": name, "settings": kind} for name, kind in _KINDS.items()]})

    def declared(self) -> Declared:
        """Nothing: these files do not say what was asked."""
        return Declared(absent_is_empty=False)

    def read(self, row: dict[str, Any], file: str) -> Iterator[Entry]:
        """The record with its responses and suggestions."""
        yield from super().read(_of_one_task(row) if row.keys() >= _OF_ONE_TASK else _feedback(row), file)


def _is_asked(name: str, row: dict[str, Any]) -> bool:
    """Whether a column holds people's responses: a list of them, or, as some writers do it, lists of their parts."""
    value = row[name]
    if f"{name}-suggestion" in row:
        return True
    one = value[0] if isinstance(value, list) and value else value
    return isinstance(one, dict) and one.keys() == _RESPONSE


def _feedback(row: dict[str, Any]) -> dict[str, Any]:
    asked = [name for name in row if _is_asked(name, row)]
    about = {f"{name}-suggestion{end}" for name in asked for end in ("", "-metadata")}
    fields = without(row, {*asked, *about, "external_id", "metadata", "id", "vectors"})
    suggested = {name: row[f"{name}-suggestion"] for name in asked if row.get(f"{name}-suggestion") is not None}
    return {
        "id": row.get("external_id") or row.get("id"), "fields": fields, "metadata": _metadata(row.get("metadata")),
        "vectors": row.get("vectors"), "responses": {name: _responses(row[name]) for name in asked},
        "suggestions": {
            name: {"value": value} | (row.get(f"{name}-suggestion-metadata") or {}) for name, value in suggested.items()
        },
    }  # fmt: skip


def _responses(given: Any) -> list[dict[str, Any]]:
    if isinstance(given, dict):
        parts = [given.get(name) or [] for name in ("user_id", "value", "status")]
        return [{"user_id": who, "value": value, "status": how} for who, value, how in zip(*parts, strict=False)]
    return [one for one in given or [] if isinstance(one, dict) and one.get("value") is not None]


def _of_one_task(row: dict[str, Any]) -> dict[str, Any]:
    inputs = row.get("inputs")
    name, annotation, suggestion = _judged(row)
    responses = [] if annotation is None else [{"user_id": row.get("annotation_agent"), "value": annotation}]
    rest = without(row, _DERIVED | _OF_ONE_TASK | {"metadata", "vectors"})
    return {
        "id": row.get("id"), "fields": inputs if isinstance(inputs, dict) else {"text": row.get("text") or inputs},
        "metadata": _metadata(row.get("metadata")) | {name: one for name, one in rest.items() if one},
        "vectors": row.get("vectors"),
        "responses": {name: responses},
        "suggestions": {name: suggestion | {"agent": row.get("prediction_agent")}} if suggestion else {},
    }  # fmt: skip


def _judged(row: dict[str, Any]) -> tuple[str, Any, dict[str, Any]]:
    """(question, what the person said, what the model said) of a record of one task."""
    annotation, told = row.get("annotation"), [one for one in row.get("prediction") or [] if isinstance(one, dict)]
    scores = [one.get("score") for one in told]
    if row.get("tokens"):
        return "entities", annotation, {"value": told, "score": scores} if told else {}
    best = max(told, key=lambda one: one.get("score") or 0, default=None)
    if best is not None and "text" in best:
        return "target", annotation, {"value": best["text"], "score": best.get("score")}
    if row.get("multi_label"):
        likely = [one["label"] for one in told if (one.get("score") or 0) >= _LIKELY]
        return "label", annotation, {"value": likely, "score": scores} if told else {}
    asked = "label" if best is not None or "multi_label" in row or "inputs" in row else "target"
    return asked, annotation, {"value": best["label"], "score": best.get("score")} if best else {}


def _metadata(given: Any) -> dict[str, Any]:
    if isinstance(given, str):
        try:
            given = msgspec.json.decode(given)
        except (msgspec.DecodeError, RecursionError):
            return {"metadata": given}
    return given if isinstance(given, dict) else {}
