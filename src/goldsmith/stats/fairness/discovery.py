"""How many of many findings may be taken for true."""

from typing import Any, Literal

import numpy as np


def q_values(p_values: Any, *, rule: Literal["hochberg", "yekutieli"] = "hochberg") -> np.ndarray:
    """The smallest false-discovery rate at which each finding would still be one: (n,), aligned.

        q_(i) = min over j ≥ i of c n p_(j) / j,    at most 1, with p_(1) ≤ p_(2) ≤ …

    c = 1 for Benjamini and Hochberg's rule: right where the tests are independent or depend positively, as many groups
    against the rest usually do. c = 1 + ½ + … + 1/n for Benjamini and Yekutieli's, right however they depend.
    Taking every finding with q ≤ 0.05: in the mean, 5 % of those taken are false at most. A NaN stays NaN and does
    not count; nothing gives nothing.

    Sources: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289–300; Benjamini and
    Yekutieli (2001), Annals of Statistics 29, 1165–1188.
    """
    p = np.asarray(p_values, float)
    if rule not in ("hochberg", "yekutieli") or p.ndim != 1 or not ((p >= 0) & (p <= 1) | np.isnan(p)).all():
        raise ValueError(
            f"Expected p-values in [0, 1] and the rule 'hochberg' or 'yekutieli', got {p_values!r}, {rule!r}."
        )
    found = np.full(len(p), np.nan)
    told = np.flatnonzero(~np.isnan(p))
    rank = np.arange(1, len(told) + 1)
    factor = (1 / rank).sum() if rule == "yekutieli" else 1.0
    order = told[np.argsort(p[told], kind="stable")]
    steps = np.minimum(factor * len(told) * p[order] / rank, 1.0)
    found[order] = np.minimum.accumulate(steps[::-1])[::-1]
    return found
