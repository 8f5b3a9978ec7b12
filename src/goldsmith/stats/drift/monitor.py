"""A monitor that watches production traffic for drift, with a proven budget of false alarms.

monitor = drift_monitor(Traffic(embeddings=reference), per_100k=5)
monitor, seen = monitor.watch(Traffic(embeddings=batch))        # seen.alarms
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from goldsmith.stats.drift.alarm import DriftAlarm, alarm
from goldsmith.stats.drift.bets import BETS, gains, played, stakes
from goldsmith.stats.drift.ranks import AT_ONCE, Ranks, binned, tie_breaks
from goldsmith.stats.drift.scores import Yardsticks, yardsticks
from goldsmith.stats.drift.traffic import Traffic

INDEX_SHARE = 0.75  # of the reference, that the scores are made from; the rest is where the ranks begin
MOST_INDEXED = 2000  # items that a nearest neighbour is looked for among
FEWEST = 40
REMEMBERED = 2000  # p-values kept, to tell what caused an alarm


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

    seen : items watched.  wealth : what each bet on each score has won, (scores, bets).  recent : the last p-values.
    """

    yardsticks: Yardsticks
    edges: tuple[np.ndarray, ...]
    per_100k: float
    seed: int
    ranks: Ranks
    wealth: np.ndarray
    recent: np.ndarray
    seen: int = 0

    @property
    def threshold(self) -> float:
        """The evidence at which an alarm is raised: the items per false alarm."""
        return 100_000 / self.per_100k

    @property
    def evidence(self) -> dict[str, float]:
        """What the bets on each score have won so far, by the score's name; an alarm at `threshold`."""
        names = [score.name for score in self.yardsticks.scores]
        return dict(zip(names, self.wealth.sum(1).tolist(), strict=True))

    def watch(self, items: Traffic) -> tuple["DriftMonitor", DriftSeen]:
        """The monitor after these items, and what they brought. One by one or in batches: the same comes out,
        but for the rounding of distances. Other columns than the reference's, or embeddings of another size: an error.
        """
        bins = binned(self.yardsticks.measured(items), self.edges)
        monitor, evidence, alarms = self, [], []
        for start in range(0, len(bins), AT_ONCE):
            monitor, found, raised = monitor._some(bins[start : start + AT_ONCE])
            evidence.append(found)
            alarms += raised
        together = np.concatenate(evidence) if evidence else np.zeros(0)
        return monitor, DriftSeen(together, tuple(alarms), self.threshold)

    def saved(self) -> dict[str, Any]:
        """The state as JSON can hold it, some 20 kB a score; the reference is not in it."""
        state = {"counts": self.ranks.counts, "wealth": self.wealth, "recent": self.recent}
        return {
            "seen": self.seen,
            **{name: base64.b64encode(array.tobytes()).decode() for name, array in state.items()},
        }

    def resumed(self, saved: Mapping[str, Any]) -> "DriftMonitor":
        """This monitor, made anew from the same reference and seed, with a saved state: it goes on as if unbroken."""
        read = {name: base64.b64decode(saved[name]) for name in ("counts", "wealth", "recent")}
        if len(read["counts"]) != self.ranks.counts.nbytes or len(read["wealth"]) != self.wealth.nbytes:
            raise ValueError(
                "The saved state is of another reference, seed or version: make the monitor as it was made."
            )
        counts = np.frombuffer(read["counts"], np.int64).reshape(self.ranks.counts.shape)
        wealth = np.frombuffer(read["wealth"], float).reshape(self.wealth.shape)
        recent = np.frombuffer(read["recent"], np.float32).reshape(-1, len(wealth))
        return replace(self, ranks=Ranks(counts), wealth=wealth, recent=recent, seen=int(saved["seen"]))

    def _some(self, bins: np.ndarray) -> tuple["DriftMonitor", np.ndarray, list[DriftAlarm]]:
        """A few items together."""
        scores = self.yardsticks.scores
        places = self.seen + np.arange(len(bins))
        p, ranks = self.ranks.after(bins, tie_breaks(self.seed, places, len(scores)))
        wealth, weight = self.wealth.copy(), _weights(self.yardsticks)
        stake = np.stack([stakes(score.side) for score in scores]) * weight[:, None]
        usual = np.array([score.usual for score in scores])
        recent = np.concatenate([self.recent, p.astype(np.float32)])
        evidence, alarms = np.empty(len(bins)), []
        for step, gain in enumerate(gains(p, usual)):
            won = played(wealth, stake, gain).sum(1)
            evidence[step] = won.max()
            for k in np.flatnonzero(won >= self.threshold):
                known = recent[: len(self.recent) + step + 1, k]
                alarms.append(alarm(scores[k], int(places[step]), float(won[k]), known[-REMEMBERED:]))
                wealth[k] = 0.0
        kept = recent[-REMEMBERED:]
        return replace(self, ranks=ranks, wealth=wealth, recent=kept, seen=self.seen + len(bins)), evidence, alarms


def _weights(measured_by: Yardsticks) -> np.ndarray:
    """Each family has the same part of the false alarms, and so has each score within it: (scores,), sum 1."""
    families = [score.family for score in measured_by.scores]
    return np.array([1 / len(set(families)) / families.count(family) for family in families])


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
    order = np.random.default_rng(seed).permutation(len(reference))
    cut = min(int(INDEX_SHARE * len(reference)), MOST_INDEXED)
    index, rest = reference.part(order[:cut]), reference.part(order[cut:])
    measured_by = yardsticks(index, rest)
    makes, begins = _parts(measured_by, index, rest)
    edges = tuple(np.append(np.unique(column), np.nextafter(column.max(), np.inf)) for column in makes)
    counts = np.zeros((len(edges), 1 + max(map(len, edges))), np.int64)
    for k, column in enumerate(begins):
        np.add.at(counts[k], np.searchsorted(edges[k], column, side="right"), 1)
    wealth, recent = np.zeros((len(edges), BETS)), np.zeros((0, len(edges)), np.float32)
    return DriftMonitor(measured_by, edges, per_100k, seed, Ranks(counts), wealth, recent)


def _parts(measured_by: Yardsticks, index: Traffic, rest: Traffic) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Per score, the values that lay down its bins, and those its ranks begin with: never of the same items.

    Scores of embeddings are made from the index, in which no item is its own neighbour; the others need it for
    nothing, so that their ranks begin with that larger part.
    """
    of_index, of_rest = measured_by.measured(index, not_itself=True), measured_by.measured(rest)
    embedded = [score.family in ("novelty", "places") for score in measured_by.scores]
    pairs = [(i, r) if first else (r, i) for i, r, first in zip(of_index.T, of_rest.T, embedded, strict=True)]
    return [made for made, _ in pairs], [begun for _, begun in pairs]
