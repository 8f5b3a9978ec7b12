"""What every measure of agreement returns."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """An estimate that never travels without its interval and its n.

    value : the coefficient; 1 is perfect agreement and, for chance-corrected ones, 0 is chance. NaN when undefined.
    low, high : ends of the interval at level `confidence`; NaN when the value is, or when there is too little to tell.
    confidence : nominal coverage of the interval, e.g. 0.95.
    method : how the interval was found: "bootstrap over items", "jackknife over items", "jackknife over annotators",
        "exact for unanimous items", or "none".
    n_items, n_annotators, n_ratings : what the value rests on: items with two or more ratings, and who and what is on
        them.
    """

    value: float
    low: float
    high: float
    confidence: float
    method: str
    n_items: int
    n_annotators: int
    n_ratings: int

    def __str__(self) -> str:
        """For example `0.743 [0.461, 0.905] (95 %, 11 items, 4 annotators, 40 ratings)`."""
        n = f"{self.n_items} items, {self.n_annotators} annotators, {self.n_ratings} ratings"
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}] ({self.confidence:.0%}, {n})".replace("%", " %")
