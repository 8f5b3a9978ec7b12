"""Bradley–Terry adjusted for who judged, and for what else may sway them."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from goldsmith.stats.coding import code_ids
from goldsmith.stats.columns import check_confidence
from goldsmith.stats.preference.bradley_terry import Strengths
from goldsmith.stats.preference.climbing import Solution, solved
from goldsmith.stats.preference.comparisons import check_connected, competitors, outcomes
from goldsmith.stats.preference.left_out import by_record
from goldsmith.stats.preference.swayed import Swayed

Winners = Any  # a sequence of "a", "b" and "tie"


@dataclass(frozen=True, eq=False)
class Effect:
    """Numbers with their Wald intervals: arrays of one shape."""

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray


@dataclass(frozen=True, eq=False)
class AdjustedStrengths:
    """What is left to the competitors, and what is due to the rest.

    strengths : as from `bradley_terry`, in the logits of the average annotator, other things being equal.
    effects : what one unit of each covariate adds to the log-odds of a against b, (covariates,).
    annotators, reliability : how sharply each annotator follows the strengths, aligned; 1 is average, 0 chance, below
        0 is the other way round. n_comparisons : of each. Empty without annotators.
    variety : standard deviation of reliability in the crowd, as learned; 0 without annotators.
    """

    strengths: Strengths
    effects: Effect
    annotators: np.ndarray
    reliability: Effect
    n_comparisons: np.ndarray
    variety: float


@dataclass(frozen=True, eq=False)
class FeatureEffects:
    """What features of the two are worth; `effects` as in `AdjustedStrengths`, tie = log ν, n comparisons."""

    effects: Effect
    covariance: np.ndarray
    annotators: np.ndarray
    reliability: Effect
    tie: float
    n: int
    log_likelihood: float
    confidence: float

    def strength(self, features: Any) -> np.ndarray:
        """The log-strength of whoever has these features: (rows, covariates) to (rows,)."""
        return np.asarray(features, float) @ self.effects.value


def adjusted_bradley_terry(
    a: Any,
    b: Any,
    winner: Winners,
    *,
    annotators: Any = None,
    covariates: Any = None,
    position: bool = False,
    spread: float | None = None,
    records: Any = None,
    confidence: float = 0.95,
) -> AdjustedStrengths:
    """Strengths from comparisons by annotators who differ, with the sway of covariates taken out.

        P(a) : P(b) : P(tie) = e^(h/2) : e^(−h/2) : ν,    h = γ_w (s_a − s_b + x β)

    with γ_w the reliability of annotator w (mean 1), x the covariates of the comparison, e.g. how much longer a is than
    b. γ_w ~ N(1, v²) with v learned (empirical Bayes), so people with few comparisons are average until they show
    otherwise. Joint Fisher scoring of everything; intervals from the joint information, so they allow for each other.

    a, b, winner, position : as in `bradley_terry`, whose result this is without annotators and covariates.
    annotators : who judged, any hashable ids. covariates : numbers (comparisons,) or (comparisons, covariates), of a
        minus b. Centre and scale them for effects that can be compared.
    spread : standard deviation of a normal prior of the strengths. With it, strengths are finite however few the
        comparisons, and unconnected groups are no error: their levels are then the prior's word alone.
    records : what was judged in each comparison, any hashable ids. Several votes on one record are not independent:
        with it, intervals come from leaving out groups of records, not from the information (`left_out.py`).

    Source: Chen, Bennett, Collins-Thompson and Horvitz (2013), WSDM, 193–202 (annotators in Bradley–Terry), here with
    discrimination in place of a flipping rate, as in Birnbaum's 2PL (1968); Springall (1973), JRSS C 22, 59–68
    (covariates); Davidson (1970) for ties.
    Errors: as in `bradley_terry`; a covariate that is not finite, or that the strengths or others already tell.
    """
    check_confidence(confidence)
    if spread is not None and not spread > 0:
        raise ValueError(f"spread is a standard deviation above 0, or None, got {spread}.")
    names, first, second = competitors(a, b, winner)
    outcome = outcomes(winner)
    if spread is None:
        pairs, counts = np.stack([first, second], 1), np.eye(3)[outcome]
        check_connected(names, pairs, counts)
    columns = _columns(covariates, len(outcome), position)
    who, people = _people(annotators, len(outcome))
    model = Swayed.of(len(names), first, second, outcome, columns, who, len(people))
    found = _solved(model, spread, records, confidence)
    extra = slice(len(names), len(names) + columns.shape[1] - position)
    return AdjustedStrengths(
        strengths=_strengths(found, model, names, position, confidence),
        effects=_effect(found.value[extra], found.covariance[extra, extra], confidence),
        annotators=people,
        reliability=_effect(found.reliability, np.diag(found.reliability_variance), confidence),
        n_comparisons=np.bincount(who, minlength=len(people)) if who is not None else np.zeros(0, int),
        variety=found.variety,
    )


def preference_effects(
    difference: Any, winner: Winners, *, annotators: Any = None, records: Any = None, confidence: float = 0.95
) -> FeatureEffects:
    """What features are worth, where the competitors themselves never come twice: h = γ_w (x β) with x = f_a − f_b.

    difference : features of a minus features of b, (comparisons,) or (comparisons, features).
    The rest, model, source and errors as in `adjusted_bradley_terry`. A constant column is the advantage of position.
    """
    check_confidence(confidence)
    outcome = outcomes(winner)
    columns = _columns(difference, len(outcome), position=False)
    if not len(outcome) or not columns.shape[1]:
        raise ValueError("No comparisons, or no features, came: effects need at least one of each.")
    who, people = _people(annotators, len(outcome))
    nobody = np.zeros(len(outcome), np.int64)
    model = Swayed.of(0, nobody, nobody, outcome, columns, who, len(people))
    found = _solved(model, None, records, confidence)
    size = columns.shape[1]
    return FeatureEffects(
        effects=_effect(found.value[:size], found.covariance[:size, :size], confidence),
        covariance=found.covariance[:size, :size],
        annotators=people,
        reliability=_effect(found.reliability, np.diag(found.reliability_variance), confidence),
        tie=found.tie,
        n=len(outcome),
        log_likelihood=found.log_likelihood,
        confidence=confidence,
    )


def _columns(covariates: Any, n: int, position: bool) -> np.ndarray:
    """(comparisons, covariates); the last is the side, where it is asked for."""
    table = np.zeros((n, 0)) if covariates is None else np.asarray(covariates, float)
    table = table[:, None] if table.ndim == 1 else table
    if table.shape[0] != n or table.ndim != 2:
        raise ValueError(f"Covariates must have a row for each of the {n} comparisons, got shape {table.shape}.")
    if not np.isfinite(table).all():
        raise ValueError("Covariates must be finite: drop comparisons where they are missing, or fill them in.")
    return np.column_stack([table, np.ones(n)]) if position else table


def _people(annotators: Any, n: int) -> tuple[np.ndarray | None, np.ndarray]:
    """Who judged each comparison, as a place among all who did; None and nobody where it was not told."""
    if annotators is None:
        return None, np.zeros(0)
    who, people = code_ids(annotators)
    if len(who) != n:
        raise ValueError(f"Expected an annotator for each of the {n} comparisons, got {len(who)}.")
    return who.astype(np.int64), people


def _solved(model: Swayed, spread: float | None, records: Any, confidence: float) -> Solution:
    """The likeliest solution, its covariance from the information or, with records, from leaving them out."""
    found = solved(model, spread)
    return found if records is None else by_record(model, spread, found, code_ids(records)[0], confidence)


def _effect(value: np.ndarray, covariance: np.ndarray, confidence: float) -> Effect:
    reach = NormalDist().inv_cdf(0.5 + confidence / 2) * np.sqrt(np.maximum(np.diagonal(covariance), 0))
    return Effect(value, value - reach, value + reach)


def _strengths(found: Solution, model: Swayed, names: np.ndarray, position: bool, confidence: float) -> Strengths:
    n = len(names)
    order = np.argsort(-found.value[:n], kind="stable")
    told = _effect(found.value[:n], found.covariance[:n, :n], confidence)
    place = n + model.columns.shape[1] - 1
    side = _effect(found.value[place:][:1], found.covariance[place:, place:][:1, :1], confidence) if position else None
    return Strengths(
        competitors=names[order],
        value=told.value[order],
        low=told.low[order],
        high=told.high[order],
        covariance=found.covariance[np.ix_(order, order)],
        tie=found.tie,
        first=float(side.value[0]) if side else 0.0,
        first_low=float(side.low[0]) if side else 0.0,
        first_high=float(side.high[0]) if side else 0.0,
        n=np.bincount(np.concatenate([model.first, model.second]), minlength=n)[order],
        log_likelihood=found.log_likelihood,
        confidence=confidence,
    )
