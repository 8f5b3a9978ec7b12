"""Evidence on an error rate that may be looked at after every case, as often as one likes."""

import numpy as np


def log_evidence_below(errors: np.ndarray, n: np.ndarray, rate: float) -> np.ndarray:
    """The log of an e-value against "the error rate is `rate` or more", after n cases with so many errors.

        E = ∫_0^rate (θ/rate)^x ((1 − θ)/(1 − rate))^(n − x) dπ(θ),    π = Beta(½, ½) cut to (0, rate)

    Each factor of a true rate r ≥ `rate` has mean 1 at most, whatever came before: E is a test supermartingale, and
    P(E ≥ 1/α at any n) ≤ α (Ville). 0 for n = 0. Arrays of one shape; x = errors.

    Source: Robbins (1970), Ann. Math. Statist. 41, 1397–1409 (mixtures); Ramdas, Grünwald, Vovk and Shafer (2023),
    Game-theoretic statistics and safe anytime-valid inference, Statistical Science 38.
    """
    from scipy.special import betainc, betaln

    x, right = np.asarray(errors, float), np.asarray(n, float) - np.asarray(errors, float)
    with np.errstate(divide="ignore"):
        mass = np.log(betainc(x + 0.5, right + 0.5, rate)) + betaln(x + 0.5, right + 0.5)
    start = np.log(betainc(0.5, 0.5, rate)) + betaln(0.5, 0.5)
    return mass - start - x * np.log(rate) - right * np.log1p(-rate)


def anytime_upper(errors: int, n: int, delta: float) -> float:
    """The largest error rate that the evidence leaves open at 1 − delta, however often one looked; 1 without cases."""
    low, high = errors / max(n, 1), 1.0
    for _ in range(50):
        middle = (low + high) / 2
        refuted = middle < 1 and log_evidence_below(np.array(errors), np.array(n), middle) >= -np.log(delta)
        low, high = (low, middle) if refuted else (middle, high)
    return high
