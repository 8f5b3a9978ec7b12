"""From which confidence on a model's answers may be accepted unseen, with a proven bound on the errors."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from goldsmith.stats.columns import flags, numbers
from goldsmith.stats.intervals import binomial_tail, exact_upper

FIRST, APART, PATIENCE = 2.0, 2.0, 0.7  # of the starts: see `starts`


@dataclass(frozen=True, slots=True)
class AutoAccept:
    """The certificate.

    threshold : accept where confidence ≥ threshold; infinity where nothing could be certified.
    share : of the calibration cases, how many that accepts, in [0, 1].
    n_accepted, n_errors : calibration cases accepted, and wrong among them.
    error_upper : the largest error rate that those leave open, each case for itself (Clopper–Pearson at 1 − delta).
    max_error, delta : what is certified: P(error rate of accepted cases > max_error) ≤ delta.
    """

    threshold: float
    share: float
    n_accepted: int
    n_errors: int
    error_upper: float
    n: int
    max_error: float
    delta: float


def certify_auto_accept(
    confidence: Any, correct: Any, *, max_error: float = 0.02, delta: float = 0.05, most_thresholds: int = 200
) -> AutoAccept:
    """The lowest threshold whose accepted cases have an error rate of max_error at most, at confidence 1 − delta.

    Learn then test: each threshold is a hypothesis "the error rate above it is larger than max_error", with the exact
    binomial p-value P(X ≤ errors), X ~ Binomial(accepted, max_error). They are tested from strict to lenient by the
    fall-back procedure: delta is divided over several starts, and every rejection hands what it had to the next. So an
    early failure, where few cases are accepted, does not end the search; and the chance that any threshold is
    certified wrongly is delta at most. (A cut-off chosen on the calibration cases and trusted as if it had not been
    chosen breaks such a bound in about half of all cases.)

    The starts lie where 2, 4, 8, … times as many cases are accepted as could prove the bound without an error,
    log delta / log(1 − max_error), and at all cases; each has 0.7 times the delta of the one before. A test with fewer
    cases fails by bad luck, and one that begins late keeps its delta from all that lies before it.

    confidence : the model's confidence in each calibration case, (n,); correct : whether it was right, bool (n,).
    The calibration cases must be a random sample of those that the rule will be used on, and not used for training.
    Nothing certifiable: threshold infinity, share 0.

    Source: Angelopoulos, Bates, Candès, Jordan and Lei (2021), Learn then Test, arXiv:2110.01052; Wiens (2003),
    Pharmaceutical Statistics 2, 211–215 (fall-back).
    """
    sure, right = numbers(confidence, "confidence"), flags(correct, "correct")
    if sure.shape != right.shape or most_thresholds < 1 or not 0 < max_error < 1 or not 0 < delta < 1:
        raise ValueError("Expected a confidence per case, max_error and delta between 0 and 1, most_thresholds ≥ 1.")
    thresholds, accepted, errors = _ladder(sure, right, most_thresholds)
    p_values = binomial_tail(errors, accepted, max_error)
    passed = fall_back(p_values, delta * starts(accepted, max_error, delta))
    if passed is None:
        return AutoAccept(np.inf, 0.0, 0, 0, 1.0, len(sure), max_error, delta)
    n, wrong = int(accepted[passed]), int(errors[passed])
    share, upper = n / len(sure), exact_upper(wrong, n, delta)
    return AutoAccept(float(thresholds[passed]), share, n, wrong, upper, len(sure), max_error, delta)


def _ladder(sure: np.ndarray, right: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Thresholds from strict to lenient at even ranks, what each accepts and how often that is wrong."""
    order = np.argsort(-sure, kind="stable")
    ranked, wrong = sure[order], np.cumsum(~right[order])
    ends = np.unique(np.linspace(0, len(sure), most + 1).astype(int)[1:]) - 1 if len(sure) else np.zeros(0, int)
    ends = np.unique(np.searchsorted(-ranked, -ranked[ends], side="right") - 1)  # ties are accepted together
    return ranked[ends], ends + 1, wrong[ends]


def starts(accepted: np.ndarray, max_error: float, delta: float) -> np.ndarray:
    """The share of delta that each threshold begins with, given how many cases it accepts: (thresholds,)."""
    given = np.zeros(len(accepted))
    if not len(accepted):
        return given
    at, most = FIRST * np.log(delta) / np.log1p(-max_error), accepted[-1]
    places = []
    while at < most:
        places.append(int(np.searchsorted(accepted, at)))
        at *= APART
    places.append(len(accepted) - 1)
    share = PATIENCE ** np.arange(len(places))
    np.add.at(given, places, share / share.sum())
    return given


def fall_back(p_values: np.ndarray, given: np.ndarray) -> int | None:
    """The last hypothesis rejected, each beginning with the error chance `given` and handing on what it had."""
    held, passed = 0.0, None
    for place, p_value in enumerate(p_values):
        held += given[place]
        if p_value <= held:
            passed = place
        else:
            held = 0.0
    return passed
