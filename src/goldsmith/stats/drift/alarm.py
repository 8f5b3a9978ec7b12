"""An alarm of the drift monitor, with the items that caused it."""

from dataclasses import dataclass

import numpy as np

from goldsmith.stats.drift.bets import gains, stakes
from goldsmith.stats.drift.scores import Score

MOST_ITEMS = 100


@dataclass(frozen=True, slots=True)
class DriftAlarm:
    """One alarm.

    at : place (from 0) in the stream of the item that raised it.
    score : in what respect the items changed.  side : "high" or "low": to which side.
    evidence : what the bets on this score had won, in units of the monitor's threshold's scale.
    started_at : where the likeliest change that explains it began; of long ones, the first item remembered.
    items : places of the items that speak loudest for it, loudest first, at most 100.
    """

    at: int
    score: str
    side: str
    evidence: float
    started_at: int
    items: tuple[int, ...]


def alarm(score: Score, at: int, evidence: float, p: np.ndarray) -> DriftAlarm:
    """The alarm told from the score's last p-values, the newest last: (n,).

    The bet whose winnings since some start are largest says what changed, that start says when (as in CUSUM), and its
    winning items why.
    """
    told = np.log(gains(p, score.usual)[:, stakes(score.side) > 0])
    run = told[::-1].cumsum(0)[::-1]
    start, bet = np.unravel_index(run.argmax(), run.shape)
    first = at + 1 - len(p)
    won = told[start:, bet]
    side = "high" if p[start:].mean() < 0.5 else "low"
    ranks = p[start:] if side == "high" else 1 - p[start:]
    loudest = np.lexsort((ranks, -won))[: min(MOST_ITEMS, int((won > 0).sum()))]
    return DriftAlarm(at, score.name, side, evidence, int(first + start), tuple((first + start + loudest).tolist()))
