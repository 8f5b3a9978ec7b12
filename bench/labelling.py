"""A hundred records under a schema of 77 intents, labelled by keyboard alone: how many keys, how long till the next.

    python bench/labelling.py [--records 100] [--data FOLDER] [--json]

A real Chromium on a live server (SQLite); nobody touches a mouse. Whoever labels knows the intent and types letters of
its title until the list shows it first; Enter chooses it and Enter submits. The letters and the Enter that takes the
intent are the choice itself; every other key is counted beyond it. Time runs from the submitting key to the next record
painted (see `browser.py`). `--data` is a folder with banking77, of which texts and intents are then taken; without it
both are made up, as many and as long.
"""

import argparse
import csv
import json
import os
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Page, expect

from bench.browser import OBSERVE
from tests.e2e.browser import chromium
from tests.e2e.stage import COOKIE, Stage
from tests.e2e.waiting import until
from tests.support.live import LiveServer

KEY = "gsk_bench"
WARM_UP = 5
THINK_MS = 150
BARS = {"beyond_choice_median": 2, "key_p95_ms": 50}
INTENTS = 77
_AREAS = ("card", "account", "transfer", "payment", "top up", "exchange", "identity")
_MATTERS = (
    "not arrived", "declined", "fee charged", "limit reached", "lost or stolen", "pending too long", "change details",
    "not recognised", "wrong amount", "cancel it", "how it works",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, and the intent that whoever labels has in mind."""

    text: str
    intent: str


@dataclass(slots=True)
class Keys:
    """What one record took."""

    choice: int = 0
    beyond: int = 0


def main() -> None:
    """Label them all and print what it took beside the bars."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--records", type=int, default=100)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    rows = read_data(asked.data) if asked.data else made_up()
    intents = sorted({row.intent for row in rows})
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        server = LiveServer(Path(folder) / "data", key=KEY).start()
        try:
            keys, turns = label_all(browser.new_page, Stage(server), intents, rows[: asked.records + WARM_UP + 1])
        finally:
            server.stop()
    found = figures(keys[WARM_UP:], turns[WARM_UP:])
    print(json.dumps(found, indent=1) if asked.json else table(found))


def read_data(folder: Path) -> list[Labelled]:
    """The test part of banking77, in an order that is drawn once and for all."""
    with (folder / "banking77" / "test.csv").open(encoding="utf-8", newline="") as file:
        rows = [Labelled(row["text"], row["label"]) for row in csv.DictReader(file)]
    random.Random(77).shuffle(rows)
    return rows


def made_up() -> list[Labelled]:
    """Short messages about as many made-up intents."""
    intents = [f"{area} {matter}".replace(" ", "_") for area in _AREAS for matter in _MATTERS]
    assert len(intents) == INTENTS
    drawn = random.Random(77)
    words = [drawn.choice(intents) for _ in range(1000)]
    return [Labelled(f"Message {at}: please help me, {word.replace('_', ' ')}.", word) for at, word in enumerate(words)]


def label_all(new_page: Any, stage: Stage, intents: list[str], rows: list[Labelled]) -> tuple[list[Keys], list[float]]:
    """Label every row but the last; returns the keys of each and the milliseconds of each submit."""
    options = [{"value": intent, "title": title_of(intent)} for intent in intents]
    question = {"name": "intent", "type": "label", "title": "What is it about?", "options": options}
    project = stage.project(fields=[{"name": "text", "type": "text"}], questions=[question])
    stage.records(project, *({"external_id": f"r{at}", "fields": {"text": row.text}} for at, row in enumerate(rows)))
    annotator = stage.person("annotator", project)
    page: Page = new_page(base_url=stage.url, viewport={"width": 1440, "height": 900})
    page.context.add_cookies([{"name": COOKIE, "value": annotator.session, "url": stage.url}])
    page.goto(f"/projects/{project['id']}/annotate")
    expect(page.get_by_role("article", name="Record")).to_contain_text(rows[0].text)
    page.evaluate(OBSERVE)
    keys = [label_one(page, row, done) for done, row in enumerate(rows[:-1], start=1)]
    answers = until(page, lambda: stage.annotations(project), lambda found: len(found) == len(keys))
    given = {one["external_id"]: one["answers"]["intent"] for one in answers}
    assert given == {f"r{at}": row.intent for at, row in enumerate(rows[:-1])}, "what was meant is not what was kept"
    return keys, page.evaluate("window.turns")


def label_one(page: Page, row: Labelled, done: int) -> Keys:
    """Type until the list shows the intent first, take it, submit, and wait for the next record."""
    keys, title = Keys(), title_of(row.intent)
    page.wait_for_timeout(THINK_MS)
    if not page.evaluate("document.activeElement?.getAttribute('role') === 'combobox'"):
        keys.beyond += _press(page, "/")
    for letter in title:
        if _first(page) == title:
            break
        keys.choice += _press(page, letter)
    assert _first(page) == title, f"'{title}' is not the first of the list after typing all of it"
    keys.choice += _press(page, "Enter")
    page.wait_for_timeout(THINK_MS)
    keys.beyond += _press(page, "Enter")
    page.wait_for_function("n => window.turns.length >= n", arg=done)
    return keys


def title_of(intent: str) -> str:
    """How the intent is written on the screen."""
    return intent.replace("_", " ").capitalize()


def _press(page: Page, key: str) -> int:
    page.keyboard.press(key)
    return 1


def _first(page: Page) -> str | None:
    """The option that Enter would take: the list's first once something is typed."""
    return page.evaluate("document.activeElement.value ? document.querySelector('[role=option]')?.textContent : null")


def figures(keys: list[Keys], turns: list[float]) -> dict[str, Any]:
    """Medians, and what the slowest twentieth had to wait."""
    return {
        "records": len(keys),
        "beyond_choice_median": median(one.beyond for one in keys),
        "beyond_choice_max": max(one.beyond for one in keys),
        "choice_median": median(one.choice for one in keys), "choice_mean": mean(one.choice for one in keys),
        "key_p50_ms": median(turns), "key_p95_ms": quantiles(turns, n=20)[-1], "key_max_ms": max(turns),
        "load_average": os.getloadavg()[0],
    }  # fmt: skip


def table(found: dict[str, Any]) -> str:
    """The figures as a Markdown table, and under what load they were taken."""
    rows = [
        ("keys beyond the choice itself, median (most)",
         f"{found['beyond_choice_median']:g} ({found['beyond_choice_max']})", "≤ 2"),
        ("keys of the choice: letters and Enter, median", f"{found['choice_median']:g}", ""),
        ("submit key to next record painted, p95", f"{found['key_p95_ms']:.0f} ms", "≤ 50 ms"),
        ("… p50, max", f"{found['key_p50_ms']:.0f} ms, {found['key_max_ms']:.0f} ms", ""),
    ]  # fmt: skip
    lines = ["| what | measured | bar |", "|---|---|---|", *(f"| {a} | {b} | {c} |" for a, b, c in rows)]
    under = f"\n{found['records']} records, {INTENTS} intents, no mouse; load average {found['load_average']:.1f}."
    return "\n".join(lines) + "\n" + under


if __name__ == "__main__":
    os.environ.setdefault("GOLDSMITH_LOG_LEVEL", "warning")
    main()
