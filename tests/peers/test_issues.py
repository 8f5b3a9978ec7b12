"""Label errors beside cleanlab, the library that people use for them."""

import numpy as np
import pytest

from goldsmith.stats import label_issues, label_set_issues
from tests.unit.stats.issues.guessed import average_precision, guessed

pytestmark = pytest.mark.peers
rank = pytest.importorskip("cleanlab.rank")
multilabel = pytest.importorskip("cleanlab.multilabel_classification")


@pytest.mark.parametrize("paired", [False, True])
@pytest.mark.parametrize("rate", [0.05, 0.2])
def test_wrong_labels_rank_at_least_as_high_as_by_self_confidence(paired, rate):
    for seed in range(3):  # where errors fall evenly, self-confidence is as good as can be, but for chance
        true, labels, said = guessed(3000, 6, rate, paired=paired, seed=seed)
        ours, theirs = label_issues(labels, said).probability, 1 - rank.get_label_quality_scores(labels, said)
        assert average_precision(labels != true, ours) >= average_precision(labels != true, theirs) - 0.001


def test_wrong_sets_rank_at_least_as_high():
    rng = np.random.default_rng(0)
    true = rng.random((3000, 4)) < [0.1, 0.2, 0.2, 0.3]
    said = 1 / (1 + np.exp(-2.5 * (2 * true - 1) - 1.5 * rng.normal(size=true.shape)))
    labels = true ^ (rng.random(true.shape) < 0.05)
    wrong = (labels != true).any(1)
    theirs = multilabel.get_label_quality_scores([np.flatnonzero(row).tolist() for row in labels], said)
    assert average_precision(wrong, label_set_issues(labels, said).probability) >= average_precision(wrong, 1 - theirs)
