"""Intervals hold the true value about as often as they say: simulation."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from goldsmith.stats import (
    Agreement,
    Ratings,
    Resampling,
    alpha_by_annotator,
    alpha_by_label,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    kappa_by_pair,
    krippendorff_alpha,
    percent_agreement,
)
from tests.unit.stats.simulated import simulated

TRIALS = 800
DESIGNS = {
    "few items": {"n_items": 20, "n_annotators": 3, "shares": [0.5, 0.5], "accuracy": 0.8},
    "many classes": {"n_items": 50, "n_annotators": 4, "shares": [0.2] * 5, "accuracy": 0.7, "seen": 0.8},
    "rare class": {"n_items": 200, "n_annotators": 3, "shares": [0.9, 0.1], "accuracy": 0.9},
    "very rare class": {"n_items": 60, "n_annotators": 3, "shares": [0.98, 0.02], "accuracy": 0.9},
    "nearly perfect": {"n_items": 100, "n_annotators": 2, "shares": [0.6, 0.4], "accuracy": 0.98},
}
MEASURES = [percent_agreement, fleiss_kappa, gwet_ac1, krippendorff_alpha]


def coverage(measure: Callable[..., Agreement], resampling: Resampling, design: dict[str, object]) -> float:
    """The share of simulated studies whose interval holds the value of a very large study."""
    truth = measure(simulated(np.random.default_rng(1), **{**design, "n_items": 1_000_000})).value
    studies = (simulated(np.random.default_rng([2, trial]), **design) for trial in range(TRIALS))
    found = [measure(study, resampling=resampling) for study in studies]
    return float(np.mean([f.low <= truth <= f.high for f in found if np.isfinite(f.low)]))


@pytest.mark.slow
@pytest.mark.parametrize("design", DESIGNS.values(), ids=DESIGNS)
@pytest.mark.parametrize("measure", MEASURES)
def test_intervals_by_item_cover(measure, design):
    assert coverage(measure, Resampling(resamples=500), design) >= 0.93


@pytest.mark.slow
@pytest.mark.parametrize(
    "measure",
    [partial(gwet_ac2, weights="linear"), partial(krippendorff_alpha, level="ordinal")],
    ids=["ac2 linear", "alpha ordinal"],
)
def test_intervals_of_weighted_measures_cover(measure):
    assert coverage(measure, Resampling(resamples=300), DESIGNS["many classes"]) >= 0.93


@pytest.mark.slow
@pytest.mark.parametrize("design", list(DESIGNS.values())[1:4], ids=list(DESIGNS)[1:4])
def test_intervals_of_cohens_kappa_cover(design):
    assert coverage(cohen_kappa, Resampling(resamples=500), {**design, "n_annotators": 2}) >= 0.93


@pytest.mark.slow
def test_intervals_by_annotator_cover_when_annotators_differ():
    """Each study draws its annotators' accuracies anew; the truth is the value over very many annotators."""
    trials, n_items, n_annotators = 200, 400, 12

    def study(rng: np.random.Generator, annotators: int, items: int) -> np.ndarray:
        truth, accuracy = rng.integers(0, 2, items), rng.uniform(0.4, 1.0, (annotators, 1))
        return np.where(rng.random((annotators, items)) < accuracy, truth, rng.integers(0, 2, (annotators, items)))

    aim = krippendorff_alpha(Ratings.from_matrix(study(np.random.default_rng(1), 500, 2000))).value
    studies = [Ratings.from_matrix(study(np.random.default_rng([2, t]), n_annotators, n_items)) for t in range(trials)]
    ways = Resampling(by="annotator"), Resampling(by="item", resamples=200)
    by_annotator, by_item = (
        np.mean([f.low <= aim <= f.high for f in (krippendorff_alpha(ratings, resampling=way) for ratings in studies)])
        for way in ways
    )
    assert by_annotator >= 0.9
    assert by_item < 0.6


@pytest.mark.slow
@pytest.mark.parametrize("breakdown", [alpha_by_label, alpha_by_annotator, kappa_by_pair])
def test_intervals_of_parts_cover(breakdown):
    design = {"n_annotators": 3, "shares": [0.2, 0.3, 0.5], "accuracy": 0.8, "seen": 0.9}
    truth = breakdown(simulated(np.random.default_rng(1), n_items=300_000, **design))
    studies = (breakdown(simulated(np.random.default_rng([2, t]), n_items=60, **design)) for t in range(TRIALS // 2))
    held = [part.low <= truth[name].value <= part.high for study in studies for name, part in study.items()]
    assert np.mean(held) >= 0.93


@pytest.mark.slow
def test_intervals_of_rare_labels_and_pairs_with_them_cover():
    """Most studies have no item on which people agree that it is of the rare class."""
    design = {"n_annotators": 3, "shares": [0.6, 0.38, 0.02], "accuracy": 0.9}
    for breakdown in (alpha_by_label, kappa_by_pair):
        how = design if breakdown is alpha_by_label else {**design, "shares": [0.98, 0.02]}
        truth = breakdown(simulated(np.random.default_rng(1), n_items=300_000, **how))
        studies = (breakdown(simulated(np.random.default_rng([2, t]), n_items=60, **how)) for t in range(TRIALS // 2))
        parts = [pair for study in studies for pair in zip(truth.values(), study.values(), strict=True)]
        assert np.mean([t.value <= p.high and p.low <= t.value for t, p in parts if p.method != "none"]) >= 0.93
