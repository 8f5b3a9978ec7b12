"""From a fitted mixture to what speaks against each label."""

import numpy as np

from goldsmith.stats.issues.mixture import AT_ONCE, Mixture


def judged(
    model: Mixture, given: np.ndarray, said: np.ndarray, shares: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    """The probability of each label to be wrong (n,), and the likeliest other class (n,), block by block.

    given : codes (n,).  said, shares : (n, classes), of the model and of the neighbours.
    """
    probability, proposed = np.empty(len(given)), np.empty(len(given), np.intp)
    step = max(AT_ONCE // said.shape[1], 1)
    for start in range(0, len(given), step):
        rows = slice(start, start + step)
        label = given[rows]
        joint = model.joint(label, said[rows], None if shares is None else shares[rows])
        place = np.arange(len(label))
        total, own = joint.sum(1), joint[place, label]
        joint[place, label] = -1.0
        proposed[rows] = joint.argmax(1)
        joint[place, label] = 0.0
        probability[rows] = joint.sum(1) / np.maximum(total, np.finfo(joint.dtype).tiny)
        probability[rows][own == total] = 0.0
    return probability, proposed
