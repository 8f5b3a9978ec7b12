"""Draws label_errors.svg: python docs/explanation/figures/label_errors.py FOLDER_OF_DATA

Labels of banking77 and clinc150 with a tenth made wrong: how likely each was called wrong, and how often it was.
Needs what `make bench-stats` installs; the errors are those of bench/noisy_labels.py.
"""

import sys
from pathlib import Path

import numpy as np
from scatter import GOLD, GREY, RED, Frame, drawing, legend

from goldsmith.stats import label_issues

sys.path.insert(0, str(Path(__file__).parents[3]))

from bench.noisy_labels import predictions, read, with_errors

RATE, EDGES = 0.1, np.array([0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0])
KINDS = {"uniform": ("wrong at random", GREY), "confusion": ("near classes", GOLD), "boundary": ("hard items", RED)}


def told(folder: Path, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities of all labels of both sets and three seeds, and whether they are wrong."""
    found = []
    for name in ("banking77", "clinc150"):
        x, true = read(folder / name / "train.csv")
        for seed in range(3):
            labels = with_errors(x, true, kind, RATE, seed)
            found.append((label_issues(labels, predictions(x, labels)).probability, labels != true))
    probability, wrong = zip(*found, strict=True)
    return np.concatenate(probability), np.concatenate(wrong)


def main(folder: Path) -> None:
    """Groups labels of like probability, and draws."""
    frame = Frame((0.0, 1.0), (0.0, 1.0))
    parts = [frame.axes("probability told", "share wrong in truth", lambda value: f"{value:.1f}")]
    parts.append(frame.line([(0, 0), (1, 1)], "#777", "6 4"))
    for kind, (_, colour) in KINDS.items():
        probability, wrong = told(folder, kind)
        group = np.digitize(probability, EDGES[1:-1])
        kept = [group == place for place in range(len(EDGES) - 1) if (group == place).sum() >= 30]
        points = [(float(probability[one].mean()), float(wrong[one].mean())) for one in kept]
        parts += [frame.line(points, colour), *(frame.dot(*point, colour, size=4.5) for point in points)]
        sys.stdout.write(f"{kind}: {', '.join(f'{x:.2f} → {y:.2f}' for x, y in points)}\n")
    parts.append(legend(list(KINDS.values())))
    Path(__file__).with_suffix(".svg").write_text(drawing(parts))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
