"""Watching embeddings: what they are measured against grows with what was watched.

A new topic stands out the more, the better the usual ones are known. So whenever twice as many items are known as at
the last turn, a new watch is made from all of them, until it has as many neighbours as it may have. The watch
goes on beside it, each with half the stakes, until as many items again have come: its ranks go further back.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from goldsmith.stats.drift.alarm import DriftAlarm
from goldsmith.stats.drift.packed import packed, unpacked
from goldsmith.stats.drift.traffic import Traffic
from goldsmith.stats.drift.watch import INDEX_SHARE, Watch, watch_from

RENEWED_SHARE = 0.6  # of the items known, that the scores are made anew from
MOST_INDEXED = 2000  # items that a nearest neighbour is looked for among


@dataclass(frozen=True, slots=True)
class Turn:
    """Once `known` items are known, scores are made from `indexed` of them."""

    known: int
    indexed: int


@dataclass(frozen=True, eq=False)
class Growing:
    """The watches of embeddings, the latest first, two at most.

    known : the embeddings of the reference, and of the items since that scores were or will be made of.
    stake : laid before each item on a family of scores.
    """

    known: np.ndarray
    turns: tuple[Turn, ...]
    seed: int
    stake: float
    watches: tuple[Watch, ...] = ()

    @property
    def evidence(self) -> dict[str, float]:
        """By the score's name, of two watches the larger."""
        of_each = [watch.evidence for watch in self.watches]
        return {name: max(one[name] for one in of_each if name in one) for one in reversed(of_each) for name in one}

    def after(self, items: Traffic, place: int, threshold: float) -> tuple["Growing", np.ndarray, list[DriftAlarm]]:
        """As `Watch.after`."""
        growing, evidence, alarms, at = self, [np.zeros(0)], [], 0
        while at < len(items):
            known = self.turns[0].known + place + at
            part = items.part(np.arange(at, min(len(items), at + self._room(known))))
            growing, found, raised = growing._some(part, place + at, threshold)
            growing = growing._turned(known + len(part))
            evidence.append(found)
            alarms += raised
            at += len(part)
        return growing, np.concatenate(evidence), alarms

    def begun(self, turn: int = 0) -> Watch:
        """The watch of this turn, at its beginning."""
        known = Traffic(embeddings=self.known[: self.turns[turn].known])
        return watch_from(known, self.turns[turn].indexed, seed=self.seed, turn=turn, stake=self.stake)

    def saved(self) -> dict[str, Any]:
        """The state as JSON can hold it."""
        watched = self.known[self.turns[0].known :]
        return {"watched": packed(watched), "watches": [watch.saved() for watch in self.watches]}

    def resumed(self, saved: Mapping[str, Any], place: int) -> "Growing":
        """This, as it was at its beginning, with a saved state."""
        watched = unpacked(saved["watched"], np.float32).reshape(-1, self.known.shape[1])
        grown = replace(self, known=np.concatenate([self.known, watched]))
        turn = self._turn(self.turns[0].known + place)
        watches = [grown.begun(turn - back).resumed(one) for back, one in enumerate(saved["watches"])]
        return replace(grown, watches=tuple(watches))

    def _some(self, items: Traffic, place: int, threshold: float) -> tuple["Growing", np.ndarray, list[DriftAlarm]]:
        """Items between two turns."""
        known = self.turns[0].known + place
        turn = self._turn(known)
        ranked = [known + np.arange(len(items)) - self.turns[turn - back].indexed for back in range(len(self.watches))]
        ran = [
            watch.after(items, place, threshold, part=mine / sum(ranked))
            for watch, mine in zip(self.watches, ranked, strict=True)
        ]
        grows = turn + 1 < len(self.turns)
        known = np.concatenate([self.known, items.embeddings]) if grows else self.known
        alarms = sorted((one for _, _, raised in ran for one in raised), key=lambda one: one.at)
        after = replace(self, known=known, watches=tuple(watch for watch, _, _ in ran))
        return after, np.max([found for _, found, _ in ran], axis=0), alarms

    def _turned(self, known: int) -> "Growing":
        """With a new watch where a turn has come, and without the one before where its time has gone."""
        turn = self._turn(known)
        if turn and known == self.turns[turn].known:
            return replace(self, watches=(self.begun(turn), self.watches[0]))
        return replace(self, watches=self.watches[:1]) if known == 2 * self.turns[-1].known else self

    def _room(self, known: int) -> int:
        """How many items until a watch begins or ends; without bound where none will."""
        places = [*(turn.known for turn in self.turns[1:]), 2 * self.turns[-1].known]
        return min((place - known for place in places if place > known), default=sys.maxsize)

    def _turn(self, known: int) -> int:
        """The place of the present one among the turns."""
        return sum(turn.known <= known for turn in self.turns) - 1


def growing_from(reference: Traffic, *, seed: int, stake: float) -> Growing:
    """The first watch is made from the reference."""
    known = len(reference)
    turns = [Turn(known, min(int(INDEX_SHARE * known), MOST_INDEXED))]
    while turns[-1].indexed < MOST_INDEXED:
        known *= 2
        turns.append(Turn(known, min(int(RENEWED_SHARE * known), MOST_INDEXED)))
    first = Growing(reference.embeddings, tuple(turns), seed, stake)
    return replace(first, watches=(first.begun(),))
