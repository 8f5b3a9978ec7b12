"""Streams whose change is known because it was made: kinds of change that the files of real texts do not have."""

from collections.abc import Callable
from typing import Any

import numpy as np

from goldsmith.stats import Traffic

REFERENCE, BEFORE, AFTER = 1000, 2000, 4000
Maker = Callable[[np.random.Generator, int, bool], dict[str, Any]]


def topics(dimensions: int, share: float) -> Maker:
    """Unit vectors around 30 centres; after the change a share around 5 others."""

    def make(rng: np.random.Generator, n: int, changed: bool) -> dict[str, Any]:
        centres = np.random.default_rng(dimensions).normal(size=(35, dimensions))
        new = rng.random(n) < share * changed
        kind = np.where(new, rng.integers(30, 35, n), rng.integers(0, 30, n))
        vectors = centres[kind] + rng.normal(size=(n, dimensions))
        return {"embeddings": vectors / np.linalg.norm(vectors, axis=1, keepdims=True)}

    return make


def cloud(dimensions: int, *, shift: float = 0.0, scale: float = 1.0) -> Maker:
    """One heavy-tailed cloud, whose largest directions carry most; after the change moved along the first, or wider."""

    def make(rng: np.random.Generator, n: int, changed: bool) -> dict[str, Any]:
        spread = 1 / np.sqrt(1 + np.arange(dimensions))
        vectors = rng.standard_t(5, size=(n, dimensions)) * spread * (scale if changed else 1)
        vectors[:, 0] += shift * changed * np.sqrt(5 / 3)
        return {"embeddings": vectors}

    return make


def answers(*, share: float = 0.2, sure: float = 6.0, longer: float = 0.0) -> Maker:
    """What a model says of texts, without embeddings: label, confidence, and the text's length."""

    def make(rng: np.random.Generator, n: int, changed: bool) -> dict[str, Any]:
        positive = rng.random(n) < (share if changed else 0.2)
        confidence = rng.beta(sure if changed else 6.0, 2, n)
        length = rng.lognormal(4 + longer * changed, 0.8, n).round()
        return {"labels": positive.tolist(), "confidence": confidence, "length": length}

    return make


KINDS = {
    "10 % new topics, 8 dimensions": topics(8, 0.1),
    "10 % new topics, 64 dimensions": topics(64, 0.1),
    "10 % new topics, 768 dimensions": topics(768, 0.1),
    "a cloud moves by 0.3 sd, 16 dimensions": cloud(16, shift=0.3),
    "a cloud widens by 15 %, 16 dimensions": cloud(16, scale=1.15),
    "a label's share: .20 to .30": answers(share=0.3),
    "a label's share: .20 to .25": answers(share=0.25),
    "confidence falls from .75 to .70": answers(sure=4.67),
    "texts grow 30 % longer": answers(longer=0.26),
    "nothing": answers(),
}


def stream(kind: str, seed: int) -> Traffic:
    """A reference, items like it, and items after the change."""
    rng, make = np.random.default_rng(seed), KINDS[kind]
    parts = [make(rng, REFERENCE + BEFORE, False), make(rng, AFTER, True)]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    if "labels" not in columns:
        return Traffic(embeddings=columns["embeddings"])
    return Traffic(
        labels=columns["labels"].tolist(),
        confidence=columns["confidence"],
        descriptors={"length": columns["length"]},
    )
