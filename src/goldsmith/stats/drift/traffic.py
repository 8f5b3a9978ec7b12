"""What a drift monitor looks at: items, each as numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass(frozen=True, eq=False)
class Traffic:
    """Items in order of arrival, as arrays of equal length; at least one of them.

    embeddings : (n, dimensions), any scale.
    confidence : a model's confidence in its answer, (n,).
    labels : what the model answered, (n,), any hashable labels.
    descriptors : names and values, each (n,): length of the text, share of capitals, hour, price, ...

    Values must be finite. What is missing must be given a value of its own by the caller: missing is news, too.
    """

    embeddings: Any = None
    confidence: Any = None
    labels: Any = None
    descriptors: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.embeddings is not None:
            object.__setattr__(self, "embeddings", _numbers("embeddings", self.embeddings, 2))
        if self.confidence is not None:
            object.__setattr__(self, "confidence", _numbers("confidence", self.confidence, 1))
        if self.labels is not None:
            object.__setattr__(self, "labels", list(self.labels))
        if taken := set(self.descriptors) & {"embeddings", "confidence", "labels"}:
            raise ValueError(f"{sorted(taken)} are columns of their own: give these descriptors other names.")
        described = {name: _numbers(name, values, 1) for name, values in self.descriptors.items()}
        object.__setattr__(self, "descriptors", described)
        lengths = {name: len(values) for name, values in self.columns().items()}
        if len(set(lengths.values())) != 1:
            raise ValueError(f"Expected columns of one length, at least one column, got {lengths or 'none'}.")

    def __len__(self) -> int:
        return len(next(iter(self.columns().values())))

    def columns(self) -> dict[str, Any]:
        """What is there, by name."""
        named = {"embeddings": self.embeddings, "confidence": self.confidence, "labels": self.labels}
        return {name: values for name, values in named.items() if values is not None} | dict(self.descriptors)

    def part(self, places: np.ndarray) -> "Traffic":
        """Some of the items."""
        return Traffic(
            embeddings=None if self.embeddings is None else self.embeddings[places],
            confidence=None if self.confidence is None else self.confidence[places],
            labels=None if self.labels is None else [self.labels[place] for place in places],
            descriptors={name: values[places] for name, values in self.descriptors.items()},
        )

    def placed(self) -> "Traffic":
        """The embeddings alone; there must be some."""
        return Traffic(embeddings=self.embeddings)

    def unplaced(self) -> "Traffic":
        """All but the embeddings; there must be something."""
        return Traffic(confidence=self.confidence, labels=self.labels, descriptors=self.descriptors)


def _numbers(name: str, values: Any, dimensions: int) -> np.ndarray:
    """A finite array of so many dimensions."""
    array = np.asarray(values, np.float32 if dimensions == 2 else float)
    if array.ndim != dimensions or not np.isfinite(array).all():
        raise ValueError(f"Expected {name} as finite numbers in {dimensions} dimension(s), got shape {array.shape}.")
    return array
