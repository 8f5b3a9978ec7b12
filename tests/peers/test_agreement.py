"""Agreement beside the libraries people use today."""

import numpy as np
import pytest

from goldsmith.stats import Ratings, cohen_kappa, krippendorff_alpha
from tests.unit.stats.simulated import simulated_matrix

pytestmark = pytest.mark.peers


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
@pytest.mark.parametrize("seed", range(5))
def test_alpha_equals_the_krippendorff_package(level, seed):
    peer = pytest.importorskip("krippendorff")
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(np.ones(3 + 4 * seed)).tolist()
    matrix = simulated_matrix(rng, n_items=300, n_annotators=2 + seed, shares=shares, accuracy=0.5, seen=0.6)
    expected = peer.alpha(matrix, level_of_measurement=level)
    assert krippendorff_alpha(Ratings.from_matrix(matrix), level=level).value == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_equals_the_krippendorff_package_on_many_distinct_values(level):
    peer = pytest.importorskip("krippendorff")
    rng = np.random.default_rng(9)
    matrix = np.round(rng.normal(50, 10, 200) + rng.normal(0, 5, (3, 200)), 1).clip(0.1)
    matrix[rng.random(matrix.shape) < 0.2] = np.nan
    expected = peer.alpha(matrix, level_of_measurement=level)
    assert krippendorff_alpha(Ratings.from_matrix(matrix), level=level).value == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
@pytest.mark.parametrize("seed", range(3))
def test_kappa_equals_scikit_learn(weights, seed):
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(seed)
    matrix = simulated_matrix(rng, n_items=200, n_annotators=2, shares=[0.1, 0.2, 0.3, 0.4], accuracy=0.6)
    one, other = matrix.astype(int)
    expected = metrics.cohen_kappa_score(one, other, weights=weights, labels=[0, 1, 2, 3])
    ratings = Ratings.from_matrix(np.array([one, other]), classes=range(4))
    assert cohen_kappa(ratings, weights=weights).value == pytest.approx(expected, abs=1e-12)
    names = np.array(["never", "seldom", "often", "always"])
    text = Ratings.from_matrix(names[np.array([one, other])])
    assert cohen_kappa(text, weights=weights, order=list(names)).value == pytest.approx(expected, abs=1e-12)
