"""Variances of rates where rows hang together, because one rater gave many or many rated one item."""

import numpy as np

from goldsmith.stats.fairness.rows import Rows


def clustered_variance(parts: list[np.ndarray], rows: Rows) -> np.ndarray:
    """The variance of estimates that are sums of rows' influence: (estimates,) for parts of (rows, estimates) each.

        V = V_raters + V_items − V_both,    V_c = Σ_clusters (Σ_parts sqrt(G / (G − 1)) Σ_rows influence)²

    with G the clusters that have any influence on the part: a rate and that of its rest are parts of a gap, and where
    one of them has few clusters, that one is corrected. V_both takes rows of the same rater and item for one cluster.
    At least the larger of V_raters and V_items; without items V_raters. A part of a single cluster: infinite.

    Source: Cameron, Gelbach and Miller (2011), Journal of Business & Economic Statistics 29, 238–249.
    """
    by_rater = _one_way(parts, rows.cluster)
    if rows.item is None:
        return by_rater
    by_item = _one_way(parts, rows.item)
    pairs = np.unique(rows.cluster.astype(np.int64) * (rows.item.max() + 1) + rows.item, return_inverse=True)[1]
    larger, both = np.maximum(by_rater, by_item), _one_way(parts, pairs)
    both[np.isinf(both)] = 0.0  # a single pair is a single rater, too
    return np.maximum(by_rater + by_item - both, larger)


def _one_way(parts: list[np.ndarray], clusters: np.ndarray) -> np.ndarray:
    """The variance with one kind of cluster."""
    found = np.empty(parts[0].shape[1])
    for place in range(len(found)):
        columns = [part[:, place] for part in parts]
        sizes = [clusters_in(column != 0, clusters) for column in columns]
        sums = [np.sqrt(n / max(n - 1, 1)) * np.bincount(clusters, one) for n, one in zip(sizes, columns, strict=True)]
        found[place] = np.inf if 1 in sizes else (np.sum(sums, 0) ** 2).sum()
    return found


def clusters_in(rows: np.ndarray, clusters: np.ndarray) -> int:
    """How many clusters have one of these rows (bool)."""
    return int(np.count_nonzero(np.bincount(clusters[rows], minlength=1)))
