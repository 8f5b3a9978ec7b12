"""Fleiss' κ: agreement of many interchangeable annotators beyond chance, nominal labels."""

from goldsmith.stats.agreement.coefficient import ChanceCorrected, Numbers, corrected
from goldsmith.stats.agreement.distances import Nominal
from goldsmith.stats.agreement.intervals import estimate
from goldsmith.stats.agreement.percent import disagreement_by_item
from goldsmith.stats.agreement.resampling import BY_ITEM, Resampling
from goldsmith.stats.agreement.result import Agreement
from goldsmith.stats.agreement.tally import tally
from goldsmith.stats.ratings import Ratings


def fleiss_kappa(ratings: Ratings, *, resampling: Resampling = BY_ITEM) -> Agreement:
    """Percent agreement corrected for the agreement of annotators who keep the labels' shares but rate at random.

        κ = (P − P_e) / (1 − P_e),    P_e = Σ_c p_c²,    p_c = 1/N Σ_u n_uc / m_u

    with P as in `percent_agreement` and p_c over the N items with m_u ≥ 1 ratings. From below 0 to 1. Items may have
    different numbers of ratings (Gwet's extension); with equal numbers this is Fleiss' own coefficient.

    Source: Fleiss (1971), Psychological Bulletin 76(5), 378–382; Gwet (2014), Handbook of Inter-Rater Reliability,
    4th ed., ch. 5. Assumes nominal labels, and that κ's dependence on the shares is meant: with one rare class it is
    low even where people nearly always agree; see `gwet_ac1`.
    No item with two ratings, or one class only: NaN.
    """
    return estimate(ratings, _fit, resampling)


def _fit(ratings: Ratings) -> ChanceCorrected:
    cells = tally(ratings, at_least=1)
    observed, weight = disagreement_by_item(cells, Nominal())
    return ChanceCorrected(cells, observed, weight, 1.0 / cells.size, Nominal(), Nominal(), _finish)


def _finish(observed: Numbers, q: Numbers, total: Numbers) -> Numbers:
    return corrected(observed, q / total**2)
