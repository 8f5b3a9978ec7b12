"""Cohen's κ: agreement of two annotators beyond chance, plain or weighted, for one pair or for all."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Literal

import numpy as np

from goldsmith.stats.agreement.coefficient import Disagreement, corrected
from goldsmith.stats.agreement.distances import Distance, Nominal
from goldsmith.stats.agreement.intervals import estimate
from goldsmith.stats.agreement.levels import distance_for
from goldsmith.stats.agreement.pairs import PairTables, pair_tables
from goldsmith.stats.agreement.resampling import BY_ITEM, Resampling
from goldsmith.stats.agreement.result import Agreement
from goldsmith.stats.ratings import Ratings

Weights = Literal["linear", "quadratic"] | None


def cohen_kappa(
    ratings: Ratings,
    annotators: tuple[Hashable, Hashable] | None = None,
    *,
    weights: Weights = None,
    order: Sequence[Hashable] | None = None,
    resampling: Resampling = BY_ITEM,
) -> Agreement:
    """How far two annotators agree on the items both rated, beyond what their own label shares make likely.

        κ = 1 − Σ_cj o_cj δ(c, j) / Σ_cj p_c q_j δ(c, j)

    with o the shares of the pairs of labels, p and q the shares of labels of the one and the other.

    annotators : the two ids; not needed where the ratings are by two people only.
    weights : None (δ = 1 for unlike labels), "linear" (δ = |c − j|) or "quadratic" (δ = (c − j)²). Numbers are their
        own place on the scale; other labels stand one step apart in `order` (or `from_arrays(classes=...)`).

    Source: Cohen (1960), Educational and Psychological Measurement 20(1); weights: Cohen (1968), Psychological
    Bulletin 70(4). No shared item, or no disagreement possible by chance (one class): NaN. Two annotators are too
    few for an interval by annotator: NaN ends.
    """
    pair = _of_two(ratings, annotators).with_order(order)
    return estimate(pair, partial(_fit, weights=weights), resampling)


@dataclass(frozen=True, eq=False)
class Kappas:
    """κ of every pair of annotators in some tables, and of resamples of a single pair."""

    tables: PairTables
    distance: Distance
    n_classes: int

    @property
    def times(self) -> np.ndarray:
        """Items in each cell."""
        return self.tables.count

    @property
    def n_labels(self) -> int:
        """Totals a resample needs: the labels of both."""
        return 2 * self.n_classes

    @cached_property
    def items(self) -> np.ndarray:
        """Shared items: shape (pairs,)."""
        return self.by_pair(self.times)

    @cached_property
    def apart(self) -> np.ndarray:
        """Distance of the two labels of each cell."""
        return self.distance.between(self.tables.a, self.tables.b)

    def by_pair(self, amounts: np.ndarray) -> np.ndarray:
        """Sums of an amount per cell: shape (pairs,)."""
        return np.bincount(self.tables.pair, amounts, len(self.tables.first))

    def values(self) -> np.ndarray:
        """κ of each pair."""
        return corrected(self.by_pair(self.times * self.apart) / self.items, self.expected)

    def value(self) -> float:
        """κ of the only pair; NaN where there is none."""
        return float(self.values()[0]) if len(self.tables.first) else np.nan

    def without_each(self) -> np.ndarray:
        """Exact: one item less in each cell takes one from a row total and one from a column total."""
        pair, a, b = self.tables.pair, self.tables.a, self.tables.b
        observed = self.by_pair(self.times * self.apart)[pair] - self.apart
        left = self.items[pair] - 1
        to_rows, to_columns = (self.distance.to_all(totals) for totals in self.totals)
        expected = (self.expected * self.items**2)[pair] - to_columns[pair, a] - to_rows[pair, b] + self.apart
        with np.errstate(divide="ignore", invalid="ignore"):
            return corrected(observed / left, expected / left**2)

    def resampled(self, weights: np.ndarray) -> np.ndarray:
        """κ of a single pair with its cells reweighted."""
        n, labels = weights.sum(axis=1), np.arange(self.n_classes)
        rows, columns = (weights @ (side[:, None] == labels).astype(float) for side in (self.tables.a, self.tables.b))
        expected = np.einsum("bc,bc->b", rows, self.distance.to_all(columns))
        return corrected(weights @ self.apart / n, expected / n**2)

    def disagreement(self) -> Disagreement:
        """Of a single pair."""
        each = self.disagreements()
        return Disagreement(self.apart, float(each.expected[0]), float(each.apart[0]), int(self.items[0]))

    def disagreements(self) -> Disagreement:
        """Of each pair: the mean within its items, by chance, and of unlike labels."""
        rows, columns = self.totals
        unlike = np.einsum("pc,pc->p", rows, Nominal().to_all(columns)) / self.items**2
        apart = np.where(unlike > 0, self.expected / np.where(unlike > 0, unlike, 1.0), 1.0)
        within = self.by_pair(self.times * self.apart) / self.items
        return Disagreement(within, self.expected, apart, self.items)

    def if_unseen(self, share: float) -> float:
        """Of a single pair."""
        return float(self.ifs_unseen(np.array([share]))[0])

    def ifs_unseen(self, shares: np.ndarray) -> np.ndarray:
        """κ of each pair if that share of all items were agreed on a label that only one of the two was seen to give.

        −∞ where a pair agrees on several labels, or on none.
        """
        (rows, columns), together = self.totals, self.tables.a == self.tables.b
        agreed = np.zeros(rows.shape, bool)
        agreed[self.tables.pair[together], self.tables.a[together]] = True
        to_rows, to_columns = (self.distance.to_all(totals) for totals in self.totals)
        shares, items = shares[:, None], self.items[:, None]
        expected = (1 - shares) ** 2 * self.expected[:, None] + (1 - shares) * shares * (to_rows + to_columns) / items
        within = (self.by_pair(self.times * self.apart) / self.items)[:, None]
        may = ~agreed & (rows + columns > 0) & (agreed.sum(1) == 1)[:, None]
        return np.where(may, corrected(within, expected), -np.inf).max(1, initial=-np.inf)

    @cached_property
    def totals(self) -> tuple[np.ndarray, np.ndarray]:
        """Label totals of the first and of the second annotator: shape (pairs, labels) each."""
        cells, shape = self.tables.pair * self.n_classes, (len(self.tables.first), self.n_classes)
        a, b = (np.bincount(cells + side, self.times, shape[0] * shape[1]) for side in (self.tables.a, self.tables.b))
        return a.reshape(shape), b.reshape(shape)

    @cached_property
    def expected(self) -> np.ndarray:
        """Disagreement expected by chance: shape (pairs,)."""
        rows, columns = self.totals
        return np.einsum("pc,pc->p", rows, self.distance.to_all(columns)) / self.items**2


def _fit(ratings: Ratings, weights: Weights) -> Kappas:
    return Kappas(pair_tables(ratings), distance_for(ratings, weights or "nominal"), max(len(ratings.classes), 1))


def _of_two(ratings: Ratings, annotators: tuple[Hashable, Hashable] | None) -> Ratings:
    if annotators is None:
        codes = np.unique(ratings.annotator)
        if len(codes) > 2:
            raise ValueError(f"Cohen's kappa is for two annotators, got {len(codes)}: pass annotators=(one, other).")
        return ratings
    code_of = {name: code for code, name in enumerate(ratings.annotators.tolist())}
    unknown = [name for name in annotators if name not in code_of]
    if unknown or len(set(annotators)) != 2:
        raise ValueError(f"annotators must name two different annotators of these ratings, got {annotators!r}.")
    return ratings.keep(np.isin(ratings.annotator, [code_of[name] for name in annotators]))
