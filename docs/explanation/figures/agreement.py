"""Draws agreement.svg from real annotations: python docs/explanation/figures/agreement.py FOLDER_OF_DATA

The folder holds convabuse, md_agreement and popquorn_offens, each with labels.csv (item, worker, label).
"""

import csv
import sys
from pathlib import Path

from goldsmith.stats import Agreement, Ratings, alpha_by_label, gwet_ac1, krippendorff_alpha, percent_agreement

LEFT, RIGHT, ROW, WIDTH = 300, 40, 22, 760
LOW, HIGH = 0.0, 1.0
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


def at(value: float) -> float:
    """Where a value stands across the page."""
    return LEFT + (value - LOW) / (HIGH - LOW) * (WIDTH - LEFT - RIGHT)


def mark(y: float, name: str, found: Agreement) -> str:
    """One line: name, whisker, dot, value."""
    ends = f'x1="{at(max(found.low, LOW)):.1f}" x2="{at(found.high):.1f}"'
    return (
        f'<text x="{LEFT - 12}" y="{y + 4}" text-anchor="end">{name}</text>'
        f'<line {ends} y1="{y}" y2="{y}" stroke="#b8860b" stroke-width="3" stroke-linecap="round"/>'
        f'<circle cx="{at(found.value):.1f}" cy="{y}" r="4.5" fill="#b8860b"/>'
        f"<title>{name}: {found}</title>"
    )


def picture(drawn: dict[str, dict[str, Agreement]]) -> str:
    """The whole figure."""
    parts, y = [], 10
    for title, marks in drawn.items():
        y += ROW + 8
        parts.append(f'<text x="0" y="{y + 4}" font-weight="600">{title}</text>')
        for name, found in marks.items():
            y += ROW
            parts.append(f"<g>{mark(y, name, found)}</g>")
    bottom = y + ROW
    ticks = [LOW + step * (HIGH - LOW) / 5 for step in range(6)]
    grid = [f'<line x1="{at(t)}" x2="{at(t)}" y1="14" y2="{bottom}" stroke="#8884"/>' for t in ticks]
    scale = [f'<text x="{at(t)}" y="{bottom + 16}" text-anchor="middle">{t:.1f}</text>' for t in ticks]
    size = f'viewBox="0 0 {WIDTH} {bottom + 24}" width="{WIDTH}" height="{bottom + 24}"'
    style = 'font-family="system-ui, sans-serif" font-size="13" fill="#777"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>\n' + "\n".join([*grid, *parts, *scale]) + "\n</svg>\n"
    )


if __name__ == "__main__":
    found = groups(Path(sys.argv[1]))
    Path(__file__).with_name("agreement.svg").write_text(picture(found))
    for heading, marks in found.items():
        sys.stdout.writelines([f"{heading}\n", *(f"  {name}: {value}\n" for name, value in marks.items())])
