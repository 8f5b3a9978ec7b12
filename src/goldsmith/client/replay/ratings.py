"""Read ratings and items from CSV."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from goldsmith.client.errors import Invalid

LONGEST_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class Rating:
    """What one worker said about one item."""

    item: str
    worker: str
    label: str
    seconds: float = 0.0


@dataclass(frozen=True)
class Ratings:
    """Distinct ratings: where a worker rated an item twice, the first counts and the others are `n_repeated`."""

    by_worker: dict[str, dict[str, Rating]]
    n_repeated: int

    def __len__(self) -> int:
        return sum(len(rated) for rated in self.by_worker.values())

    def __iter__(self) -> Iterator[Rating]:
        for rated in self.by_worker.values():
            yield from rated.values()

    @property
    def items(self) -> list[str]:
        """Every item, in the order of first mention by worker."""
        return list(dict.fromkeys(rating.item for rating in self))

    @property
    def labels(self) -> list[str]:
        """Every label, numbers by size."""
        return sorted({rating.label for rating in self}, key=_by_size)

    @property
    def most_per_item(self) -> int:
        """How many workers rated the item with the most ratings."""
        return max(Counter(rating.item for rating in self).values(), default=0)


def read_ratings(path: Path) -> Ratings:
    """Ratings from a CSV file with the columns item, worker, label and, if it has one, seconds."""
    by_worker: dict[str, dict[str, Rating]] = {}
    n_repeated = 0
    for line, row in _rows(path, ("item", "worker", "label")):
        rating = Rating(row["item"], row["worker"], _plain(row["label"]), _seconds(row.get("seconds"), path, line))
        rated = by_worker.setdefault(rating.worker, {})
        n_repeated += rating.item in rated
        rated.setdefault(rating.item, rating)
    if not by_worker:
        raise Invalid(f"'{path}' holds no ratings.", title="There is nothing to replay")
    return Ratings(by_worker, n_repeated)


def read_items(path: Path, text_column: str) -> dict[str, str]:
    """Texts by item from a CSV file with the columns item and `text_column`."""
    return {row["item"]: row[text_column] for _, row in _rows(path, ("item", text_column))}


def _rows(path: Path, needed: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            _require_columns(path, reader.fieldnames or [], needed)
            for row in reader:
                if any(not row.get(name) for name in needed):
                    raise Invalid(
                        f"'{path}', line {reader.line_num}: {' and '.join(needed)} must all be filled.",
                        title="A row is not complete",
                    )
                yield reader.line_num, row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Invalid(f"'{path}' cannot be read as CSV: {error}.", title="A file cannot be read") from None


def _require_columns(path: Path, found: Iterable[str], needed: Iterable[str]) -> None:
    missing = [name for name in needed if name not in found]
    if missing:
        raise Invalid(
            f"'{path}' lacks the column {', '.join(missing)}. Expected a first line such as item,worker,label; "
            f"it is: {','.join(found)}.",
            title="A column is missing",
        )


def _plain(label: str) -> str:
    """The label as people write it: a whole number without its `.0`."""
    return label[:-2] if label.endswith(".0") and label[:-2].lstrip("-").isdigit() else label


def _seconds(given: str | None, path: Path, line: int) -> float:
    try:
        return min(max(float(given or 0), 0.0), LONGEST_SECONDS)
    except ValueError:
        raise Invalid(f"'{path}', line {line}: expected seconds as a number, got '{given}'.") from None


def _by_size(label: str) -> tuple[int, float, str]:
    try:
        return 0, float(label), label
    except ValueError:
        return 1, 0.0, label
