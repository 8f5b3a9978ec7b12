"""Draws fairness.svg, how groups of raters differ: python docs/explanation/figures/fairness.py FOLDER_OF_DATA

The folder holds popquorn_offens with labels.csv (item, worker, label from 1 to 5) and workers.csv (worker, gender,
race, age, education).
"""

import csv
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from whiskers import Axis, Ends, Interval, picture

from goldsmith.stats import GroupGaps, parity_gaps

TRAITS, FEWEST, OFFENSIVE = ("gender", "race", "age", "education"), 5, 3.0
NAMES = {">65": "over 65", "High school diploma or equivalent": "High school"}


def table(path: Path) -> list[dict[str, str]]:
    """Rows of a file."""
    with path.open(newline="") as rows:
        return list(csv.DictReader(rows))


def gaps(folder: Path, trait: str) -> tuple[GroupGaps, GroupGaps]:
    """How often "offensive" is said by groups of 5 raters or more: raters and items allowed for, and not."""
    raters = {row["worker"]: row[trait] for row in table(folder / "popquorn_offens" / "workers.csv")}
    size = Counter(raters.values())
    rows = table(folder / "popquorn_offens" / "labels.csv")
    group = [raters[row["worker"]] if size[raters[row["worker"]]] >= FEWEST else None for row in rows]
    hit, who = [float(row["label"]) >= OFFENSIVE for row in rows], [row["worker"] for row in rows]
    with_raters = parity_gaps(hit, group, raters=who, items=[row["item"] for row in rows], units=who)
    return with_raters, parity_gaps(hit, group, draws=1)


def lines(found: tuple[GroupGaps, GroupGaps]) -> dict[str, list[Interval]]:
    """A line a group, both intervals."""
    ends = [[Ends(*row) for row in np.stack([one.gap, one.low, one.high], 1).tolist()] for one in found]
    names = [NAMES.get(group, group) for group in found[0].groups.tolist()]
    return {f"{name} ({n})": list(pair) for name, n, *pair in zip(names, found[0].n_raters, *ends, strict=True)}


def said(trait: str, found: GroupGaps) -> str:
    """A heading."""
    chance = f"by chance up to {found.largest_by_chance:.2f}, p = {found.largest_p:.2f}"
    return f"{trait.capitalize()}: largest gap {found.largest:.2f}, {chance}"


if __name__ == "__main__":
    of_trait = {trait: gaps(Path(sys.argv[1]), trait) for trait in TRAITS}
    drawn = {said(trait, found[0]): lines(found) for trait, found in of_trait.items()}
    axis = Axis([-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3])
    Path(__file__).with_name("fairness.svg").write_text(picture(drawn, axis))
    for heading, marks in drawn.items():
        told = (f"  {name}: {', '.join(map(str, several))}\n" for name, several in marks.items())
        sys.stdout.writelines([f"{heading}\n", *told])
    sys.stdout.write(f"apart: { {trait: found[0].apart for trait, found in of_trait.items()} }\n")
    sys.stdout.write(
        f"apart, raters not allowed for: { {trait: found[1].apart for trait, found in of_trait.items()} }\n"
    )
