"""Real raters: most differences between their groups are differences between few people."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from goldsmith.stats import parity_gaps

DATA = Path(os.environ.get("GOLDSMITH_DATA", Path(__file__).parents[5] / "shared" / "data"))
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="no real data: set GOLDSMITH_DATA to their folder")


def rows(name):
    """Rows of one file."""
    with (DATA / "popquorn_offens" / name).open(newline="") as file:
        return list(csv.DictReader(file))


def test_gaps_between_groups_of_raters_mostly_vanish_when_raters_are_allowed_for():
    raters, labels = {row["worker"]: row for row in rows("workers.csv")}, rows("labels.csv")
    who, what = [row["worker"] for row in labels], [row["item"] for row in labels]
    hit, found = [float(row["label"]) >= 3 for row in labels], Counter()
    for trait in ("gender", "race", "age", "education"):
        size = Counter(row[trait] for row in raters.values())
        group = [raters[rater][trait] if size[raters[rater][trait]] >= 5 else None for rater in who]
        gaps = parity_gaps(hit, group, raters=who, items=what, units=who, draws=50)
        assert gaps.n_raters.sum() >= 255
        found["allowed for"] += len(gaps.apart)
        found["not"] += len(parity_gaps(hit, group, draws=1).apart)
    assert found == {"allowed for": 1, "not": 13}
