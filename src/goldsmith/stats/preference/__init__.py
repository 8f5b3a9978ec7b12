"""Strengths from comparisons of two."""

from goldsmith.stats.preference.bradley_terry import Strengths, bradley_terry
from goldsmith.stats.preference.elo import elo

__all__ = ["Strengths", "bradley_terry", "elo"]
