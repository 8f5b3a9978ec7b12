"""Draws people.svg, accuracy on known answers beside what the crowd alone tells: python …/people.py FOLDER_OF_DATA

The folder holds zencrowd_us with labels.csv (item, worker, label) and gold.csv (item, gold).
"""

import csv
import sys
from pathlib import Path

import numpy as np
from whiskers import Axis, Ends, picture

from goldsmith.stats import Ratings, consensus, gold_check_accuracy

SHOWN = 12


def columns(path: Path) -> list[list[str]]:
    """Of a file with a header."""
    with path.open(newline="") as rows:
        return [list(column) for column in zip(*list(csv.reader(rows))[1:], strict=True)]


if __name__ == "__main__":
    folder = Path(sys.argv[1]) / "zencrowd_us"
    ratings = Ratings.from_arrays(*columns(folder / "labels.csv"))
    checked = gold_check_accuracy(ratings, dict(zip(*columns(folder / "gold.csv"), strict=True)))
    quality = consensus(ratings).quality
    told = np.stack([quality.value, quality.low, quality.high], 1)
    busiest = np.argsort(-quality.n_ratings, kind="stable")[:SHOWN]
    names = ratings.annotators.tolist()
    lines = {
        f"person {place + 1}, {quality.n_ratings[who]} answers": [checked[names[who]], Ends(*told[who].tolist())]
        for place, who in enumerate(busiest.tolist())
    }
    heading = "Share of right answers, with 95 % intervals"
    drawn = picture({heading: lines}, Axis([0, 0.2, 0.4, 0.6, 0.8, 1]), ["on known answers", "told by the crowd alone"])
    Path(__file__).with_name("people.svg").write_text(drawn)
    gap = [abs(checked[names[who]].value - told[who, 0]) for who in busiest]
    sys.stdout.write(f"mean distance of the two: {np.mean(gap):.3f}, largest {max(gap):.3f}\n")
