"""Strengths from comparisons of two."""

from goldsmith.stats.preference.adjusted import (
    AdjustedStrengths,
    Effect,
    FeatureEffects,
    adjusted_bradley_terry,
    preference_effects,
)
from goldsmith.stats.preference.bradley_terry import Strengths, bradley_terry
from goldsmith.stats.preference.elo import elo
from goldsmith.stats.preference.next_pairs import NextPair, next_pairs

__all__ = [
    "AdjustedStrengths",
    "Effect",
    "FeatureEffects",
    "NextPair",
    "Strengths",
    "adjusted_bradley_terry",
    "bradley_terry",
    "elo",
    "next_pairs",
    "preference_effects",
]
