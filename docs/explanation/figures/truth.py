"""Draws truth.svg, how experts read a scale: python docs/explanation/figures/truth.py FOLDER_OF_DATA

The folder holds convabuse with labels.csv (item, worker, label from −3 to 1).
"""

import csv
import sys
from pathlib import Path

from whiskers import Axis, Ends, picture

from goldsmith.stats import Ratings, Trait, ordinal_consensus


def ratings(folder: Path) -> Ratings:
    """All ratings; of repeated rows the last counts."""
    with (folder / "convabuse" / "labels.csv").open(newline="") as rows:
        table = [(row["item"], row["worker"], float(row["label"])) for row in csv.DictReader(rows)]
    return Ratings.from_arrays(*(list(column) for column in zip(*table, strict=True)))


def lines(names: list[str], trait: Trait) -> dict[str, Ends]:
    """One interval for each expert."""
    return {name: Ends(*ends) for name, *ends in zip(names, trait.value, trait.low, trait.high, strict=True)}


if __name__ == "__main__":
    found = ordinal_consensus(ratings(Path(sys.argv[1])))
    names = [f"expert {place + 1}" for place in range(len(found.truth.annotators))]
    drawn = {
        "Bias, in classes: sees less abuse than the others to the right": lines(names, found.bias),
        "Noise, in classes": lines(names, found.noise),
    }
    Path(__file__).with_name("truth.svg").write_text(picture(drawn, Axis([-1.5, -1, -0.5, 0, 0.5, 1, 1.5])))
    for heading, marks in drawn.items():
        sys.stdout.writelines([f"{heading}\n", *(f"  {name}: {value}\n" for name, value in marks.items())])
