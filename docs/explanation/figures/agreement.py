"""Draws agreement.svg from real annotations: python docs/explanation/figures/agreement.py FOLDER_OF_DATA

The folder holds convabuse, md_agreement and popquorn_offens, each with labels.csv (item, worker, label).
"""

import csv
import sys
from pathlib import Path

from whiskers import Axis, picture

from goldsmith.stats import Agreement, Ratings, alpha_by_label, gwet_ac1, krippendorff_alpha, percent_agreement

SETS = {
    "md_agreement": "Offensive tweets, 5 crowd workers each",
    "popquorn_offens": "Offensiveness 1 to 5, crowd workers",
    "convabuse": "Abuse from -3 to 1, experts",
}


def ratings(folder: Path, name: str) -> Ratings:
    """All ratings of one set; of repeated rows the last counts."""
    with (folder / name / "labels.csv").open(newline="") as rows:
        table = [(row["item"], row["worker"], float(row["label"])) for row in csv.DictReader(rows)]
    return Ratings.from_arrays(*(list(column) for column in zip(*table, strict=True)))


def groups(folder: Path) -> dict[str, dict[str, Agreement]]:
    """Headings, and under each what is drawn."""
    drawn = {}
    for name, title in SETS.items():
        of_set = ratings(folder, name)
        drawn[title] = {"percent agreement": percent_agreement(of_set), "AC1": gwet_ac1(of_set)}
        drawn[title]["α nominal"] = krippendorff_alpha(of_set)
        if len(of_set.classes) > 2:
            drawn[title]["α ordinal"] = krippendorff_alpha(of_set, level="ordinal")
    by_label = alpha_by_label(ratings(folder, "convabuse"))
    drawn["The same abuse labels one by one, α"] = {f"{label:g}": found for label, found in by_label.items()}
    return drawn


if __name__ == "__main__":
    found = groups(Path(sys.argv[1]))
    Path(__file__).with_name("agreement.svg").write_text(picture(found, Axis([0, 0.2, 0.4, 0.6, 0.8, 1])))
    for heading, marks in found.items():
        sys.stdout.writelines([f"{heading}\n", *(f"  {name}: {value}\n" for name, value in marks.items())])
