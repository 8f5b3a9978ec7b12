"""How intervals are found, and that the ways agree with one another."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given

from goldsmith.stats import (
    Ratings,
    Resampling,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac2,
    krippendorff_alpha,
    percent_agreement,
)
from goldsmith.stats.agreement import bootstrap, cohen, fleiss, gwet, krippendorff, ordinal, percent, tally
from goldsmith.stats.agreement.jackknife import jackknife
from tests.unit.stats.simulated import rating_rows, ratings_of, simulated, steady

FITS = {
    "percent": percent._fit,
    "fleiss": fleiss._fit,
    "ac2": partial(gwet._fit, weights="quadratic"),
    "nominal": partial(krippendorff._fit, level="nominal"),
    "interval": partial(krippendorff._fit, level="interval"),
    "ratio": partial(krippendorff._fit, level="ratio"),
    "ordinal": krippendorff._fit_ordinal,
}
HOW = {"n_annotators": 4, "shares": [0.1, 0.2, 0.3, 0.4], "accuracy": 0.7, "seen": 0.8}


@pytest.mark.parametrize("fit", FITS.values(), ids=FITS)
@steady
@given(rows=rating_rows())
def test_leaving_out_an_item_is_estimating_without_it(fit, rows):
    ratings = ratings_of(rows)
    fitted = fit(ratings)
    counted = np.flatnonzero(ratings.counts_by_item() >= (1 if fit in (FITS["fleiss"], FITS["ac2"]) else 2))
    left = [fit(ratings.keep(ratings.item != item)).value() for item in counted]
    found = np.repeat(fitted.without_each(), fitted.times)
    assert np.sort(found) == pytest.approx(np.sort(left), abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("fit", FITS.values(), ids=FITS)
def test_drawing_every_item_once_gives_the_value(fit):
    fitted = fit(simulated(np.random.default_rng(0), n_items=50, **HOW))
    assert fitted.resampled(fitted.times[None, :].astype(float))[0] == pytest.approx(fitted.value())


def test_cohen_leaves_out_and_draws_alike():
    ratings = simulated(np.random.default_rng(0), n_items=40, **{**HOW, "n_annotators": 2})
    for weights in (None, "linear", "quadratic"):
        fitted = cohen._fit(ratings, weights)
        once_less = fitted.times - np.eye(len(fitted.times))
        assert fitted.without_each() == pytest.approx(fitted.resampled(once_less))


def test_leaving_out_an_item_moves_ranks_as_first_order_says():
    fitted = ordinal.OrdinalAlpha(tally.tally(simulated(np.random.default_rng(1), n_items=3000, **HOW), at_least=2))
    exact, nearly = fitted.without_each() - fitted.value(), fitted._without_each_nearly() - fitted.value()
    assert nearly == pytest.approx(exact, abs=2e-3 * np.abs(exact).max())


@pytest.mark.parametrize("fit", FITS.values(), ids=FITS)
def test_bootstrap_and_jackknife_agree_on_many_items(fit):
    fitted = fit(simulated(np.random.default_rng(2), n_items=3000, **HOW))
    drawn = bootstrap.bootstrap(fitted, Resampling(resamples=4000))
    assert drawn == pytest.approx(jackknife(fitted, 0.95), abs=0.1 * (drawn[1] - drawn[0]))


def test_drawing_rows_is_drawing_items(monkeypatch):
    ratings = simulated(np.random.default_rng(3), n_items=400, **HOW)
    items = krippendorff_alpha(ratings, resampling=Resampling(resamples=8000))
    monkeypatch.setattr(bootstrap, "MOST_ROWS", 399)
    rows = krippendorff_alpha(ratings, resampling=Resampling(resamples=8000))
    assert (rows.low, rows.high) == pytest.approx((items.low, items.high), abs=0.05 * (items.high - items.low))
    assert rows.method == items.method == "bootstrap over items"


def test_items_labelled_alike_share_a_row_whatever_the_number_of_classes(monkeypatch):
    matrix = np.random.default_rng(4).integers(0, 80, (3, 200))
    matrix = np.concatenate([matrix, matrix], axis=1)
    cells = tally.tally(Ratings.from_matrix(matrix), at_least=2)
    assert len(cells.size) <= 200
    assert cells.times.sum() == 400
    whole = krippendorff_alpha(Ratings.from_matrix(matrix)).value
    monkeypatch.setattr(tally, "FEW_ROWS", 0)
    assert krippendorff_alpha(Ratings.from_matrix(matrix[:, :200])).value == pytest.approx(whole, abs=0.005)


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    ratings = simulated(np.random.default_rng(5), n_items=60, **HOW)
    one, again, other = (krippendorff_alpha(ratings, resampling=Resampling(seed=seed)) for seed in (1, 1, 2))
    assert one == again
    assert (one.low, one.high) != (other.low, other.high)


def test_more_confidence_is_a_wider_interval():
    ratings = simulated(np.random.default_rng(6), n_items=60, **HOW)
    widths = [
        found.high - found.low
        for found in (fleiss_kappa(ratings, resampling=Resampling(confidence=c)) for c in (0.5, 0.9, 0.99))
    ]
    assert widths == sorted(widths)


def test_an_unusual_annotator_shows_in_the_interval_by_annotator():
    rng = np.random.default_rng(7)
    ratings = simulated(rng, n_items=2000, **{**HOW, "n_annotators": 6})
    label = np.where(ratings.annotator == 0, rng.integers(0, 4, len(ratings)), ratings.label).astype(np.int32)
    odd = Ratings.from_codes(ratings.item, ratings.annotator, label)
    by_item, by_annotator = (krippendorff_alpha(odd, resampling=Resampling(by=by)) for by in ("item", "annotator"))
    assert by_annotator.high - by_annotator.low > 5 * (by_item.high - by_item.low)
    assert by_annotator.method == "jackknife over annotators"


def test_two_annotators_are_too_few_for_an_interval_by_annotator():
    ratings = simulated(np.random.default_rng(8), n_items=50, **{**HOW, "n_annotators": 2})
    for measure in (percent_agreement, cohen_kappa, gwet_ac2):
        found = measure(ratings, resampling=Resampling(by="annotator"))
        assert np.isfinite(found.value)
        assert np.isnan([found.low, found.high]).all()


def test_hundreds_of_annotators_are_left_out_in_groups():
    rng = np.random.default_rng(9)
    ratings = simulated(rng, n_items=1000, **{**HOW, "n_annotators": 300, "seen": 0.01})
    found = krippendorff_alpha(ratings, resampling=Resampling(by="annotator"))
    by_item = krippendorff_alpha(ratings)
    assert 0.5 < (found.high - found.low) / (by_item.high - by_item.low) < 2


def test_unanimous_items_have_the_bound_of_clopper_and_pearson():
    found = percent_agreement(Ratings.from_matrix([[0, 1] * 25] * 2))
    assert found.low == pytest.approx(0.025 ** (1 / 50))


@pytest.mark.parametrize("wrong", [{"by": "label"}, {"confidence": 95}, {"resamples": 0}])
def test_what_cannot_be_meant_is_refused(wrong):
    with pytest.raises(ValueError, match=f"Resampling.{next(iter(wrong))}"):
        Resampling(**wrong)


def test_an_estimate_prints_with_its_interval_and_n():
    found = percent_agreement(Ratings.from_matrix([[0, 1, 1, 0] * 5, [0, 1, 0, 0] * 5]))
    assert str(found) == f"0.750 [{found.low:.3f}, {found.high:.3f}] (95 %, 20 items, 2 annotators, 40 ratings)"


def test_too_little_to_tell_has_no_ends_and_never_a_sure_value():
    """One item of two, without which nothing is left to disagree about."""
    found = krippendorff_alpha(Ratings.from_matrix([[1, 2], [1, 1]]))
    assert (found.value, found.method) == (pytest.approx(0), "none")
    assert np.isnan([found.low, found.high]).all()


def test_a_rare_label_that_nobody_was_seen_to_agree_on_may_still_be_agreed_on():
    seen = np.zeros((3, 100))
    seen[0, 7] = 1
    assert krippendorff_alpha(Ratings.from_matrix(seen)).high > 0.7
    seen[1:, 7] = 1
    seen[0, 20:50] = 1
    assert krippendorff_alpha(Ratings.from_matrix(seen)).high < 0.3
