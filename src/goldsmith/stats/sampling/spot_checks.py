"""Whether automatic acceptance has to be revoked, told from spot checks."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from goldsmith.stats.columns import flags
from goldsmith.stats.sampling.running_rate import running_rate

WORSE = np.array([1.5, 2.0, 3.0, 5.0, 10.0])  # times the odds of the allowed rate, that the bets are on


@dataclass(frozen=True, eq=False)
class SpotChecks:
    """The evidence against a bound, after each check.

    evidence : e-value after each check, (checks,). Large: the bound does not hold.
    revoke_at : the place (from 0) of the check after which to revoke; None while the bound may hold.
    limit : 1 / false_revocation.
    n, n_wrong : checks, and wrong ones among them.
    rate, low, high : the share of wrong ones, with an interval at 95 % that may be read after every check.
    """

    evidence: np.ndarray
    revoke_at: int | None
    limit: float
    n: int
    n_wrong: int
    rate: float
    low: float
    high: float


def spot_checks(wrong: Any, *, max_error: float = 0.02, false_revocation: float = 0.01) -> SpotChecks:
    """Revoke when checked answers are wrong more often than was certified, be it from the start or from some day on.

        E_n = Σ_(k > n) w_k + mean_j S_nj,    S_nj = (S_(n−1)j + w_n) × p_j(x_n) / p_0(x_n)

    with p_0 the rate max_error, p_j rates of 1.5 to 10 times its odds, and w_k the prior chance that the answers
    become worse with check k: ½ at the first, and ½ ln 2 / ln(n + 1) at any after the n-th. While the error rate is
    max_error at most, each factor has mean 1 at most; so P(E_n ≥ 1 / false_revocation at any n) ≤ false_revocation,
    for ever (Ville).

    wrong : whether each checked answer was wrong, in the order of checking: bool (checks,). Checks must be drawn at
        random from the answers accepted automatically, whatever was found before.

    Source: Ramdas, Grünwald, Vovk and Shafer (2023), Statistical Science 38 (e-processes); Shin, Ramdas and Rinaldo
    (2024), E-detectors (mixtures over the time of change). No check: no evidence, interval [0, 1].
    """
    if not 0 < max_error < 1 or not 0 < false_revocation < 1:
        raise ValueError(f"max_error and false_revocation must lie between 0 and 1: {max_error}, {false_revocation}.")
    found = flags(wrong, "wrong")
    odds = max_error / (1 - max_error) * WORSE
    worse = odds / (1 + odds)
    factor = np.where(found[:, None], worse / max_error, (1 - worse) / (1 - max_error))
    later = np.concatenate([[1.0], 0.5 * np.log(2) / np.log(np.arange(2, len(found) + 2))])
    bets, evidence, revoke = np.zeros(len(WORSE)), np.empty(len(found)), None
    for place, gain in enumerate(factor):
        bets = (bets + later[place] - later[place + 1]) * gain
        evidence[place] = later[place + 1] + bets.mean()
        if revoke is None and evidence[place] >= 1 / false_revocation:
            revoke = place
    seen = running_rate(found)
    value, low, high = (seen.value[-1], seen.low[-1], seen.high[-1]) if len(found) else (np.nan, 0.0, 1.0)
    limit, n_wrong = 1 / false_revocation, int(found.sum())
    return SpotChecks(evidence, revoke, limit, len(found), n_wrong, float(value), float(low), float(high))
