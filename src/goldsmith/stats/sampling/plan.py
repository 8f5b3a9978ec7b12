"""How many cases to inspect, and how many faults to allow, before a batch is taken over."""

from dataclasses import dataclass

import numpy as np

from goldsmith.stats.intervals import binomial_tail


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """Inspect n cases at random; take the batch over when at most `most_faults` are wrong.

    pass_good, pass_bad : the chances that a batch of the good and of the bad rate passes.
    """

    n: int
    most_faults: int
    pass_good: float
    pass_bad: float

    def chance(self, rate: float) -> float:
        """The chance that a batch with this rate of faults, in [0, 1], passes (the operating characteristic)."""
        if not 0 <= rate <= 1:
            raise ValueError(f"A rate of faults lies between 0 and 1, got {rate}.")
        return float(binomial_tail(np.array(self.most_faults), np.array(self.n), rate))


def acceptance_plan(
    good: float, bad: float, *, refuse_good: float = 0.05, pass_bad: float = 0.05, most_n: int = 100_000
) -> SamplingPlan:
    """The smallest sample that tells batches of two rates of faults apart.

        P(X ≤ c | good) ≥ 1 − refuse_good,    P(X ≤ c | bad) ≤ pass_bad,    X ~ Binomial(n, rate)

    good, bad : rates of faults, 0 ≤ good < bad ≤ 1.
    refuse_good, pass_bad : the chances, at most, of refusing a good batch and of passing a bad one.

    Source: Schilling and Neubauer (2017), Acceptance Sampling in Quality Control, 3rd ed., ch. 5.
    No plan within most_n: an error. Batches are taken to be large beside n.
    """
    if not 0 <= good < bad <= 1:
        raise ValueError(f"Expected 0 ≤ good < bad ≤ 1, got {good} and {bad}.")
    if not 0 < refuse_good < 1 or not 0 < pass_bad < 1:
        raise ValueError(f"refuse_good and pass_bad must lie between 0 and 1, got {refuse_good} and {pass_bad}.")
    n = 1
    for faults in range(most_n):
        n = _smallest_n(faults, bad, pass_bad, n, most_n)
        plan = SamplingPlan(n, faults, 0.0, 0.0)
        if n > most_n:
            break
        if plan.chance(good) >= 1 - refuse_good:
            return SamplingPlan(n, faults, plan.chance(good), plan.chance(bad))
    raise ValueError(f"No plan with n ≤ {most_n} tells {good} from {bad}: set them further apart, or allow more risk.")


def _smallest_n(faults: int, bad: float, pass_bad: float, low: int, most_n: int) -> int:
    """The smallest n at which a bad batch passes rarely enough, by bisection; more than most_n where there is none."""
    high = most_n + 1
    while low < high:
        middle = (low + high) // 2
        rare = binomial_tail(np.array(faults), np.array(middle), bad) <= pass_bad
        low, high = (low, middle) if rare else (middle + 1, high)
    return low
