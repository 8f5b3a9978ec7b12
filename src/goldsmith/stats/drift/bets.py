"""Bets against "p-values are independent and uniform", each a density on [0, 1], and what they have won.

    power     κ p^(κ−1)                               many items a little stranger
    tail      1 − q + q [p ≤ u] / u                   a share q of items among the strangest u
    jumper    1 − ε (p − ½)                           a change of level; ε, to either side, is drawn anew now and then

Sources: Vovk, Gammerman and Shafer (2022), Algorithmic Learning in a Random World, 2nd ed., ch. 8 (power, jumper);
Shin, Ramdas and Rinaldo (2024), New England Journal of Statistics in Data Science 2, 229–260 (e-detectors).
"""

import numpy as np

POWERS = np.array([0.9, 0.75, 0.5])
TAILS = np.array([0.01, 0.05, 0.2])
SHARES = np.array([0.05, 0.2])
LEANS = np.array([-1.5, -0.7, -0.3, 0.3, 0.7, 1.5])
JUMP = 0.001  # chance that the jumper's ε is drawn anew
SMALLEST_P = 1e-9
ONE_SIDE = len(POWERS) + len(TAILS) * len(SHARES)
BETS = 2 * ONE_SIDE + len(LEANS)
JUMPERS = slice(2 * ONE_SIDE, BETS)


def gains(p: np.ndarray) -> np.ndarray:
    """What each bet multiplies its stake with: (..., bets) for p (...). Each has mean 1 (or less) over uniform p.

    First the bets on small p, then the same on large p, then the jumper's.
    """
    p = np.clip(p, SMALLEST_P, 1 - SMALLEST_P)[..., None]
    return np.concatenate([_one_side(p), _one_side(1 - p), 1 - LEANS * (p - 0.5)], axis=-1)


def _one_side(p: np.ndarray) -> np.ndarray:
    power = POWERS * np.exp((POWERS - 1) * np.log(p))
    tails, shares = np.repeat(TAILS, len(SHARES)), np.tile(SHARES, len(TAILS))
    return np.concatenate([power, 1 - shares + np.where(p <= tails, shares / tails, 0.0)], axis=-1)


def stakes(side: str) -> np.ndarray:
    """How one unit is divided over the bets. (bets,).

    side : "high" or "low", where strange items stand out on one side: half on power, a quarter each on tail and
        jumper. "both", where a level may move to either side: half on the jumper, an eighth on each of the others.
    """
    high, low, level = {"high": (1.0, 0.0, 0.25), "low": (0.0, 1.0, 0.25), "both": (0.5, 0.5, 0.5)}[side]
    power, tail = (0.25, 0.25) if side == "both" else (0.5, 0.25)
    tails = len(TAILS) * len(SHARES)
    one = np.repeat([power / len(POWERS), tail / tails], [len(POWERS), tails])
    return np.concatenate([high * one, low * one, np.full(len(LEANS), level / len(LEANS))])


def played(wealth: np.ndarray, stake: np.ndarray, gain: np.ndarray) -> np.ndarray:
    """The wealth after one more item, in place: a fresh unit is staked before each.

        M_t = (M_(t−1) + stake) × gain_t

    So a bet on a change begins at every item (Shiryaev–Roberts), and while nothing changes E[Σ M_t] = t.
    """
    wealth += stake
    jumpers = wealth[:, JUMPERS]
    jumpers += JUMP * (jumpers.mean(1, keepdims=True) - jumpers)
    wealth *= gain
    return wealth
