"""Flags that are wrong or missing are found where an item may have several labels."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.stats import label_set_issues
from tests.unit.stats.issues.guessed import average_precision


def flags(n: int, seed: int = 0, rate: float = 0.05):
    """(true sets, given sets, predictions): 4 labels, a fifth set on average; each flag turned over with `rate`."""
    rng = np.random.default_rng(seed)
    true = rng.random((n, 4)) < [0.1, 0.2, 0.2, 0.3]
    score = 2.5 * (2 * true - 1) + 1.5 * rng.normal(size=true.shape)
    return true, true ^ (rng.random(true.shape) < rate), 1 / (1 + np.exp(-score))


def test_wrong_sets_come_first_and_are_put_right():
    true, labels, said = flags(3000)
    found, wrong = label_set_issues(labels, said), (labels != true)
    assert average_precision(wrong.any(1), found.probability) > 0.85
    assert (found.proposed != true).sum() < 0.4 * wrong.sum()
    for share, of_class in zip(found.shares, wrong.mean(0), strict=True):
        assert share.low <= of_class <= share.high


def test_sets_and_a_matrix_say_the_same():
    _, labels, said = flags(300)
    names = ["rude", "spam", "off", "ad"]
    named = [[names[column] for column in np.flatnonzero(row)] for row in labels]
    by_name, by_matrix = label_set_issues(named, said, classes=names), label_set_issues(labels, said)
    assert (by_name.flags == by_matrix.flags).all()
    assert by_name.classes.tolist() == names


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 50))
def test_an_item_is_at_least_as_doubtful_as_each_of_its_flags(seed, n):
    _, labels, said = flags(n, seed)
    found = label_set_issues(labels, said)
    assert (found.probability >= found.flags.max(1) - 1e-9).all()
    assert (found.probability <= found.flags.sum(1) + 1e-9).all()
    assert sorted(found.order) == list(range(n))


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="'x'"):
        label_set_issues([{"x"}], [[0.5]], classes=["a"])
    with pytest.raises(ValueError, match="between 0 and 1"):
        label_set_issues([[True]], [[1.5]])
    with pytest.raises(ValueError, match="needs its probability"):
        label_set_issues(np.ones((2, 1), bool), [[0.5]])


def seen(n: int, seed: int, *, rate: float, one_sided: bool = False, shift: float = 2.5):
    """(true, given, predictions): as good as the model can know; `rate` of the flags, or of those set, turned over."""
    rng, often = np.random.default_rng(seed), np.array([0.1, 0.2, 0.2, 0.3])
    true = rng.random((n, 4)) < often
    looks = shift * (2 * true - 1) + 1.5 * rng.normal(size=true.shape)
    said = 1 / (1 + np.exp(-(2 * shift / 1.5**2 * looks + np.log(often / (1 - often)))))
    turned = rng.random(true.shape) < rate
    return true, true ^ (turned & (true | (not one_sided))), said


DESIGNS = {
    "few wrong": {"n": 2000, "rate": 0.02},
    "many wrong": {"n": 2000, "rate": 0.15},
    "a third left out": {"n": 1500, "rate": 0.3, "one_sided": True},
    "a poor model": {"n": 2000, "rate": 0.1, "shift": 1.2},
}


@pytest.mark.slow
@pytest.mark.parametrize("design", DESIGNS.values(), ids=DESIGNS)
def test_shares_of_wrong_flags_cover_and_probabilities_mean_what_they_say(design):
    held, probability, wrong = [], [], []
    for seed in range(16):
        true, given_sets, said = seen(seed=seed, **design)
        found, off = label_set_issues(given_sets, said), given_sets != true
        held += [share.low <= of_class <= share.high for share, of_class in zip(found.shares, off.mean(0), strict=True)]
        for told, happened in ((found.flags.ravel(), off.ravel()), (found.probability, off.any(1))):
            probability.append(told)
            wrong.append(happened)
    assert np.mean(held) >= 0.94
    told, happened = np.concatenate(probability), np.concatenate(wrong)
    for low, high in [(0.0, 0.1), (0.1, 0.4), (0.4, 0.7), (0.7, 0.95), (0.95, 1.01)]:
        within = (told >= low) & (told < high)
        assert abs(told[within].mean() - happened[within].mean()) <= 0.1


def test_flags_that_are_only_left_out_are_told_from_a_rarer_label():
    """Three in ten that should be set are not: a search that begins with errors both ways ends elsewhere."""
    true, given_sets, said = seen(400, 1000, rate=0.3, one_sided=True)
    found, off = label_set_issues(given_sets, said), given_sets != true
    assert found.flags[off].mean() > 0.6
    assert sum(share.value for share in found.shares) > 0.5 * off.mean(0).sum()
