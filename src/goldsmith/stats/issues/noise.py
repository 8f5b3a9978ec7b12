"""How labels are confused: the chances of each label, given the true one."""

import numpy as np

LEAST_SHARE, BELIEF = 0.02, 50.0  # of labels wrong, at least; labels that this belief weighs
STEADY = np.array([30.0, 100, 300, 1000, 3000, 10_000, 100_000])  # labels that the common rate weighs, to choose from
EVEN = 2.0 ** np.arange(-1, 13)  # wrong labels that "to any other class alike" weighs, to choose from


def noise_matrix(counts: np.ndarray, *, focused: bool = False, least: float = LEAST_SHARE) -> np.ndarray:
    """P(given k | true j) from expected counts (true, given), both drawn towards what all classes have in common.

        T_jj = 1 − r_j,    T_jk = r_j D_jk,    r_j = (wrong_j + κ r) / (n_j + κ),
        D_jk = (counts_jk + λ / (K − 1)) / (wrong_j + λ)

    r is the rate of all classes together, with 50 labels added of which `least` are wrong, and `least` at least. κ
    says how alike the rates of the classes are, λ how evenly wrong labels fall on the others; both are those under
    which the wrong labels are likeliest (type II maximum likelihood of the beta-binomial and the
    Dirichlet-multinomial). So a class has a rate of its own only where its labels show one, and a direction only where
    it is taken for few others.

    focused : λ = 1 and one rate for all, whatever the counts say.

    Source: Minka (2000), Estimating a Dirichlet distribution (evidence). A class without labels gets r, evenly spread.
    """
    size = len(counts)
    wrong = counts * ~np.eye(size, dtype=bool)
    n, n_wrong = counts.sum(1), wrong.sum(1)
    common = max(float((n_wrong.sum() + BELIEF * least) / (n.sum() + BELIEF)), least)
    steady = STEADY[-1] if focused else _likeliest_steadiness(n_wrong, n, common)
    even = 1.0 if focused else _likeliest_evenness(wrong)
    rate = np.minimum((n_wrong + steady * common) / (n + steady), 1 - 1 / size)
    noise = rate[:, None] * (wrong + even / (size - 1)) / (n_wrong + even)[:, None]
    np.fill_diagonal(noise, 1 - rate)
    return noise


def _likeliest_steadiness(wrong: np.ndarray, n: np.ndarray, common: float) -> float:
    """κ of greatest evidence; ties to the largest."""
    from scipy.special import betaln

    a, b = STEADY[::-1, None] * common, STEADY[::-1, None] * (1 - common)
    evidence = (betaln(a + wrong, b + n - wrong) - betaln(a, b)).sum(1)
    return float(STEADY[::-1][int(evidence.argmax())])


def _likeliest_evenness(wrong: np.ndarray) -> float:
    """λ of greatest evidence; ties to the largest."""
    from scipy.special import gammaln

    size = len(wrong)
    if size == 2:
        return float(EVEN[-1])
    total, cells = wrong.sum(1), wrong[~np.eye(size, dtype=bool)]
    evidence = [
        (gammaln(even) - gammaln(total + even)).sum()
        + (gammaln(cells + even / (size - 1)) - gammaln(even / (size - 1))).sum()
        for even in EVEN[::-1]
    ]
    return float(EVEN[::-1][int(np.argmax(evidence))])
