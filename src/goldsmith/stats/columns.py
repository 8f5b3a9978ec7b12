"""Columns of flags, shares and numbers, checked once at the border: what is missing must not pass for true."""

from typing import Any

import numpy as np


def flags(values: Any, what: str) -> np.ndarray:
    """True or false for each case, (n,); 1 and 0 will do. A text or NaN, which NumPy takes for true, is an error."""
    column = np.asarray(values)
    if column.ndim != 1:
        raise ValueError(f"Expected {what} as one column, got shape {column.shape}.")
    if column.dtype.kind == "b":
        return column
    if column.size and (column.dtype.kind not in "iufO" or not all(value in (0, 1) for value in column.tolist())):
        raise ValueError(f"Expected {what} to be true or false for each case, got {_odd(column)!r}.")
    return column.astype(bool)


def shares(values: Any, what: str) -> np.ndarray:
    """Numbers from 0 to 1, (n,)."""
    column = numbers(values, what)
    if not ((column >= 0) & (column <= 1)).all():
        raise ValueError(f"Expected {what} between 0 and 1, got {column[(column < 0) | (column > 1)][0]:g}.")
    return column


def numbers(values: Any, what: str) -> np.ndarray:
    """Finite numbers, (n,)."""
    try:
        column = np.asarray(values, float)
    except (TypeError, ValueError):
        raise ValueError(f"Expected {what} as numbers, got {values!r:.80}.") from None
    if column.ndim != 1:
        raise ValueError(f"Expected {what} as one column, got shape {column.shape}.")
    if not np.isfinite(column).all():
        raise ValueError(f"Expected {what} as finite numbers, got {column[~np.isfinite(column)][0]}: drop such rows.")
    return column


def check_confidence(confidence: float) -> None:
    """Refuses a level that no interval has."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, for example 0.95; got {confidence!r}.")


def _odd(column: np.ndarray) -> Any:
    return next((value for value in column.tolist() if value not in (0, 1)), None)
