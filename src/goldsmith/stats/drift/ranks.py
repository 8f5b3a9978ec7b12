"""Conformal p-values of a stream: how an item ranks among all that came before it."""

from dataclasses import dataclass

import numpy as np

AT_ONCE = 128  # items ranked together; a matter of speed alone


@dataclass(frozen=True, eq=False)
class Ranks:
    """How many earlier items fell into each bin of each score: (scores, bins)."""

    counts: np.ndarray

    def after(self, bins: np.ndarray, ties: np.ndarray) -> tuple[np.ndarray, "Ranks"]:
        """The p-values of the next items, (n, scores), and the ranks with them counted.

            p_t = (#{i < t: s_i > s_t} + θ_t (#{i < t: s_i = s_t} + 1)) / t

        As long as all items are exchangeable, p_1, p_2, … of one score are independent and uniform on [0, 1], whatever
        the score's distribution and however small the reference: every item is ranked among *all* before it. (Ranks
        against a reference that stays fixed are not: they share its luck, and a long stream takes that for drift.)

        bins : the bin of each item's scores, larger means stranger, int (n, scores).
        ties : θ, uniform and independent, (n, scores).

        Source: Vovk, Gammerman and Shafer (2022), Algorithmic Learning in a Random World, 2nd ed., theorem 11.1.
        """
        score = np.arange(len(self.counts))
        above = self.counts[:, ::-1].cumsum(1)[:, ::-1] - self.counts
        earlier = np.tri(len(bins), k=-1, dtype=bool)[:, :, None]
        higher = above[score, bins] + ((bins[None] > bins[:, None]) & earlier).sum(1)
        same = self.counts[score, bins] + ((bins[None] == bins[:, None]) & earlier).sum(1)
        before = self.counts.sum(1) + np.arange(len(bins))[:, None]
        return (higher + ties * (same + 1)) / (before + 1), self.counting(bins)

    def counting(self, bins: np.ndarray) -> "Ranks":
        """The ranks with more items counted."""
        counts = self.counts.copy()
        np.add.at(counts, (np.arange(len(counts)), bins), 1)
        return Ranks(counts)


def binned(scores: np.ndarray, edges: tuple[np.ndarray, ...]) -> np.ndarray:
    """The bin of each score, (n, scores): the number of edges at or below it."""
    return np.stack([np.searchsorted(at, scores[:, k], side="right") for k, at in enumerate(edges)], axis=1)


def tie_breaks(seed: int, places: np.ndarray, scores: int) -> np.ndarray:
    """Uniform numbers (n, scores) that depend on seed and place alone, so that a restart goes on with the same.

    Source: the finaliser of SplitMix64; Steele, Lea and Flood (2014), OOPSLA.
    """
    bits = (np.uint64(seed) << np.uint64(32)) ^ (places.astype(np.uint64)[:, None] * np.uint64(1024))
    bits = (bits + np.arange(scores, dtype=np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1)):
        bits = (bits ^ (bits >> np.uint64(shift))) * np.uint64(factor)
    return ((bits >> np.uint64(11)).astype(float) + 0.5) / 2.0**53
