"""What a sample proves: rates of whole populations, automatic acceptance under a bound, plans for inspection."""

from goldsmith.stats.sampling.auto_accept import AutoAccept, certify_auto_accept
from goldsmith.stats.sampling.estimate import Rate
from goldsmith.stats.sampling.plan import SamplingPlan, acceptance_plan
from goldsmith.stats.sampling.powered import prediction_powered_rate
from goldsmith.stats.sampling.stratified import stratified_rate
from goldsmith.stats.sampling.weighted import horvitz_thompson

__all__ = [
    "AutoAccept",
    "Rate",
    "SamplingPlan",
    "acceptance_plan",
    "certify_auto_accept",
    "horvitz_thompson",
    "prediction_powered_rate",
    "stratified_rate",
]
