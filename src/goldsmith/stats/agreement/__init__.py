"""How far annotators agree beyond chance, always with an interval and n."""

from goldsmith.stats.agreement.by_annotator import alpha_by_annotator
from goldsmith.stats.agreement.by_group import agreement_by_group
from goldsmith.stats.agreement.by_item import ItemAgreement, alpha_by_item
from goldsmith.stats.agreement.by_label import alpha_by_label
from goldsmith.stats.agreement.by_pair import kappa_by_pair
from goldsmith.stats.agreement.cohen import cohen_kappa
from goldsmith.stats.agreement.fleiss import fleiss_kappa
from goldsmith.stats.agreement.gwet import gwet_ac1, gwet_ac2
from goldsmith.stats.agreement.icc import icc
from goldsmith.stats.agreement.kendall import kendall_w
from goldsmith.stats.agreement.krippendorff import krippendorff_alpha
from goldsmith.stats.agreement.percent import percent_agreement
from goldsmith.stats.agreement.resampling import Resampling
from goldsmith.stats.agreement.result import Agreement

__all__ = [
    "Agreement",
    "ItemAgreement",
    "Resampling",
    "agreement_by_group",
    "alpha_by_annotator",
    "alpha_by_item",
    "alpha_by_label",
    "cohen_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "gwet_ac2",
    "icc",
    "kappa_by_pair",
    "kendall_w",
    "krippendorff_alpha",
    "percent_agreement",
]
