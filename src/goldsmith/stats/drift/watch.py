"""One watch: scores made from a sample of what is usual, the ranks of all items since, and what was bet on them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from goldsmith.stats.drift.alarm import DriftAlarm, alarm
from goldsmith.stats.drift.bets import BETS, gains, played, stakes
from goldsmith.stats.drift.packed import packed, unpacked
from goldsmith.stats.drift.ranks import AT_ONCE, Ranks, binned, tie_breaks
from goldsmith.stats.drift.scores import Yardsticks, yardsticks
from goldsmith.stats.drift.traffic import Traffic

INDEX_SHARE = 0.75  # of the reference, that the scores are made from; the rest is where the ranks begin
REMEMBERED = 2000  # p-values kept, to tell what caused an alarm


@dataclass(frozen=True, eq=False)
class Watch:
    """What is bet on one set of scores.

    stake : laid before each item on each score, (scores,).
    wealth : what each bet on each score has won, (scores, bets).  recent : the last p-values.
    """

    yardsticks: Yardsticks
    edges: tuple[np.ndarray, ...]
    seed: int
    stake: np.ndarray
    ranks: Ranks
    wealth: np.ndarray
    recent: np.ndarray

    @property
    def evidence(self) -> dict[str, float]:
        """What the bets on each score have won so far, by the score's name."""
        names = [score.name for score in self.yardsticks.scores]
        return dict(zip(names, self.wealth.sum(1).tolist(), strict=True))

    def after(
        self, items: Traffic, place: int, threshold: float, part: np.ndarray | None = None
    ) -> tuple["Watch", np.ndarray, list[DriftAlarm]]:
        """The watch after these items, the first of which has this place in the stream: then each item's evidence,
        (n,), and the alarms.  part : of its stakes that is laid before each item, (n,); None: all.
        """
        bins = binned(self.yardsticks.measured(items), self.edges)
        whole = np.ones(len(bins)) if part is None else part
        watch, evidence, alarms = self, [np.zeros(0)], []
        for start in range(0, len(bins), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            watch, found, raised = watch._some(bins[some], place + start, threshold, whole[some])
            evidence.append(found)
            alarms += raised
        return watch, np.concatenate(evidence), alarms

    def saved(self) -> dict[str, Any]:
        """The state as JSON can hold it, without the scores."""
        return {"counts": packed(self.ranks.counts), "wealth": packed(self.wealth), "recent": packed(self.recent)}

    def resumed(self, saved: Mapping[str, Any]) -> "Watch":
        """This watch, made anew from the same sample and seed, with a saved state."""
        counts, wealth = unpacked(saved["counts"], np.int64), unpacked(saved["wealth"], float)
        if counts.size != self.ranks.counts.size or wealth.size != self.wealth.size:
            raise ValueError(
                "The saved state is of another reference, seed or version: make the monitor as it was made."
            )
        recent = unpacked(saved["recent"], np.float32).reshape(-1, len(self.wealth))
        ranks = Ranks(counts.reshape(self.ranks.counts.shape))
        return replace(self, ranks=ranks, wealth=wealth.reshape(self.wealth.shape), recent=recent)

    def _some(
        self, bins: np.ndarray, place: int, threshold: float, part: np.ndarray
    ) -> tuple["Watch", np.ndarray, list[DriftAlarm]]:
        """A few items together."""
        scores = self.yardsticks.scores
        places = place + np.arange(len(bins))
        p, ranks = self.ranks.after(bins, tie_breaks(self.seed, places, len(scores)))
        wealth = self.wealth.copy()
        stake = np.stack([stakes(score.side) for score in scores]) * self.stake[:, None]
        usual = np.array([score.usual for score in scores])
        recent = np.concatenate([self.recent, p.astype(np.float32)])
        evidence, alarms = np.empty(len(bins)), []
        for step, gain in enumerate(gains(p, usual)):
            won = played(wealth, stake * part[step], gain).sum(1)
            evidence[step] = won.max()
            for k in np.flatnonzero(won >= threshold) if evidence[step] >= threshold else ():
                known = recent[: len(self.recent) + step + 1, k]
                alarms.append(alarm(scores[k], int(places[step]), float(won[k]), known[-REMEMBERED:]))
                wealth[k] = 0.0
        return replace(self, ranks=ranks, wealth=wealth, recent=recent[-REMEMBERED:]), evidence, alarms


def watch_from(known: Traffic, indexed: int, *, seed: int, turn: int = 0, stake: float = 1.0) -> Watch:
    """A watch whose scores are made from so many of the known items, drawn at random; its ranks begin with the others.

    turn : the how manieth watch of a stream it is; each draws anew.
    stake : laid before each item on a family of scores, and divided among them.
    """
    order = np.random.default_rng([seed, turn] if turn else seed).permutation(len(known))
    index, rest = known.part(order[:indexed]), known.part(order[indexed:])
    measured_by = yardsticks(index, rest)
    makes, begins = _parts(measured_by, index, rest)
    edges = tuple(np.append(np.unique(column), np.nextafter(column.max(), np.inf)) for column in makes.T)
    counts = np.zeros((len(edges), 1 + max(map(len, edges))), np.int64)
    for k, column in enumerate(begins.T):
        np.add.at(counts[k], np.searchsorted(edges[k], column, side="right"), 1)
    families = [score.family for score in measured_by.scores]
    stakes_laid = stake / np.array([families.count(family) for family in families])
    wealth, recent = np.zeros((len(edges), BETS)), np.zeros((0, len(edges)), np.float32)
    return Watch(measured_by, edges, seed, stakes_laid, Ranks(counts), wealth, recent)


def _parts(measured_by: Yardsticks, index: Traffic, rest: Traffic) -> tuple[np.ndarray, np.ndarray]:
    """The values that lay down the scores' bins, and those that their ranks begin with: never of the same items.

    Scores of embeddings are made from the index, in which no item is its own neighbour; the others need it for
    nothing, so that their ranks begin with that larger part.
    """
    of_index, of_rest = measured_by.measured(index, not_itself=True), measured_by.measured(rest)
    return (of_index, of_rest) if index.embeddings is not None else (of_rest, of_index)
