"""Draws planning.svg, forecasts beside what came: python docs/explanation/figures/planning.py FOLDER_OF_DATA

The folder holds dog, sp and sp_amt with labels.csv (item, worker, label) and gold.csv (item, gold).
"""

import csv
import sys
from pathlib import Path

import numpy as np
from whiskers import Axis, Ends, Interval, picture

from goldsmith.stats import Prices, Ratings, map_dawid_skene, plan_budget

SETS = {"dog": "Breeds of dogs", "sp": "Polarity of sentences", "sp_amt": "Sentiment of tweets"}
PILOT, KNOWN, PEOPLE = 150, 100, (1, 3, 5)


def read(folder: Path, name: str) -> tuple[Ratings, dict[str, str]]:
    """Ratings and true labels."""
    with (folder / name / "labels.csv").open(newline="") as rows:
        ratings = Ratings.from_arrays(*(list(column) for column in zip(*list(csv.reader(rows))[1:], strict=True)))
    with (folder / name / "gold.csv").open(newline="") as rows:
        return ratings, dict(list(csv.reader(rows))[1:])  # pyright: ignore[reportArgumentType]


def forecasts(folder: Path, name: str) -> dict[str, list[Interval]]:
    """For so many people: the forecast with known answers, the one without, and what came on the other records."""
    ratings, gold = read(folder, name)
    rng = np.random.default_rng(0)
    order = rng.permutation(len(ratings.items))
    rank = np.empty(len(order), np.intp)
    rank[order] = np.arange(len(order))
    piloted = rank < PILOT
    pilot = ratings.keep(piloted[ratings.item])
    known = {item: gold[item] for item in ratings.items[order[:KNOWN]].tolist() if item in gold}
    how = {"n_records": int((~piloted).sum()), "accuracy": 0.9, "most_people": max(PEOPLE)}
    plans = [plan_budget(pilot, Prices(1), known=answers, **how) for answers in (known, None)]
    lines: dict[str, list[Interval]] = {}
    for people in PEOPLE:
        options = [o for plan in plans for o in plan.options if (o.policy.kind, o.policy.people) == ("fixed", people)]
        came = accuracy(ratings, piloted, gold, people, rng)
        lines[f"{people} {'person' if people == 1 else 'people'}"] = [*(o.accuracy for o in options), came]
    return lines


def accuracy(
    ratings: Ratings, piloted: np.ndarray, gold: dict[str, str], people: int, rng: np.random.Generator
) -> Ends:
    """Of labels by MAP Dawid–Skene from so many ratings of each record, drawn at random; the pilot has all."""
    place = np.lexsort((rng.random(len(ratings)), ratings.item))
    first = np.flatnonzero(np.diff(ratings.item[place], prepend=-1))
    turn = np.empty(len(place), np.intp)
    turn[place] = np.arange(len(place)) - np.repeat(first, np.diff(np.append(first, len(place))))
    found = map_dawid_skene(ratings.keep(piloted[ratings.item] | (turn < people)))
    names, labels = found.items.tolist(), found.labels.tolist()
    right = float(np.mean([labels[i] == gold[names[i]] for i in np.flatnonzero(~piloted) if names[i] in gold]))
    return Ends(right, right, right)


if __name__ == "__main__":
    drawn = {title: forecasts(Path(sys.argv[1]), name) for name, title in SETS.items()}
    axis = Axis([0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
    Path(__file__).with_name("planning.svg").write_text(picture(drawn, axis, ["known answers", "without", "what came"]))
    for heading, marks in drawn.items():
        lines = (f"  {name}: {', '.join(map(str, several))}\n" for name, several in marks.items())
        sys.stdout.writelines([f"{heading}\n", *lines])
