"""What the true answer of each item is, and how often each annotator gives it."""

from goldsmith.stats.truth.consensus import consensus
from goldsmith.stats.truth.dawid_skene import dawid_skene
from goldsmith.stats.truth.glad import glad
from goldsmith.stats.truth.grouped import grouped_dawid_skene
from goldsmith.stats.truth.mace import mace
from goldsmith.stats.truth.majority import majority_vote
from goldsmith.stats.truth.map_dawid_skene import map_dawid_skene
from goldsmith.stats.truth.one_coin import one_coin
from goldsmith.stats.truth.ordinal import OrdinalTruth, Trait, ordinal_consensus
from goldsmith.stats.truth.result import Quality, Truth
from goldsmith.stats.truth.running import RunningTruth
from goldsmith.stats.truth.wawa import wawa

__all__ = [
    "OrdinalTruth",
    "Quality",
    "RunningTruth",
    "Trait",
    "Truth",
    "consensus",
    "dawid_skene",
    "glad",
    "grouped_dawid_skene",
    "mace",
    "majority_vote",
    "map_dawid_skene",
    "one_coin",
    "ordinal_consensus",
    "wawa",
]
