"""The mathematics of human feedback: arrays in, frozen results out. NumPy and SciPy only, no input or output.

ratings = Ratings.from_arrays(items, annotators, labels)
print(krippendorff_alpha(ratings))      # 0.743 [0.461, 0.905] (95 %, 11 items, 4 annotators, 40 ratings)
"""

from goldsmith.stats.agreement import (
    Agreement,
    ItemAgreement,
    Resampling,
    agreement_by_group,
    alpha_by_annotator,
    alpha_by_item,
    alpha_by_label,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    kappa_by_pair,
    krippendorff_alpha,
    percent_agreement,
)
from goldsmith.stats.ratings import Ratings
from goldsmith.stats.truth import (
    Quality,
    RunningTruth,
    Truth,
    consensus,
    dawid_skene,
    glad,
    grouped_dawid_skene,
    mace,
    majority_vote,
    map_dawid_skene,
    one_coin,
    wawa,
)

__all__ = [
    "Agreement",
    "ItemAgreement",
    "Quality",
    "Ratings",
    "Resampling",
    "RunningTruth",
    "Truth",
    "agreement_by_group",
    "alpha_by_annotator",
    "alpha_by_item",
    "alpha_by_label",
    "cohen_kappa",
    "consensus",
    "dawid_skene",
    "fleiss_kappa",
    "glad",
    "grouped_dawid_skene",
    "gwet_ac1",
    "gwet_ac2",
    "kappa_by_pair",
    "krippendorff_alpha",
    "mace",
    "majority_vote",
    "map_dawid_skene",
    "one_coin",
    "percent_agreement",
    "wawa",
]
