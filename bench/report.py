"""Rows of measurements as Markdown."""

import json
from typing import Any


def table(rows: list[dict[str, Any]]) -> str:
    """One column per name, in the order of the first row."""
    head = list(dict.fromkeys(name for row in rows for name in row))
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell(row.get(name)) for name in head) + " |" for row in rows]
    return "\n".join(lines)


def cell(value: Any) -> str:
    """A number short enough to compare by eye."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).lower()
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.2f}"
    return str(value)


def as_markdown(said: str) -> str:
    """What a script printed: JSON lines become a table, anything else stays."""
    try:
        rows = [json.loads(line) for line in said.splitlines() if line.strip()]
    except ValueError:
        return said
    return table(rows) if rows and all(isinstance(row, dict) for row in rows) else said
