"""What an interval should allow for, and how it is drawn."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Resampling:
    """How an interval is found.

    by : what varies from study to study: "item" (other items, the same annotators) or "annotator" (other annotators).
    confidence : nominal coverage in (0, 1). resamples : bootstrap size. seed : same seed, same interval.
    """

    by: Literal["item", "annotator"] = "item"
    confidence: float = 0.95
    resamples: int = 1000
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuses what cannot be meant."""
        if self.by not in ("item", "annotator"):
            raise ValueError(f"Resampling.by must be 'item' or 'annotator', got {self.by!r}.")
        if not 0 < self.confidence < 1:
            raise ValueError(f"Resampling.confidence must lie between 0 and 1, got {self.confidence!r}.")
        if self.resamples < 1:
            raise ValueError(f"Resampling.resamples must be at least 1, got {self.resamples!r}.")


BY_ITEM = Resampling()
