"""Turns ids and labels of any hashable kind into small integers, once, at the border.

Everything behind the border works on integer codes; `ids[code]` gives back what the caller sent.
"""

from collections.abc import Hashable, Iterable, Sequence
from itertools import islice
from typing import Any

import numpy as np

CHUNK = 1 << 18  # values coded at a time: bounds the Python objects alive at once
MISSING = -1
EXACT = 2**53  # from here on, a float stands for several integers


def code_ids(values: Any) -> tuple[np.ndarray, np.ndarray]:
    """Codes (int32) and the distinct ids they stand for: integers in rising order, others as first met."""
    column = as_column(values)
    if column.dtype.kind in "iu":
        return _code_integers(column)
    codes, ids = _code_hashables(column)
    if any(as_label(value) is None for value in ids.tolist() if not isinstance(value, frozenset)):
        raise ValueError("An id is missing (None or NaN): drop these rows, or give each an id of its own.")
    return codes, ids


def code_labels(values: Any, classes: Sequence[Hashable] | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Codes (int32, -1 for a missing label) and the classes, sorted where they sort, or as given in `classes`.

    `None` and NaN are missing. A list, set or frozenset is one set-valued label; order and repeats in it do not matter.
    """
    column = as_column(values)
    if classes is not None:
        return _code_as_listed(column, classes)
    if column.dtype.kind in "iub":
        return _code_integers(column)
    if column.dtype.kind == "f":
        return _code_floats(column)
    return _in_order(*_missing_apart(*_code_hashables(column, as_label)))


def as_column(values: Any) -> np.ndarray:
    """A one-dimensional array that keeps each value as it came (no number turned into text)."""
    if isinstance(values, np.ndarray) or hasattr(values, "__array__"):
        column = np.asarray(values)
        if column.ndim != 1:
            raise ValueError(f"Expected a one-dimensional array, got shape {column.shape}: flatten it first.")
        return column
    if isinstance(values, str) or not hasattr(values, "__iter__"):
        raise TypeError(f"Expected an array or a list with one value a row, got {values!r}.")
    rows = values if isinstance(values, list) else list(values)
    kinds = set(map(type, rows))
    if kinds not in ({int}, {float}, {int, float}, {bool}):
        return object_array(rows)
    column = np.asarray(rows)
    exact = int not in kinds or column.dtype.kind in "iu" or bool((np.abs(column) < EXACT).all())
    return column if exact else object_array(rows)


def object_array(rows: Iterable[Any]) -> np.ndarray:
    """One Python object a cell, also where the objects are lists of the same length."""
    rows = list(rows)
    return np.fromiter(rows, dtype=object, count=len(rows))


def as_label(value: Any) -> Hashable:
    """The hashable form of a label: a collection of choices becomes a frozenset; NaN, NaT and NA become None."""
    if isinstance(value, (list, set)):
        return frozenset(value)
    try:
        return None if value != value else value
    except (TypeError, ValueError):  # a missing value that is neither equal nor unequal, or an array
        return None if type(value).__name__ == "NAType" else value


def _code_integers(column: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Codes by a table over the range of values; by sorting where that range is far wider than the column is long."""
    if not len(column):
        return np.zeros(0, np.int32), column
    low, high = int(column.min()), int(column.max())
    if column.dtype.kind == "b" or not _fits_a_table(low, high, len(column)):
        ids, codes = np.unique(column, return_inverse=True)
        return codes.astype(np.int32), ids
    codes, ids = _code_by_table(column, low, high)
    return codes, ids.astype(column.dtype)


def _code_floats(column: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """NaN is missing; whole numbers in a narrow range take the quick way of integers."""
    low, high = (float(end(column, initial=0.0)) for end in (np.fmin.reduce, np.fmax.reduce))
    if _fits_a_table(low, high, len(column)) and _are_whole(column):
        codes, classes = _code_by_table(column, int(low), int(high))
        return codes, classes.astype(column.dtype)
    present = ~np.isnan(column)
    codes = np.full(len(column), MISSING, np.int32)
    classes, codes[present] = np.unique(column[present], return_inverse=True)
    return codes, classes


def _fits_a_table(low: float, high: float, length: int) -> bool:
    return high - low <= 4 * length + 1024 and max(-low, high) < 2**53


def _are_whole(column: np.ndarray) -> bool:
    parts = (column[part] for part in chunks(len(column)))
    return all(bool(((values == np.rint(values)) | np.isnan(values)).all()) for values in parts)


def _code_by_table(column: np.ndarray, low: int, high: int) -> tuple[np.ndarray, np.ndarray]:
    """Codes of whole numbers from `low` to `high`, the last place of the table standing for NaN."""
    seen = np.zeros(high - low + 2, bool)
    for part in chunks(len(column)):
        seen[_places(column[part], low)] = True
    seen[-1] = False
    code_of = np.cumsum(seen, dtype=np.int32) - np.int32(1)
    code_of[-1] = MISSING
    codes = np.empty(len(column), np.int32)
    for part in chunks(len(column)):
        codes[part] = code_of[_places(column[part], low)]
    return codes, np.flatnonzero(seen) + low


def _places(values: np.ndarray, low: int) -> np.ndarray:
    if values.dtype.kind != "f":
        return values.astype(np.int64) - low
    return np.where(np.isnan(values), -1, values - low).astype(np.int64)


def _code_hashables(column: np.ndarray, form: Any = None) -> tuple[np.ndarray, np.ndarray]:
    code_of: dict[Hashable, int] = {}
    codes = np.empty(len(column), np.int32)
    for part in chunks(len(column)):
        values = column[part].tolist()
        try:
            values = values if form is None else list(map(form, values))
            for value in dict.fromkeys(values):
                code_of.setdefault(value, len(code_of))
        except TypeError:
            told = f"Ids and labels must be hashable: text, numbers or tuples; got {_odd(values)!r}."
            raise TypeError(told) from None
        codes[part] = np.fromiter(map(code_of.__getitem__, values), np.int32, len(values))
    return codes, object_array(code_of)


def _odd(values: list[Any]) -> Any:
    """The first that has no hash."""
    for value in values:
        try:
            hash(as_label(value))
        except TypeError:
            return value
    return values[0]


def _code_as_listed(column: np.ndarray, classes: Sequence[Hashable]) -> tuple[np.ndarray, np.ndarray]:
    """Codes by place in `classes`, which fixes both the order and the universe of labels."""
    codes, met = code_labels(column)
    place = {as_label(value): code for code, value in enumerate(classes)}
    unknown = [value for value in met.tolist() if value not in place]
    if unknown:
        shown = ", ".join(map(repr, islice(unknown, 5)))
        raise ValueError(f"Labels outside the given classes: {shown}. Add them to the classes or drop these ratings.")
    if len(place) != len(classes):
        raise ValueError("The given classes name a label twice: list each label once.")
    code_of = np.array([place[value] for value in met.tolist()] + [MISSING], np.int32)
    return code_of[codes], object_array(place)


def _missing_apart(codes: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same coding with None taken out of the labels and coded as missing."""
    present = np.array([label is not None for label in labels], bool)
    code_of = np.where(present, np.cumsum(present) - 1, MISSING).astype(np.int32)
    return code_of[codes], labels[present]


def _in_order(codes: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same coding with the labels sorted; as first met where they do not sort."""
    try:
        order = sorted(range(len(labels)), key=lambda code: _sort_key(labels[code]))
    except TypeError:
        return codes, labels
    code_of = np.empty(len(labels) + 1, np.int32)
    code_of[order], code_of[MISSING] = np.arange(len(labels)), MISSING
    return code_of[codes], labels[order]


def _sort_key(label: Any) -> Any:
    """Sets sort by size, then by their sorted members: `<` between sets means 'is part of'."""
    return (len(label), sorted(label)) if isinstance(label, frozenset) else label


def chunks(length: int, size: int = CHUNK) -> Iterable[slice]:
    """Slices that cover `length` places, `size` at a time."""
    return (slice(start, start + size) for start in range(0, length, size))


def lookup(table: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """table[codes], without the copy of the codes as wide integers that NumPy would make."""
    found = np.empty(len(codes), table.dtype)
    for part in chunks(len(codes)):
        found[part] = table[codes[part]]
    return found
