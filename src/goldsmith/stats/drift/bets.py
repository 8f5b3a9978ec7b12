"""Bets against "p-values are independent and uniform", each a density on [0, 1], and what they have won.

Each is the likelihood ratio of one way to change, with z = Φ⁻¹(1 − p) the item's place among all before it as if
they were normal, or keeps only the shape of one:

    shift     1 − q + q exp(δ z − δ²/2)           a share q of items is stranger, by δ standard deviations
    tail      1 − q + q [p ≤ u] / u               a share q of items is among the strangest u
    power     κ p^(κ−1)                           many items a little stranger
    jumper    1 − ε (p − ½)                       a change of level; ε, to either side, is drawn anew now and then
    spread    exp(z²/2 (1 − k⁻²)) / k             items lie k times as far from the middle
    share     b/a where p ≤ a, else (1−b)/(1−a)   a label, or a region, that had share a has share b

Sources: Ingster (1997), Mathematical Methods of Statistics 6, 47–69, and Donoho and Jin (2004), Annals of Statistics
32, 962–994 (shift: rare and weak effects); Vovk, Gammerman and Shafer (2022), Algorithmic Learning in a Random World,
2nd ed., ch. 8 (power, jumper); Shin, Ramdas and Rinaldo (2024), New England Journal of Statistics in Data Science 2,
229–260 (e-detectors).
"""

import numpy as np

SHIFTS = np.array([(1, 0.3), (0.3, 1), (0.1, 1.2), (0.2, 2), (0.06, 2), (0.03, 3)])  # q, δ
TAILS = np.array([(0.2, 0.1), (0.1, 0.03), (0.05, 0.01)])  # q, u
POWERS = np.array([0.9, 0.75])
LEANS = np.array([-1.5, -0.7, -0.3, 0.3, 0.7, 1.5])
SPREADS = np.array([1.1, 1.25, 1.6])
ODDS = np.array([0.25, 0.5, 0.75, 1.33, 2.0, 4.0])  # of the label, new to old
JUMP = 0.001  # chance that the jumper's ε is drawn anew
SMALLEST_P = 1e-9
ONE_SIDE = len(SHIFTS) + len(TAILS) + len(POWERS)
JUMPERS = slice(2 * ONE_SIDE, 2 * ONE_SIDE + len(LEANS))
BETS = JUMPERS.stop + len(SPREADS) + len(ODDS)

# One unit divided over shift, tail and power on small p; the same on large p; jumper; spread; share.
STAKES = {
    "high": ((0.6, 0.1, 0.25), (0.0, 0.0, 0.0), 0.05, 0.0, 0.0),
    "low": ((0.0, 0.0, 0.0), (0.6, 0.1, 0.25), 0.05, 0.0, 0.0),
    "both": ((0.2, 0.05, 0.05), (0.2, 0.05, 0.05), 0.3, 0.1, 0.0),
    "region": ((0.5, 0.0, 0.0), (0.0, 0.0, 0.0), 0.0, 0.0, 0.5),
    "share": ((0.0, 0.1, 0.0), (0.0, 0.1, 0.0), 0.0, 0.0, 0.8),
}


def stakes(side: str) -> np.ndarray:
    """How one unit is divided over the bets. (bets,).

    side : "high" or "low", where strange items stand out on one side; "both", where a level may move to either;
        "share", where an item has a label or has not; "region", where it lies in a region, and there on one side.
    """
    high, low, jumper, spread, share = STAKES[side]
    sizes = [len(SHIFTS), len(TAILS), len(POWERS)] * 2 + [len(LEANS), len(SPREADS), len(ODDS)]
    parts = np.array([*high, *low, jumper, spread, share]) / sizes
    return np.repeat(parts, sizes)


def gains(p: np.ndarray, usual: np.ndarray | float = 0.5) -> np.ndarray:
    """What each bet multiplies its stake with: (..., bets) for p (...). Each has mean 1 (or less) over uniform p.

    usual : the share a that a label had, (...); it may be anything between 0 and 1 that later items do not depend on.
    """
    from scipy.special import ndtri  # 0.1 s to import

    p = np.clip(np.asarray(p, float), SMALLEST_P, 1 - SMALLEST_P)[..., None]
    z = ndtri(1 - p)
    spread = np.exp(0.5 * z * z * (1 - SPREADS**-2.0)) / SPREADS
    return np.concatenate(
        [_one_side(p, z), _one_side(1 - p, -z), 1 - LEANS * (p - 0.5), spread, _shares(p, usual)], axis=-1
    )


def _one_side(p: np.ndarray, z: np.ndarray) -> np.ndarray:
    (q, delta), (share, u) = SHIFTS.T, TAILS.T
    shift = 1 - q + q * np.exp(delta * z - delta**2 / 2)
    return np.concatenate([shift, 1 - share + (p <= u) * share / u, POWERS * p ** (POWERS - 1)], axis=-1)


def _shares(p: np.ndarray, usual: np.ndarray | float) -> np.ndarray:
    a = np.asarray(usual)[..., None]
    now = a * ODDS / (1 - a + a * ODDS)
    return np.where(p <= a, now / a, (1 - now) / (1 - a))


def played(wealth: np.ndarray, stake: np.ndarray, gain: np.ndarray) -> np.ndarray:
    """The wealth after one more item, in place: a fresh unit is staked before each.

        M_t = (M_(t−1) + stake) × gain_t

    So a bet on a change begins at every item (Shiryaev–Roberts), and while nothing changes E[Σ M_t] = t.
    """
    wealth += stake
    jumpers = wealth[:, JUMPERS]
    jumpers += JUMP * (jumpers.sum(1, keepdims=True) / len(LEANS) - jumpers)
    wealth *= gain
    return wealth
