"""The rows of a release in Croissant's words: a field for each column, with fields below it where values have parts.

Free objects have no type in the vocabulary, so metadata and tools are a field only where the file holds them as text.
"""

from typing import Any

from goldsmith.server.features.projects import ChoiceQuestion
from goldsmith.server.features.releases.columns import AS_JSON, Column, Layout

Json = dict[str, Any]
_PLAIN = {"rating": "sc:Integer", "count": "sc:Integer", "confidence": "sc:Float", "flag": "sc:Boolean"}
_PARTS = {
    "chat": {"role": "sc:Text", "content": "sc:Text"},
    "context": {"text": "sc:Text", "title": "sc:Text", "url": "sc:Text"},
    "span": {"field": "sc:Text", "start": "sc:Integer", "end": "sc:Integer", "label": "sc:Text",
             "turn": "sc:Integer", "note": "sc:Text"},
    "edit": {"text": "sc:Text", "turn": "sc:Integer"},
    "preference": {"choice": "sc:Text", "strength": "sc:Integer"},
}  # fmt: skip
_OURS = {
    "id": "The record's own id.",
    "metadata": "What came with the record, as JSON.",
    "method": "How the answer was accepted: consensus, adjudication or expert.",
    "confidence": "Share of people behind the least certain answer.",
    "n_annotators": "People whose answer counted.",
    "holdout": "Whether the record is sealed from training.",
}


def rows_of(layout: Layout, form: str, file: str) -> Json:
    """The record set of all rows."""
    fields = [one for column in layout.columns for one in _fields_of(column, layout, form, file)]
    return {"@type": "cr:RecordSet", "@id": "rows", "name": "rows", "key": {"@id": "rows/id"}, "field": fields}


def options_of(layout: Layout) -> list[Json]:
    """For each question that offers options, what they are."""
    return [_options(question) for question in layout.questions if isinstance(question, ChoiceQuestion)]


def _options(question: ChoiceQuestion) -> Json:
    at = f"options_of_{question.name}"
    fields = [
        {"@type": "cr:Field", "@id": f"{at}/{name}", "name": name, "dataType": "sc:Text"} for name in ("value", "title")
    ]
    return {
        "@type": "cr:RecordSet",
        "@id": at,
        "name": at,
        "description": f"What the question '{question.name}' offers.",
        "dataType": "sc:Enumeration",
        "key": {"@id": f"{at}/value"},
        "field": fields,
        "data": [{f"{at}/value": one.value, f"{at}/title": one.title or one.value} for one in question.options],
    }


def _fields_of(column: Column, layout: Layout, form: str, file: str) -> list[Json]:
    if column.kind in ("metadata", "tools") and form == "jsonl":
        return []
    if form == "csv" and column.kind == "preference":
        kinds = {column.name: "sc:Text", f"{column.name}_strength": "sc:Integer"}
        return [_field(f"rows/{name}", name, kind, file, name) for name, kind in kinds.items()]
    if form == "csv" and column.kind in AS_JSON:
        return [_described(column, layout, _field(f"rows/{column.name}", column.name, "sc:Text", file, column.name))]
    return [_described(column, layout, _nested(column, file))]


def _nested(column: Column, file: str) -> Json:
    at, name = f"rows/{column.name}", column.name
    parts = _PARTS.get(column.kind)
    if parts is None:
        plain = _field(at, name, _PLAIN.get(column.kind, "sc:Text"), file, name)
        return plain | {"repeated": True} if column.kind in ("multi_label", "ranking") else plain
    below = [_field(f"{at}/{part}", part, kind, file, name, path=part) for part, kind in parts.items()]
    whole: Json = {"@type": "cr:Field", "@id": at, "name": name, "subField": below}
    return whole if column.kind == "preference" else whole | {"repeated": True}


def _field(at: str, name: str, kind: str, file: str, column: str, *, path: str | None = None) -> Json:
    source: Json = {"fileObject": {"@id": file}, "extract": {"column": column}}
    if path is not None:
        source["transform"] = {"jsonPath": path}
    return {"@type": "cr:Field", "@id": at, "name": name, "dataType": kind, "source": source}


def _described(column: Column, layout: Layout, field: Json) -> Json:
    if column.source == "field":
        told = f"The record's field '{column.key}'."
    elif column.source == "answer":
        title = next(one.title for one in layout.questions if one.name == column.key)
        told = f"The accepted answer to '{column.key}': {title}"
    else:
        told = _OURS[column.name]
    return field | {"description": told}
