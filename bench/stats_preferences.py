"""Bradley–Terry, 1 M comparisons of 100 models, beside choix and evalica: CPU seconds and the largest difference.

    python bench/stats_preferences.py            in an environment that has goldsmith, choix and evalica

A peer that is not installed is left out. Times start with each library's own form of input and end with strengths;
ours include intervals.
"""

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

MODELS, COMPARISONS, REPEATS = 100, 1_000_000, 5


def main() -> int:
    """Prints a table; 1 when a peer is faster, or further away than 1e-6."""
    from goldsmith.stats import adjusted_bradley_terry, bradley_terry

    rng = np.random.default_rng(0)
    strength = rng.normal(0, 1, MODELS)
    a = rng.integers(0, MODELS, COMPARISONS)
    b = (a + rng.integers(1, MODELS, COMPARISONS)) % MODELS
    won = rng.random(COMPARISONS) < 1 / (1 + np.exp(strength[b] - strength[a]))
    winner = np.where(won, "a", "b")
    found = bradley_terry(a, b, winner)
    ours = found.value[np.argsort(found.competitors)]
    seconds = timed(lambda: bradley_terry(a, b, winner))
    print(f"| library | CPU seconds | apart |\n|---|---|---|\n| goldsmith | {seconds:.2f} | |")
    people, longer = rng.integers(0, 200, COMPARISONS // 10), rng.normal(0, 1, COMPARISONS // 10)
    some = slice(COMPARISONS // 10)
    how = {"annotators": people, "covariates": longer}
    spent = timed(lambda: adjusted_bradley_terry(a[some], b[some], winner[some], **how))
    print(f"| goldsmith, 100 k by 200 annotators with a covariate | {spent:.2f} | |")
    missed = False
    for name, peer in {"choix": with_choix, "evalica": with_evalica}.items():
        try:
            fit = peer(a, b, won)
        except ImportError:
            continue
        theirs = fit()
        apart, spent = float(np.abs(theirs - theirs.mean() - ours).max()), timed(fit)
        print(f"| {name} | {spent:.2f} | {apart:.0e} |")
        missed |= spent <= seconds or apart > 1e-6
    return int(missed)


def timed(work: Callable[[], object]) -> float:
    """The median of CPU seconds."""
    spent = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def with_choix(a: np.ndarray, b: np.ndarray, won: np.ndarray) -> Callable[[], np.ndarray]:
    """Iterative Luce spectral ranking, which ends at the maximum of the likelihood."""
    import choix  # pyright: ignore[reportMissingImports]

    pairs = np.where(won[:, None], np.stack([a, b], 1), np.stack([b, a], 1)).tolist()
    return lambda: np.asarray(choix.ilsr_pairwise(MODELS, pairs))


def with_evalica(a: np.ndarray, b: np.ndarray, won: np.ndarray) -> Callable[[], np.ndarray]:
    """The same by evalica's own iteration."""
    import evalica  # pyright: ignore[reportMissingImports]

    columns = [list(map(str, column)) for column in (a, b)]
    winners = [evalica.Winner.X if one else evalica.Winner.Y for one in won]

    def fit() -> np.ndarray:
        scores = evalica.bradley_terry(*columns, winners, tolerance=1e-10).scores
        return np.log([scores[str(model)] for model in range(MODELS)])

    return fit


if __name__ == "__main__":
    sys.exit(main())
