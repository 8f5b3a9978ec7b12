"""Real annotations: big enough to be slow if anything is, and with the figures their makers report."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from goldsmith.stats import Ratings, agreement_by_group, alpha_by_label, kappa_by_pair, krippendorff_alpha

DATA = Path(os.environ.get("GOLDSMITH_DATA", Path(__file__).parents[5] / "shared" / "data"))
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="no real data: set GOLDSMITH_DATA to their folder")


def columns(name: str, file: str = "labels.csv") -> dict[str, list[str]]:
    """The columns of one file."""
    with (DATA / name / file).open(newline="") as rows:
        table = list(csv.DictReader(rows))
    return {key: [row[key] for row in table] for key in table[0]}


def loaded(name: str) -> Ratings:
    """All ratings of one set, labels as numbers; of repeated rows the last counts."""
    table = columns(name)
    return Ratings.from_arrays(table["item"], table["worker"], [float(label) for label in table["label"]])


def test_offensive_tweets_by_domain():
    ratings = loaded("md_agreement")
    whole = krippendorff_alpha(ratings)
    assert (whole.n_items, whole.n_annotators) == (10_753, 819)
    assert whole.high - whole.low < 0.03
    items = columns("md_agreement", "items.csv")
    domain = dict(zip(items["item"], items["domain"], strict=True))
    by_domain = agreement_by_group(ratings, [domain[item] for item in ratings.items.tolist()])
    assert len(by_domain) == 3
    assert min(part.value for part in by_domain.values()) < whole.value < max(p.value for p in by_domain.values())


def test_offensiveness_is_agreed_on_by_degree_more_than_exactly():
    ratings = loaded("popquorn_offens")
    nominal, ordinal = (krippendorff_alpha(ratings, level=level) for level in ("nominal", "ordinal"))
    assert nominal.high < ordinal.low
    assert nominal.n_items == 1500


def test_abuse_severity_by_label_and_pair_with_missing_cells():
    ratings = loaded("convabuse")
    assert set(alpha_by_label(ratings)) == {-3, -2, -1, 0, 1}
    pairs = kappa_by_pair(ratings, weights="quadratic")
    assert all(pair.n_items >= 1 for pair in pairs.values())
    assert np.nanmedian([pair.value for pair in pairs.values()]) > 0.3
