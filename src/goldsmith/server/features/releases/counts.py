"""What a part holds, as counts under short paths such as `("methods", "consensus")`: parts add up to the release."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from goldsmith.server.features.releases.columns import Layout

Path = tuple[str, ...]
Counts = Counter[Path]


def stored(counts: Counts) -> list[list[Any]]:
    """The counts as small JSON."""
    return [[list(path), count] for path, count in sorted(counts.items()) if count]


def loaded(documents: Iterable[Sequence[Sequence[Any]]]) -> Counts:
    """The sum of several stored counts."""
    total: Counts = Counter()
    for document in documents:
        for path, count in document:
            total[tuple(path)] += count
    return total


def below(counts: Counts, *path: str) -> dict[str, int]:
    """The counts directly below a path, by their last word."""
    depth = len(path)
    return {one[depth]: count for one, count in sorted(counts.items()) if len(one) == depth + 1 and one[:depth] == path}


def count_answers(layout: Layout, rows: list[Any]) -> Counts:
    """How often each answer was accepted: spans by label, rankings by who stands first, free text as given or not."""
    counts: Counts = Counter()
    for column in layout.columns:
        if column.source != "answer":
            continue
        values = list(map(layout.reader("answer", column.key), rows))
        for value, count in Counter(_countable(values, column.kind)).items():
            counts["answers", column.key, value] += count
    return counts


def _countable(values: list[Any], kind: str) -> Iterable[str]:
    given = [value for value in values if value is not None]
    if kind == "multi_label":
        return [option for value in given for option in value]
    if kind == "span":
        return [span.label for value in given for span in value]
    if kind == "ranking":
        return [best for value in given for best in value[0]]
    if kind == "preference":
        return [value.choice for value in given]
    if kind == "edit":
        return ["rewritten" if value else "kept" for value in given]
    return ["given" for _ in given] if kind == "text" else map(str, given)
