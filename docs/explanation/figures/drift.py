"""Draws drift.svg, evidence over time on real streams: python docs/explanation/figures/drift.py FOLDER_OF_DATA

The folder holds drift_topic20, drift_topic10, drift_topic05 and drift_ctl_clinc, each with data.jsonl (text, phase:
ref, pre or post). Needs the sentence encoder of bench/embed.py.
"""

import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[3]))

from bench.embed import embedded
from goldsmith.stats import DriftSeen, Traffic, drift_monitor

STREAMS = {
    "drift_topic20": "20 % new topic",
    "drift_topic10": "10 %",
    "drift_topic05": "5 %",
    "drift_ctl_clinc": "nothing changes",
}
COLOURS = "#b8860b", "#9f5f5f", "#5f7f9f", "#888888"
REFERENCE, SHOWN, STEP = 1000, 4000, 10
LEFT, RIGHT, TOP, BOTTOM, WIDTH, HEIGHT = 80, 130, 20, 250, 760, 290
LOWEST, HIGHEST = -1, 5  # powers of ten


def watched(folder: Path, name: str) -> tuple[DriftSeen, int]:
    """What the monitor saw of a stream, in the file's order, and the item at which it changes."""
    rows = [json.loads(line) for line in (folder / name / "data.jsonl").read_text().splitlines()]
    rows = rows[: REFERENCE + SHOWN]
    texts = [row["text"] for row in rows]
    items = Traffic(embeddings=embedded(texts), descriptors={"length": [len(text) for text in texts]})
    places = np.arange(len(rows))
    _, seen = drift_monitor(items.part(places[:REFERENCE])).watch(items.part(places[REFERENCE:]))
    return seen, sum(row["phase"] == "pre" for row in rows)


def x(item: float) -> float:
    """Where an item stands across."""
    return LEFT + item / SHOWN * (WIDTH - LEFT - RIGHT)


def y(evidence: float) -> float:
    """Where evidence stands, on a logarithmic scale; what lies outside stands at the edge."""
    power = min(max(np.log10(max(evidence, 1e-9)), LOWEST), HIGHEST)
    return BOTTOM - (power - LOWEST) / (HIGHEST - LOWEST) * (BOTTOM - TOP)


def curve(seen: DriftSeen, title: str, place: int) -> str:
    """The evidence until the first alarm: the largest of every ten items, and the alarm."""
    first = next((alarm.at for alarm in seen.alarms), len(seen.evidence) - 1)
    tops = [seen.evidence[start : min(start + STEP, first + 1)].max() for start in range(0, first + 1, STEP)]
    points = " ".join(f"{x(min(k * STEP + STEP / 2, first)):.1f},{y(top):.1f}" for k, top in enumerate(tops))
    line = f'<polyline points="{points}" fill="none" stroke="{COLOURS[place]}" stroke-width="1.5"/>'
    key = f'<text x="{WIDTH - RIGHT + 12}" y="{TOP + 30 + 20 * place}" fill="{COLOURS[place]}">{title}</text>'
    if not seen.alarms:
        return line + key
    dot = f'<circle cx="{x(first):.1f}" cy="{y(tops[-1]):.1f}" r="4.5" fill="{COLOURS[place]}"/>'
    return line + dot + key


def frame(limit: float, change: int) -> str:
    """Axes, the limit and the change."""
    parts = []
    for power in range(LOWEST + 1, HIGHEST + 1, 2):
        at = y(10.0**power)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}" stroke="#8884"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{10**power:,}</text>')
    items = range(0, SHOWN + 1, 1000)
    parts += [f'<text x="{x(item):.1f}" y="{BOTTOM + 18}" text-anchor="middle">{item:,}</text>' for item in items]
    dashed = 'stroke="#777" stroke-dasharray="4 4"'
    parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(limit):.1f}" y2="{y(limit):.1f}" {dashed}/>')
    parts.append(f'<text x="{LEFT + 4}" y="{y(limit) - 6:.1f}">alarm at {limit:,.0f}</text>')
    parts.append(f'<line x1="{x(change):.1f}" x2="{x(change):.1f}" y1="{TOP}" y2="{BOTTOM}" {dashed}/>')
    parts.append(f'<text x="{x(change) - 6:.1f}" y="{TOP + 10}" text-anchor="end">change</text>')
    return "\n".join(parts)


if __name__ == "__main__":
    found = {name: watched(Path(sys.argv[1]), name) for name in STREAMS}
    change = min(at for _, at in found.values())
    limit = next(iter(found.values()))[0].threshold
    curves = [curve(seen, STREAMS[name], place) for place, (name, (seen, _)) in enumerate(found.items())]
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    style = 'font-family="system-ui, sans-serif" font-size="13" fill="#777"'
    drawn = "\n".join([frame(limit, change), *curves])
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>\n{drawn}\n</svg>\n'
    Path(__file__).with_name("drift.svg").write_text(svg)
    for name, (seen, _) in found.items():
        sys.stdout.write(f"{name}: {[(alarm.at - change, alarm.score) for alarm in seen.alarms]}\n")
