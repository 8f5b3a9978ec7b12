"""A monitor that watches production traffic for drift, with a proven budget of false alarms.

monitor = drift_monitor(Traffic(embeddings=reference), per_100k=5)
monitor, seen = monitor.watch(Traffic(embeddings=batch))        # seen.alarms
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from goldsmith.stats.drift.alarm import DriftAlarm
from goldsmith.stats.drift.growing import MOST_INDEXED, Growing, growing_from
from goldsmith.stats.drift.traffic import Traffic
from goldsmith.stats.drift.watch import INDEX_SHARE, Watch, watch_from

FEWEST = 40
PLACED = ("novelty", "places")  # families of scores that embeddings have


@dataclass(frozen=True, eq=False)
class DriftSeen:
    """What a batch brought.

    evidence : after each item the largest of the scores' evidence, (n,); an alarm is raised where it reaches
        `threshold`, and that score begins anew.
    alarms : in order.
    """

    evidence: np.ndarray
    alarms: tuple[DriftAlarm, ...]
    threshold: float


@dataclass(frozen=True, eq=False)
class DriftMonitor:
    """What is known of the reference, and of the stream so far. Made by `drift_monitor`; `watch` gives the next one.

    seen : items watched.  placed : the watches of embeddings.  steady : of everything else.
    """

    columns: tuple[str, ...]
    per_100k: float
    placed: Growing | None
    steady: Watch | None
    seen: int = 0

    @property
    def threshold(self) -> float:
        """The evidence at which an alarm is raised: the items per false alarm."""
        return 100_000 / self.per_100k

    @property
    def evidence(self) -> dict[str, float]:
        """What the bets on each score have won so far, by the score's name; an alarm at `threshold`."""
        return {name: won for watch in (self.placed, self.steady) if watch for name, won in watch.evidence.items()}

    def watch(self, items: Traffic) -> tuple["DriftMonitor", DriftSeen]:
        """The monitor after these items, and what they brought. One by one or in batches: the same comes out,
        but for the rounding of distances. Other columns than the reference's, or embeddings of another size: an error.
        """
        if set(items.columns()) != set(self.columns):
            raise ValueError(f"Expected the reference's columns {self.columns}, got {tuple(items.columns())}.")
        placed, steady, evidence, alarms = self.placed, self.steady, np.zeros(len(items)), []
        if placed:
            placed, evidence, alarms = placed.after(items.placed(), self.seen, self.threshold)
        if steady:
            steady, found, raised = steady.after(items.unplaced(), self.seen, self.threshold)
            evidence, alarms = np.maximum(evidence, found), sorted(alarms + raised, key=lambda one: one.at)
        monitor = replace(self, placed=placed, steady=steady, seen=self.seen + len(items))
        return monitor, DriftSeen(evidence, tuple(alarms), self.threshold)

    def saved(self) -> dict[str, Any]:
        """The state as JSON can hold it: some 20 kB a score, and the embeddings watched that scores were or will be
        made of: of 3,000 items at most, 2 kB each at 384 numbers. The reference is not in it.
        """
        return {
            "seen": self.seen,
            "placed": self.placed and self.placed.saved(),
            "steady": self.steady and self.steady.saved(),
        }

    def resumed(self, saved: Mapping[str, Any]) -> "DriftMonitor":
        """This monitor, made anew from the same reference and seed, with a saved state: it goes on as if unbroken."""
        seen = int(saved["seen"])
        placed = self.placed and self.placed.resumed(saved["placed"], seen)
        return replace(self, placed=placed, steady=self.steady and self.steady.resumed(saved["steady"]), seen=seen)


def drift_monitor(reference: Traffic, *, per_100k: float = 5.0, seed: int = 0) -> DriftMonitor:
    """A monitor for traffic that should be like the reference. At most `per_100k` false alarms per 100,000 items.

    Every item gets scores: its distance to the nearest of the reference (`novelty`), where it lies along the 8 main
    directions of the reference's embeddings and in which of 16 regions, the model's confidence, which label the model
    gave, and the descriptors.
    Each score is turned into a conformal p-value p_t by its rank among all earlier items (`Ranks`), and bets are laid
    against "p is uniform" (`bets`), a fresh stake before each item:

        M_t = Σ_b (M_(t−1)b + w_b) f_b(p_t),    alarm where M_t ≥ 100,000 / per_100k; then M = 0 for this score.

    Guarantee: while the stream is exchangeable with the reference, the expected number of alarms in any n items is
    n × per_100k / 100,000 at most, for every n, whatever the distribution and whenever one looks. For M_t + (what the
    alarms so far had won) − w t is a martingale, so a score's expected alarms are at most w n / threshold; the scores'
    w sum to 1, and expectations add up however the scores depend on each other. (Their evidence is not averaged:
    p-values of one score are independent, those of several together need not be. Choe and Ramdas 2024,
    arXiv:2402.09698.)

    reference : 40 items or more; their order must not matter. Three quarters, at most 2,000, drawn at random, are the
        neighbours and lay down the directions, whose ranks begin with the rest; for the other scores it is the other
        way round. What is watched becomes part of what is usual: m items later a change has faded by n / (n + m),
        with n those before it.
    A reference of less than 2,667 items with embeddings grows: at twice its size, and twice that, until 2,000 are
        neighbours, the scores of embeddings are made anew of three fifths of all items known by then. The scores
        before go on until as many items again have come, and the two divide the stakes: the sum of all w stays 1.
    per_100k : false alarms allowed per 100,000 items, above 0. Fewer cost delay, but only as their logarithm.
    Traffic with ups and downs of its own (hours of the day, threads of one user) is not exchangeable and raises
    alarms rightly so: the reference must span them, or the stream be mixed.

    Sources: Vovk, Gammerman and Shafer (2022), Algorithmic Learning in a Random World, 2nd ed., ch. 8 (conformal test
    martingales); Shin, Ramdas and Rinaldo (2024), New England Journal of Statistics in Data Science 2 (e-detectors).
    """
    if not 0 < per_100k < 100_000 or len(reference) < FEWEST or not 0 <= seed < 2**31:
        raise ValueError(
            f"Expected {FEWEST} reference items or more, 0 < per_100k < 100,000 and 0 ≤ seed < 2³¹; "
            f"got {len(reference)}, {per_100k} and {seed}."
        )
    families, indexed = _families(reference), min(int(INDEX_SHARE * len(reference)), MOST_INDEXED)
    placed = steady = None
    if reference.embeddings is not None:
        placed = growing_from(reference.placed(), seed=seed, stake=1 / len(families))
    if set(families) - set(PLACED):
        steady = watch_from(reference.unplaced(), indexed, seed=seed, stake=1 / len(families))
    return DriftMonitor(tuple(reference.columns()), per_100k, placed, steady)


def _families(reference: Traffic) -> list[str]:
    """Of scores, by what there is to be scored."""
    there = {"confidence": reference.confidence is not None, "labels": reference.labels is not None,
             "descriptors": bool(reference.descriptors)}  # fmt: skip
    return [*(PLACED if reference.embeddings is not None else ()), *(name for name in there if there[name])]
