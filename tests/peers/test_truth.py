"""Truth inference beside crowd-kit."""

import numpy as np
import pytest

from goldsmith.stats import dawid_skene, majority_vote
from tests.unit.stats.crowds import crowd

pytestmark = pytest.mark.peers


@pytest.mark.parametrize("seed", range(3))
def test_dawid_skene_and_the_vote_agree_with_crowd_kit(seed):
    pandas, peer = pytest.importorskip("pandas"), pytest.importorskip("crowdkit.aggregation")
    rng = np.random.default_rng(seed)
    ratings = crowd(rng, n_items=500, n_annotators=20, shares=[0.2, 0.3, 0.5], skill=(0.5, 0.9), per_item=5).ratings
    rows = pandas.DataFrame({"task": ratings.item, "worker": ratings.annotator, "label": ratings.label})
    expected = peer.DawidSkene(n_iter=1000, tol=1e-9).fit_predict_proba(rows)
    found = dawid_skene(ratings, smoothing=1e-9, tolerance=1e-9, most_steps=1000)
    best = expected.loc[found.items, list(found.classes)].to_numpy().argmax(1)
    assert (found.labels == best).mean() > 0.97  # they end at slightly different places
    shares = peer.MajorityVote().fit(rows).probas_.loc[found.items, list(found.classes)].fillna(0).to_numpy()
    assert np.allclose(majority_vote(ratings).posterior, shares)
