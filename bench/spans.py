"""Marking passages in a long document: from the key to the screen, in a real Chromium on a live server.

    python bench/spans.py [--kb 100] [--spans 500] [--presses 100] [--lines 1] [--json]

The document has `--kb` thousand characters with `--spans` passages marked, a third of them overlapping others. Three
keys are timed: the arrow that takes the next word, Shift with the arrow that takes one more, and the key of a label,
which marks what is selected (a new passage each time). Time runs from the moment the browser took the key to the first
moment after the frame that shows what it did. `--lines 0` makes the document one single line, the hardest case.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import chromium
from tests.e2e.stage import COOKIE, Stage
from tests.support.live import LiveServer

KEY = "gsk_bench"
BAR_MS = 50
WARM_UP = 10
REST_MS = 60
_TIME = """
() => {
  window.waits = [];
  document.addEventListener("keydown", event => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => window.waits.push(performance.now() - event.timeStamp);
    after.port2.postMessage(null);
  }), true);
}
"""


def main() -> None:
    """Measure and print the figures beside the bar."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--kb", type=int, default=100)
    parser.add_argument("--spans", type=int, default=500)
    parser.add_argument("--presses", type=int, default=100)
    parser.add_argument("--lines", type=int, default=1, choices=(0, 1))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        found = measure(browser, Path(folder), asked)
    print(json.dumps(found, indent=1) if asked.json else table(found, asked))


def measure(browser: Browser, folder: Path, asked: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Milliseconds by key, on one document with its passages kept as a draft."""
    data = folder / "data"
    data.mkdir()
    server = LiveServer(data, key=KEY).start()
    try:
        page = _document(browser, Stage(server), asked)
        return {name: _spread(_timed(page, keys, asked.presses)) for name, keys in KEYS.items()}
    finally:
        server.stop()


KEYS = {
    "next word": ("ArrowRight",),
    "one word more": ("Shift+ArrowRight",),
    "mark it": ("ArrowRight", "1"),
}


def _timed(page: Page, keys: tuple[str, ...], presses: int) -> list[float]:
    """The waits for the last of `keys`, each pressed after the one before was shown."""
    waits: list[float] = []
    for _ in range(WARM_UP + presses):
        for key in keys:
            shown = page.evaluate("window.waits.length")
            page.keyboard.press(key)
            page.wait_for_function("n => window.waits.length > n", arg=shown)
            page.wait_for_timeout(REST_MS)
        waits.append(page.evaluate("window.waits.at(-1)"))
    return waits[WARM_UP:]


def _document(browser: Browser, stage: Stage, asked: argparse.Namespace) -> Page:
    draw = Random(7)
    words = [
        draw.choice(("Maria", "wrote", "from", "the", "harbour", "of", "Zürich", "again"))
        for _ in range(asked.kb * 200)
    ]
    breaks = "\n\n" if asked.lines else " "
    text = breaks.join(" ".join(words[at : at + 90]) for at in range(0, len(words), 90))[: asked.kb * 1000]
    options = [{"value": name} for name in ("person", "place", "organisation")]
    project = stage.project(
        fields=[{"name": "text", "type": "text"}],
        questions=[
            {"name": "names", "type": "span", "title": "What is named?", "fields": ["text"], "options": options}
        ],
    )
    stage.records(project, {"external_id": "long", "fields": {"text": text}})
    annotator = stage.person("annotator", project)
    (item,) = annotator.ok("POST", f"/projects/{project['id']}/queue/next", {"count": 1})["items"]
    path = f"/projects/{project['id']}/tasks/{item['task_id']}"
    annotator.ok("PUT", f"{path}/draft", {"answers": {"names": _spans(draw, text, asked.spans)}, "active_ms": 1})
    page = browser.new_context(base_url=stage.url, viewport={"width": 1440, "height": 900}).new_page()
    page.context.add_cookies([{"name": COOKIE, "value": annotator.session, "url": stage.url}])
    page.goto(f"/projects/{project['id']}/annotate")
    expect(page.get_by_text(f"{asked.spans} passages marked")).to_be_visible(timeout=20_000)
    page.evaluate(_TIME)
    return page


def _spans(draw: Random, text: str, n: int) -> list[dict[str, Any]]:
    """Evenly over the document; every third one overlaps the next."""
    step = len(text) // n
    lengths = [step + 20 if at % 3 == 0 else draw.randint(4, min(40, step)) for at in range(n)]
    labels = ("person", "place", "organisation")
    return [
        {"field": "text", "start": at * step, "end": min(len(text), at * step + length), "label": labels[at % 3]}
        for at, length in enumerate(lengths)
    ]


def _spread(waits: list[float]) -> dict[str, float]:
    return {"p50_ms": median(waits), "p95_ms": quantiles(waits, n=20)[-1], "max_ms": max(waits), "n": len(waits)}


def table(found: dict[str, dict[str, float]], asked: argparse.Namespace) -> str:
    """The figures as a Markdown table, and under what load they were taken."""
    rows = [
        f"| {name} | {one['p50_ms']:.0f} ms | {one['p95_ms']:.0f} ms | {one['max_ms']:.0f} ms | ≤ {BAR_MS} ms |"
        for name, one in found.items()
    ]
    head = ["| key to screen | p50 | p95 | max | bar (p95) |", "|---|---|---|---|---|"]
    layout = "in paragraphs" if asked.lines else "in one line"
    under = (
        f"\n{asked.kb} kB {layout}, {asked.spans} passages and one more with each mark; {asked.presses} presses "
        f"of each key; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors."
    )
    return "\n".join([*head, *rows]) + "\n" + under


if __name__ == "__main__":
    os.environ.setdefault("GOLDSMITH_LOG_LEVEL", "warning")
    main()
