"""How labels are confused: the chances of each label, given the true one."""

import numpy as np

LEAST_SHARE = 0.02  # of labels wrong, at least
STEADY = 100.0  # labels that the common rate weighs against a class's own
TRUST = 2.0 ** np.arange(-1, 13)  # wrong labels that "to any other class alike" weighs, to choose from


def noise_matrix(counts: np.ndarray, trust: float | None = None, least: float = LEAST_SHARE) -> np.ndarray:
    """P(given k | true j) from expected counts (true, given), both drawn towards what all classes have in common.

        T_jj = 1 − r_j,    T_jk = r_j D_jk,    r_j = (wrong_j + 100 r) / (n_j + 100),
        D_jk = (counts_jk + λ / (K − 1)) / (wrong_j + λ)

    r is the rate of all classes together, `least` at least. λ (`trust`) says how evenly wrong labels fall; without
    one, the λ that makes the wrong labels likeliest (type II maximum likelihood of the Dirichlet-multinomial): small
    where a class is taken for few others, large where labels are wrong at random.

    Source: Minka (2000), Estimating a Dirichlet distribution (evidence). A class without labels gets r, evenly spread.
    """
    size = len(counts)
    wrong = counts * ~np.eye(size, dtype=bool)
    n, n_wrong = counts.sum(1), wrong.sum(1)
    common = max(float(n_wrong.sum() / max(n.sum(), 1e-9)), least)
    rate = np.minimum((n_wrong + STEADY * common) / (n + STEADY), 1 - 1 / size)
    evenly = _likeliest_trust(wrong) if trust is None else trust
    direction = (wrong + evenly / (size - 1)) / (n_wrong + evenly)[:, None]
    noise = rate[:, None] * direction
    np.fill_diagonal(noise, 1 - rate)
    return noise


def _likeliest_trust(wrong: np.ndarray) -> float:
    """λ of greatest evidence; ties to the largest."""
    from scipy.special import gammaln

    size = len(wrong)
    if size == 2:
        return float(TRUST[-1])
    total, cells = wrong.sum(1), wrong[~np.eye(size, dtype=bool)]
    evidence = [
        (gammaln(trust) - gammaln(total + trust)).sum()
        + (gammaln(cells + trust / (size - 1)) - gammaln(trust / (size - 1))).sum()
        for trust in TRUST
    ]
    return float(TRUST[::-1][int(np.argmax(evidence[::-1]))])
