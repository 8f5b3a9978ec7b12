"""What a sample proves: rates of whole populations, automatic acceptance under a bound, plans for inspection."""

from goldsmith.stats.rate import Rate
from goldsmith.stats.sampling.auto_accept import AutoAccept, certify_auto_accept
from goldsmith.stats.sampling.plan import SamplingPlan, acceptance_plan
from goldsmith.stats.sampling.powered import prediction_powered_rate, running_powered_rate
from goldsmith.stats.sampling.running_accept import RunningAutoAccept
from goldsmith.stats.sampling.running_rate import RunningRate, running_rate
from goldsmith.stats.sampling.spot_checks import SpotChecks, spot_checks
from goldsmith.stats.sampling.stratified import running_stratified_rate, stratified_rate
from goldsmith.stats.sampling.weighted import horvitz_thompson, running_weighted_rate

__all__ = [
    "AutoAccept",
    "Rate",
    "RunningAutoAccept",
    "RunningRate",
    "SamplingPlan",
    "SpotChecks",
    "acceptance_plan",
    "certify_auto_accept",
    "horvitz_thompson",
    "prediction_powered_rate",
    "running_powered_rate",
    "running_rate",
    "running_stratified_rate",
    "running_weighted_rate",
    "spot_checks",
    "stratified_rate",
]
