"""How far two labels are apart. Each distance is 0 for equal labels and symmetric.

    nominal    1 for unlike labels
    linear     |a − b|
    interval   (a − b)²
    ratio      ((a − b) / (a + b))²                                       (0 where both are 0)
    jaccard    1 − |A ∩ B| / |A ∪ B|                                      for sets; 0 for two empty sets
    masi       1 − m · |A ∩ B| / |A ∪ B|, m = 1 equal, 2/3 one holds the other, 1/3 they overlap, 0 apart

Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability"; MASI: Passonneau (2006), LREC.
The ordinal distance is `interval` between mid-ranks, see `ordinal.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from goldsmith.stats.agreement.tally import Tally, pairs_within

BLOCK = 1 << 20  # distances computed at once


class Distance(Protocol):
    """A distance between label codes 0 … labels - 1."""

    def between(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """δ(a, b), place by place."""
        ...

    def to_all(self, amounts: np.ndarray) -> np.ndarray:
        """Σ_k amounts[…, k] · δ(c, k) for every label c: same shape as amounts, labels last."""
        ...

    def in_row(self, tally: Tally) -> np.ndarray:
        """Σ_k count[row, k] · δ(c, k) for every cell (row, c): shape (cells,)."""
        ...


class Nominal:
    """1 for unlike labels, at a cost that does not grow with the pairs."""

    def between(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Unlike or not."""
        return (a != b).astype(float)

    def to_all(self, amounts: np.ndarray) -> np.ndarray:
        """Everything but the label itself."""
        return amounts.sum(axis=-1, keepdims=True) - amounts

    def in_row(self, tally: Tally) -> np.ndarray:
        """The row's other labels."""
        return (tally.size[tally.row] - tally.count).astype(float)


@dataclass(frozen=True)
class Squared:
    """(a − b)² between scores, through means: thousands of distinct values cost no pairs."""

    scores: np.ndarray

    def between(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """(a − b)²."""
        return (self.scores[a] - self.scores[b]) ** 2

    def to_all(self, amounts: np.ndarray) -> np.ndarray:
        """Σ w (x − x̄)² + W (a − x̄)²."""
        total = amounts.sum(axis=-1, keepdims=True)
        mean = (amounts @ self.scores)[..., None] / np.where(total == 0, 1.0, total)
        off = (self.scores - mean) ** 2
        return (amounts * off).sum(axis=-1, keepdims=True) + total * off

    def in_row(self, tally: Tally) -> np.ndarray:
        """The same within each row, around the row's own mean."""
        scores, size = self.scores[tally.label], tally.size
        off = scores - (tally.by_row(tally.count * scores) / size)[tally.row]
        spread = tally.by_row(tally.count * off**2)
        return spread[tally.row] + size[tally.row] * off**2


@dataclass(frozen=True)
class Pairwise:
    """Any distance between two arrays of label codes, at the cost of the pairs of labels that occur.

    `to_all` costs labels² evaluations, in blocks; `in_row` the pairs of distinct labels within rows.
    """

    apart: Callable[[np.ndarray, np.ndarray], np.ndarray]

    def between(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """As given."""
        return self.apart(a, b)

    def to_all(self, amounts: np.ndarray) -> np.ndarray:
        """Block by block of columns of the distance matrix."""
        n_labels = amounts.shape[-1]
        used = np.flatnonzero(amounts.reshape(-1, n_labels).any(axis=0))
        if not len(used):
            return np.zeros(amounts.shape)
        step = max(1, BLOCK // len(used))
        blocks = (np.arange(start, min(start + step, n_labels)) for start in range(0, n_labels, step))
        parts = [amounts[..., used] @ self.between(used[:, None], block[None, :]) for block in blocks]
        return np.concatenate(parts, axis=-1)

    def in_row(self, tally: Tally) -> np.ndarray:
        """Pairs each cell with the next in its row, then the one after it, until no row is long enough."""
        total = np.zeros(len(tally.row))
        for first, second in pairs_within(tally.row):
            apart = self.between(tally.label[first], tally.label[second])
            total[first] += tally.count[second] * apart
            total[second] += tally.count[first] * apart
        return total


def squared(scores: np.ndarray) -> Squared:
    """(a − b)², scaled so that the farthest labels are 1 apart: no coefficient notices, and sums stay exact."""
    reach = np.ptp(scores) if len(scores) else 0.0
    return Squared((scores - scores.min()) / reach if reach > 0 else np.zeros(max(len(scores), 1)))


def linear(scores: np.ndarray) -> Pairwise:
    """|a − b|, scaled so that the farthest labels are 1 apart."""
    unit = scores / ((np.ptp(scores) if len(scores) else 0.0) or 1.0)
    return Pairwise(lambda a, b: np.abs(unit[a] - unit[b]))


def ratio(values: np.ndarray) -> Pairwise:
    """((a − b) / (a + b))²; the values must not be negative."""
    if (values < 0).any():
        raise ValueError("The ratio level needs values from 0 up: a negative label came. Use level='interval'.")

    def between(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        total = values[a] + values[b]
        return ((values[a] - values[b]) / np.where(total == 0, 1.0, total)) ** 2

    return Pairwise(between)


def jaccard(members: np.ndarray) -> Pairwise:
    """1 − |A ∩ B| / |A ∪ B| from a bool table of label codes × choices."""
    return _by_overlap(members, _overlap)


def masi(members: np.ndarray) -> Pairwise:
    """Jaccard's overlap, discounted where the sets are not equal."""

    def alike(shared: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        nested = np.where(shared == np.minimum(a, b), 2 / 3, 1 / 3)
        return np.where(shared == np.maximum(a, b), 1.0, nested) * _overlap(shared, a, b)

    return _by_overlap(members, alike)


def _by_overlap(members: np.ndarray, alike: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]) -> Pairwise:
    """A distance that depends on |A ∩ B|, |A| and |B| only, read from a table of these."""
    bits = np.packbits(members, axis=1).T.copy()
    sizes, size = np.unique(members.sum(axis=1), return_inverse=True)
    size, n_sizes = size.astype(np.int32), len(sizes)
    axes = np.meshgrid(np.arange(sizes.max(initial=0) + 1), sizes, sizes, indexing="ij")
    table = 1.0 - alike(*axes).ravel()

    def between(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        shared = np.zeros(np.broadcast_shapes(a.shape, b.shape), np.int32)
        for byte in bits:
            shared += np.bitwise_count(byte[a] & byte[b])
        return table[shared * (n_sizes * n_sizes) + size[a] * n_sizes + size[b]]

    return Pairwise(between)


def _overlap(shared: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """|A ∩ B| / |A ∪ B|; 1 for two empty sets."""
    union = a + b - shared
    return np.where(union == 0, 1.0, shared / np.maximum(union, 1))
