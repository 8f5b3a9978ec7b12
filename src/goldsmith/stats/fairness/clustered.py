"""Variances of rates where rows hang together, because one rater gave many or many rated one item."""

import numpy as np

from goldsmith.stats.fairness.rows import Rows


def clustered_variance(influence: np.ndarray, rows: Rows) -> np.ndarray:
    """The variance of estimates that are sums of rows' influence: (estimates,) for influence (rows, estimates).

        V = V_raters + V_items − V_both,    V_c = G / (G − 1) Σ_clusters (Σ_rows influence)²

    with G the clusters that have any influence on the estimate; V_both takes rows of the same rater and item for one
    cluster. At least the larger of the first two. Without items: V_raters. A single cluster: infinite.

    Source: Cameron, Gelbach and Miller (2011), Journal of Business & Economic Statistics 29, 238–249.
    """
    by_rater = _one_way(influence, rows.cluster)
    if rows.item is None:
        return by_rater
    by_item = _one_way(influence, rows.item)
    pairs = np.unique(rows.cluster.astype(np.int64) * (rows.item.max() + 1) + rows.item, return_inverse=True)[1]
    larger, both = np.maximum(by_rater, by_item), _one_way(influence, pairs)
    both[np.isinf(both)] = 0.0  # a single pair is a single rater, too
    return np.maximum(by_rater + by_item - both, larger)


def _one_way(influence: np.ndarray, clusters: np.ndarray) -> np.ndarray:
    """The variance with one kind of cluster."""
    found = np.empty(influence.shape[1])
    for place, column in enumerate(influence.T):
        n = clusters_in(column != 0, clusters)
        squares = (np.bincount(clusters, column) ** 2).sum()
        found[place] = n / (n - 1) * squares if n > 1 else np.where(n, np.inf, 0.0)
    return found


def clusters_in(rows: np.ndarray, clusters: np.ndarray) -> int:
    """How many clusters have one of these rows (bool)."""
    return int(np.count_nonzero(np.bincount(clusters[rows], minlength=1)))
