"""Consensus: the method, or the few, that the ratings themselves speak for."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from goldsmith.stats.ratings import Ratings
from goldsmith.stats.truth.grouped import fit_grouped
from goldsmith.stats.truth.judging import judging_posterior
from goldsmith.stats.truth.left_out import left_out_scores
from goldsmith.stats.truth.map_dawid_skene import fit_map_dawid_skene
from goldsmith.stats.truth.mixture import Fit
from goldsmith.stats.truth.one_coin import fit_one_coin
from goldsmith.stats.truth.result import Truth, truth_of
from goldsmith.stats.truth.starting import first_guess
from goldsmith.stats.truth.votes import History, Known, Votes

TOLERANCE = 1e-7  # nats per rating: far enough that where the search began no longer shows


def consensus(
    ratings: Ratings,
    *,
    known: Known = None,
    history: History = None,
    start: Truth | None = None,
    significance: float = 0.05,
) -> Truth:
    """The average of the vote and of the models that stand the test, chosen without any true answer.

    Three models are fitted: `map_dawid_skene`, `one_coin`, `grouped_dawid_skene`. Each is asked what everyone's
    labels would be if only the others had rated (`left_out_scores`, nats per rating). One that does worse than MAP
    Dawid–Skene, in the mean over annotators, each counting once, at two-sided `significance` (paired z test) is
    dropped. The posteriors of the rest and the shares of the vote are averaged with equal weights: models that the
    ratings cannot tell apart make different mistakes, and the vote keeps them from being too sure.

    known, history, start : as in `dawid_skene`.
    `why` names the evidence. `log_likelihood` and `quality` are those of MAP Dawid–Skene.

    Source: the test is that of stacking by leave-one-out predictive likelihood, Vehtari, Gelman and Gabry (2017),
    Statistics and Computing 27, 1413–1432, with annotators as the units; the average, Bates and Granger (1969).
    One class: certain. One annotator: that annotator's labels. Fewer than two annotators on shared items: no test.
    """
    if not 0 < significance < 1:
        raise ValueError(f"significance must lie between 0 and 1, got {significance}.")
    votes = Votes.of(ratings, known, history)
    guess = first_guess(ratings, votes, start)
    trials = [
        _tried("MAP Dawid–Skene", votes, fit_map_dawid_skene(votes, guess, tolerance=TOLERANCE)),
        _tried("one coin", votes, fit_one_coin(votes, guess, tolerance=TOLERANCE)),
        _tried("grouped Dawid–Skene", votes, fit_grouped(votes, guess, tolerance=TOLERANCE)),
    ]
    limit = NormalDist().inv_cdf(1 - significance / 2)
    kept = [trial for trial in trials if trial.worse_than(trials[0]) <= limit]
    posterior = sum((trial.posterior for trial in kept), start=_vote(votes))
    posterior /= posterior.sum(0)
    base, why = trials[0], _why(trials, kept, limit)
    score = {"log_likelihood": base.log_likelihood, "judged_by": judging_posterior(votes, base.posterior)}
    return truth_of("consensus", ratings, votes, posterior, **score, why=why)


@dataclass(frozen=True, eq=False)
class _Trial:
    """A fitted model, and how well it foretells each annotator."""

    name: str
    posterior: np.ndarray
    log_likelihood: float
    score: np.ndarray

    def worse_than(self, other: "_Trial") -> float:
        """By how many standard errors, over annotators; negative where it is better."""
        gap = other.score - self.score
        gap = gap[np.isfinite(gap)]
        spread = gap.std() if len(gap) > 1 else 0.0
        return float(gap.mean() / spread * np.sqrt(len(gap))) if spread else 0.0

    def __str__(self) -> str:
        return f"{self.name} ({np.nanmean(self.score) if np.isfinite(self.score).any() else np.nan:.3f})"


def _tried(name: str, votes: Votes, found: Fit) -> _Trial:
    posterior = votes.with_known(found.by_class())
    return _Trial(name, posterior, found.log_likelihood, left_out_scores(votes, found))


def _vote(votes: Votes) -> np.ndarray:
    tally = votes.tally()
    tally[:, tally.sum(0) == 0] = 1.0
    return votes.with_known(tally / tally.sum(0))


def _why(trials: list[_Trial], kept: list[_Trial], limit: float) -> str:
    """One sentence for people."""
    dropped = [f"{t}, worse by {t.worse_than(trials[0]):.1f} standard errors" for t in trials if t not in kept]
    told = f"the vote averaged with {', '.join(map(str, kept))}; in brackets: nats per rating of people left out"
    return f"{told}. Dropped (limit {limit:.2f}): {'; '.join(dropped) or 'none'}."
