"""Wrong labels are found, their probabilities mean what they say, and a better label is named."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.stats import label_issues
from tests.unit.stats.issues.guessed import average_precision, guessed


@pytest.mark.parametrize("paired", [False, True])
def test_wrong_labels_come_first_and_the_right_one_is_proposed(paired):
    true, labels, said = guessed(3000, 6, 0.1, paired=paired)
    found, wrong = label_issues(labels, said), labels != true
    own = said[np.arange(len(labels)), labels]
    assert average_precision(wrong, found.probability) >= average_precision(wrong, 1 - own)
    assert wrong[found.order[:200]].mean() > 0.9
    assert (found.proposed[wrong] == true[wrong]).mean() > 0.9
    assert found.share.low <= wrong.mean() <= found.share.high


def test_the_way_labels_are_confused_is_found():
    true, labels, said = guessed(6000, 5, 0.2, paired=True)
    noise = label_issues(labels, said).noise
    counted = np.array([np.bincount(labels[true == j], minlength=5) / (true == j).sum() for j in range(5)])
    assert np.abs(noise - counted).max() < 0.04
    assert noise.sum(1) == pytest.approx(np.ones(5))


def test_neighbours_help_where_the_model_is_poor():
    rng = np.random.default_rng(1)
    true, labels, said = guessed(1500, 4, 0.1, timid=0.3)
    said = 0.3 * said + 0.7 * rng.dirichlet(np.ones(4), 1500)
    near = np.eye(4)[true] + 0.2 * rng.normal(size=(1500, 4))
    alone, heard = label_issues(labels, said), label_issues(labels, said, near)
    wrong = labels != true
    assert average_precision(wrong, heard.probability) > average_precision(wrong, alone.probability) + 0.05


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(1, 60))
def test_probabilities_stay_in_bounds_and_the_proposal_is_another_label(seed, classes, n):
    _, labels, said = guessed(n, classes, 0.2, seed=seed)
    found = label_issues(labels, said)
    assert ((found.probability >= 0) & (found.probability <= 1)).all()
    assert (found.proposed != labels).all()
    assert sorted(found.order) == list(range(n))
    assert (np.diff(found.probability[found.order]) <= 0).all()
    assert 0 <= found.share.low <= found.share.value <= found.share.high <= 1


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_order_of_items_and_names_of_classes_do_not_matter(seed):
    rng = np.random.default_rng(seed)
    _, labels, said = guessed(200, 4, 0.15, seed=seed)
    found = label_issues(labels, said)
    items, renamed = rng.permutation(200), rng.permutation(4)
    shuffled = label_issues(labels[items], said[items])
    assert shuffled.probability == pytest.approx(found.probability[items], abs=1e-4)
    columns = np.argsort(renamed)
    other = label_issues(renamed[labels], said[:, columns])
    assert other.probability == pytest.approx(found.probability, abs=1e-4)


def test_labels_keep_their_own_names():
    _, labels, said = guessed(300, 3, 0.1)
    names = ["ham", "spam", "neither"]
    found = label_issues([names[code] for code in labels], said, classes=names)
    coded = label_issues(labels, said)
    assert found.proposed.tolist() == [names[code] for code in coded.proposed]
    assert (found.probability == coded.probability).all()
    assert found.classes.tolist() == names


def test_a_sure_model_that_agrees_accuses_nobody():
    labels = np.arange(400) % 4
    found = label_issues(labels, 0.97 * np.eye(4)[labels] + 0.01 * (1 - np.eye(4)[labels]))
    assert found.probability.max() < 0.05
    assert found.share.high >= 0.02  # nobody proves that all labels are right


def test_a_class_that_was_never_given_may_be_proposed():
    true, labels, said = guessed(900, 3, 0.0)
    labels = np.where(labels == 2, 1, labels)
    found = label_issues(labels, said)
    assert (found.proposed[(true == 2)] == 2).mean() > 0.9
    assert np.isfinite(found.noise).all()


@pytest.mark.parametrize(
    ("labels", "said", "options", "says"),
    [
        ([0, 1], [[0.5, 0.5]], {}, "2 labels, 1 rows"),
        ([0, 2], [[0.5, 0.5]] * 2, {}, "0 to 1"),
        (["a"], [[0.5, 0.5]], {}, "classes="),
        (["c"], [[0.5, 0.5]], {"classes": ["a", "b"]}, "'c'"),
        ([0], [[0.5, 0.5]], {"classes": ["a", "a"]}, "different classes"),
        ([0], [[2.0, 3.0]], {}, "add up to 1"),
        ([0], [[np.nan, 1.0]], {}, "add up to 1"),
        ([0], [[1.0]], {}, "two columns"),
        ([], np.empty((0, 2)), {}, "two columns"),
        ([0], [[0.5, 0.5]], {"embeddings": [[1.0], [2.0]]}, "vector per label"),
    ],
)
def test_what_does_not_fit_is_refused(labels, said, options, says):
    with pytest.raises(ValueError, match=says):
        label_issues(labels, said, **options)


@pytest.mark.slow
@pytest.mark.parametrize("paired", [False, True])
@pytest.mark.parametrize("rate", [0.05, 0.2])
@pytest.mark.parametrize("timid", [0.4, 1.0])
def test_probabilities_are_calibrated(paired, rate, timid):
    true, labels, said = guessed(40_000, 8, rate, paired=paired, timid=timid)
    probability, wrong = label_issues(labels, said).probability, labels != true
    for low, high in [(0.0, 0.1), (0.1, 0.4), (0.4, 0.7), (0.7, 0.95), (0.95, 1.01)]:
        within = (probability >= low) & (probability < high)
        slack = 3 * 0.5 / np.sqrt(max(within.sum(), 1))
        assert abs(probability[within].mean() - wrong[within].mean()) <= 0.06 + slack if within.any() else True


@pytest.mark.slow
def test_the_interval_of_the_share_covers():
    held = []
    for seed in range(120):
        true, labels, said = guessed(2000, 5, 0.1, paired=seed % 2 == 0, seed=seed)
        share = label_issues(labels, said).share
        held.append(share.low <= (labels != true).mean() <= share.high)
    assert np.mean(held) >= 0.93
