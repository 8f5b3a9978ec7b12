"""The parts that a cloud of points falls into (k-means)."""

import numpy as np

MOST_STEPS = 25


def middles(points: np.ndarray, size: int) -> np.ndarray:
    """The middles of so many parts, (size, dimensions); the first points, which are in random order, are the start.

    Each point belongs to the nearest middle, each middle is the mean of its points, in turn until nothing moves. A
    part without points stays where it is.
    Source: Lloyd (1982), IEEE Transactions on Information Theory 28, 129–137.
    """
    found, mine = points[:size].copy(), None
    for _ in range(MOST_STEPS):
        before, mine = mine, nearest_middle(points, found)
        if before is not None and np.array_equal(before, mine):
            break
        for part in np.unique(mine):
            found[part] = points[mine == part].mean(0)
    return found


def nearest_middle(points: np.ndarray, middles: np.ndarray) -> np.ndarray:
    """The place of each point's nearest middle, (n,); of equally near ones the first."""
    return (points @ middles.T - 0.5 * (middles**2).sum(1)).argmax(1)
