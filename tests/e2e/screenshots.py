"""Take a picture of every page: to look at them all, or (`--docs`) to renew the few that the documentation shows.

Call it as `python -m tests.e2e.screenshots [--to FOLDER] [--only NAME ...] [--docs]`.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.e2e.browser import chromium
from tests.e2e.places import PLACES, Place, Sample, sample_server

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
SIZES = {"1440": (1440, 900), "360": (360, 740)}
SCHEMES = ("light", "dark")
IN_THE_DOCS = {
    "annotate-1440-light", "annotate-1440-dark", "annotate-360-light", "review-1440-light", "review-1440-dark",
    "overview-1440-light", "import-file-1440-light", "records-1440-light", "records-1440-dark", "quality-1440-light",
    "release-1440-light", "guideline-1440-light", "settings-questions-1440-light", "home-1440-light",
}  # fmt: skip
MOST_BYTES = 300_000


def main() -> None:
    """Take what was asked for and tell where it lies."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "screenshots")
    parser.add_argument("--only", nargs="*", help="names of places")
    parser.add_argument("--docs", action="store_true", help="only those of the documentation, into docs/images")
    asked = parser.parse_args()
    folder: Path = IMAGES if asked.docs else asked.to
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser, tempfile.TemporaryDirectory() as data, sample_server(Path(data)) as sample:
        for name, place, size, scheme in _shots(asked):
            _take(browser, sample, place, folder / f"{name}.png", size=size, scheme=scheme)
    print(folder)


def _shots(asked: argparse.Namespace) -> Iterator[tuple[str, Place, str, str]]:
    for place in PLACES:
        if asked.only and place.name not in asked.only:
            continue
        for size in SIZES:
            for scheme in SCHEMES:
                name = f"{place.name}-{size}-{scheme}"
                if not asked.docs or name in IN_THE_DOCS:
                    yield name, place, size, scheme


def _take(browser: Browser, sample: Sample, place: Place, path: Path, *, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    context, page = sample.open(browser, place, scheme=scheme, width=width, height=height)
    page.evaluate("document.fonts.ready")
    _rest(page)
    page.screenshot(path=path)
    context.close()
    if path.is_relative_to(IMAGES) and path.stat().st_size > MOST_BYTES:
        raise SystemExit(
            f"{path.name} has {path.stat().st_size} bytes; pictures of the documentation have {MOST_BYTES} at most"
        )


def _rest(page: Page) -> None:
    """Whatever moves has come to rest."""
    page.evaluate(
        "() => Promise.all(document.getAnimations()"
        ".filter(one => one.effect.getTiming().iterations !== Infinity).map(one => one.finished.catch(() => null)))"
    )


if __name__ == "__main__":
    main()
