"""A certificate for automatic acceptance that grows with every label, and may be read at any time."""

from typing import Any

import numpy as np

from goldsmith.stats.columns import flags, numbers
from goldsmith.stats.sampling.auto_accept import AutoAccept, fall_back, starts
from goldsmith.stats.sampling.evidence import anytime_upper, log_evidence_below

THRESHOLDS = 100  # from strict to lenient


class RunningAutoAccept:
    """Which answers may pass unseen, after every label; P(ever certified wrongly) ≤ delta.

    The thresholds are fixed beforehand, from confidences without labels. For each, an e-process bets against "the
    error rate above it is larger than max_error" with each labelled case above it (`log_evidence_below`); 1 / its
    maximum so far is a p-value at all times, and the fall-back procedure of `certify_auto_accept` tests the thresholds
    from strict to lenient. So one may stop as soon as enough is certified, or go on labelling where it is not: both
    would break a bound made for a fixed number of labels. The price: for the same share, about twice as many labels
    as `certify_auto_accept` needs when their number is fixed beforehand. What was once certified stays so, until
    spot checks speak against it (`spot_checks`).

    Labelled cases must be drawn at random from those that the rule will be used on, and not be used for training.

    Source: Waudby-Smith and Ramdas (2024), JRSS B 86, 1–27 (betting); Ville's inequality; Wiens (2003) (fall-back).
    """

    def __init__(
        self, confidence_of_all: Any, *, max_error: float = 0.02, delta: float = 0.05, planned: int = 3000
    ) -> None:
        """confidence_of_all : of cases that the rule will be used on, labelled or not, (N,); at least one.

        planned : about how many labels one means to make; the tests start where so many could decide them. The bound
            holds whatever their number comes to be.
        """
        every = np.sort(numbers(confidence_of_all, "confidence_of_all"))[::-1]
        if not len(every) or planned < 1 or not 0 < max_error < 1 or not 0 < delta < 1:
            raise ValueError("Expected confidences of one case or more, and max_error and delta between 0 and 1.")
        ranks = np.unique(np.linspace(0, len(every), THRESHOLDS + 1).astype(int)[1:]) - 1
        self.max_error, self.delta = max_error, delta
        self._threshold = -np.unique(-every[ranks])
        self._share = np.searchsorted(-every, -self._threshold, side="right") / len(every)
        self._given = delta * starts(self._share * planned, max_error, delta)
        self._n = np.zeros(len(self._threshold), np.int64)
        self._errors = np.zeros(len(self._threshold), np.int64)
        self._evidence = np.zeros(len(self._threshold))
        self._labels = 0

    def add(self, confidence: Any, correct: Any) -> AutoAccept:
        """The certificate after these labelled cases, one or many, in the order in which they were labelled."""
        sure, right = numbers(np.atleast_1d(confidence), "confidence"), flags(np.atleast_1d(correct), "correct")
        if sure.shape != right.shape:
            raise ValueError(f"Expected a confidence for every case, got {sure.shape} and {right.shape}.")
        for start in range(0, len(sure), 1000):
            self._bet(sure[start : start + 1000], right[start : start + 1000])
        return self.certificate()

    def certificate(self) -> AutoAccept:
        """What is certified now; threshold infinity and share 0 where nothing is. `share` is that of all cases."""
        passed = fall_back(np.exp(-self._evidence), self._given)
        if passed is None:
            return AutoAccept(np.inf, 0.0, 0, 0, 1.0, self._labels, self.max_error, self.delta)
        n, errors = int(self._n[passed]), int(self._errors[passed])
        return AutoAccept(
            float(self._threshold[passed]), float(self._share[passed]), n, errors,
            anytime_upper(errors, n, self.delta), self._labels, self.max_error, self.delta,
        )  # fmt: skip

    def _bet(self, sure: np.ndarray, right: np.ndarray) -> None:
        """The greatest evidence so far, of every threshold, with these cases."""
        above = sure[:, None] >= self._threshold
        n = self._n + above.cumsum(0)
        errors = self._errors + (above & ~right[:, None]).cumsum(0)
        if len(sure):
            found = log_evidence_below(errors, n, self.max_error)
            self._evidence = np.maximum(self._evidence, found.max(0))
            self._n, self._errors = n[-1], errors[-1]
        self._labels += len(sure)
