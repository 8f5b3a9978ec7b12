"""A value that fits a JSON schema: its own example, its default, or the smallest thing it allows."""

from typing import Any

Json = dict[str, Any]


def example_of(schema: Json, components: Json) -> Any:
    """An instance of `schema`; `components` are the contract's named schemas."""
    if "$ref" in schema:
        return example_of(components[schema["$ref"].rsplit("/", 1)[1]], components)
    for given in ("examples", "example", "const", "default"):
        if given in schema:
            return schema[given][0] if given == "examples" else schema[given]
    if "enum" in schema:
        return schema["enum"][0]
    for choice in ("oneOf", "anyOf", "allOf"):
        if choice in schema:
            return example_of(schema[choice][0], components)
    return _smallest(schema, components)


def _smallest(schema: Json, components: Json) -> Any:
    kind = schema.get("type")
    if kind == "object" or "properties" in schema:
        known = schema.get("properties", {})
        wanted = [name for name in known if name in schema.get("required", []) or "examples" in known[name]]
        return {name: example_of(known[name], components) for name in wanted}
    if kind == "array":
        return [example_of(schema["items"], components) for _ in range(max(1, schema.get("minItems", 1)))]
    if kind == "string":
        return _TEXTS.get(schema.get("format", ""), "x" * max(1, schema.get("minLength", 1)))
    if kind in {"integer", "number"}:
        return schema.get("minimum", 1)
    return kind != "null" or None


_TEXTS = {"date-time": "2026-05-04T09:00:00Z", "date": "2026-05-04", "uri": "https://example.com/"}
