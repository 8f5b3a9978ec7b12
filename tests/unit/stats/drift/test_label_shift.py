"""Shares of labels from a model's answers: worked by hand, recovered from simulations, covered by their intervals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.stats import label_shift

CONFUSION = np.array([[0.8, 0.1, 0.15], [0.15, 0.7, 0.25], [0.05, 0.2, 0.6]])  # p(answer | label) by column


def drawn(rng, shares, n):
    """Labels and answers."""
    label = rng.choice(3, n, p=shares)
    answer = (rng.random(n)[:, None] > CONFUSION.cumsum(0).T[label]).sum(1)
    return label, answer


def test_by_hand():
    """Ten of each label; the model is right in 9 of 10 spams and 8 of 10 hams. 62 of 100 are called spam: q = .6."""
    truth = ["spam"] * 10 + ["ham"] * 10
    answers = ["spam"] * 9 + ["ham"] + ["spam"] * 2 + ["ham"] * 8
    found = label_shift(truth, answers, ["spam"] * 62 + ["ham"] * 38)
    assert found.classes.tolist() == ["ham", "spam"]
    assert np.allclose(found.value, [0.4, 0.6])
    assert np.allclose(found.before, 0.5)
    assert (found.n_reference, found.n_new) == (20, 100)
    assert (found.low < found.value).all()
    assert (found.value < found.high).all()


def test_a_share_that_has_moved_is_recovered():
    rng = np.random.default_rng(0)
    label, answer = drawn(rng, [0.5, 0.3, 0.2], 5000)
    found = label_shift(label, answer, drawn(rng, [0.1, 0.3, 0.6], 20_000)[1])
    assert np.allclose(found.value, [0.1, 0.3, 0.6], atol=0.04)
    assert np.allclose(found.before, [0.5, 0.3, 0.2], atol=0.02)


@pytest.mark.slow
@pytest.mark.parametrize("shares", [[0.1, 0.3, 0.6], [0.34, 0.33, 0.33], [0.02, 0.9, 0.08]])
@pytest.mark.parametrize(("n", "m"), [(200, 1000), (2000, 300)])
def test_intervals_cover(shares, n, m):
    rng, held = np.random.default_rng(1), []
    for _ in range(1500):
        label, answer = drawn(rng, [0.5, 0.3, 0.2], n)
        found = label_shift(label, answer, drawn(rng, shares, m)[1])
        held.append((found.low <= shares) & (shares <= found.high))
    assert (np.mean(held, 0) > 0.935).all()
    assert (np.mean(held, 0) < 0.995).all()


@given(st.lists(st.integers(0, 2), min_size=1, max_size=30), st.permutations(range(3)), st.integers(0, 99))
@settings(max_examples=50, deadline=None)
def test_order_and_names_do_not_matter(new, names, seed):
    rng = np.random.default_rng(seed)
    label, answer = drawn(rng, [0.4, 0.3, 0.3], 300)
    named = np.array(names)
    one, order = label_shift(label, answer, new), rng.permutation(300)
    other = label_shift(named[label[order]], named[answer[order]], named[new][::-1])
    for name in ("value", "low", "high", "before"):
        assert np.allclose(getattr(one, name), getattr(other, name)[named])
    assert one.value.sum() == pytest.approx(1)
    assert (one.low >= 0).all()
    assert (one.low <= one.value).all()
    assert (one.value <= one.high).all()
    assert (one.high <= 1).all()


def test_labels_that_look_alike_are_named():
    truth, answers = ["a"] * 20 + ["b"] * 20 + ["c"] * 20, ["x"] * 40 + ["c"] * 20
    with pytest.raises(ValueError, match=r"No reference item is labelled \['x'\]"):
        label_shift(truth, answers, ["x"])
    with pytest.raises(ValueError, match=r"do not tell \['a', 'b'\] apart"):
        label_shift(truth, ["a"] * 40 + ["c"] * 20, ["a", "c"])


def test_one_label_is_all_there_is():
    found = label_shift(["a"], ["a"], ["a", "a"])
    assert (found.value, found.low, found.high) == (1, 1, 1)


@pytest.mark.parametrize(("truth", "answers", "new"), [([], [], ["a"]), (["a"], ["a"], []), (["a"], ["a", "b"], ["a"])])
def test_too_little_is_refused(truth, answers, new):
    with pytest.raises(ValueError, match="Expected an answer for each label"):
        label_shift(truth, answers, new)
