"""Take a picture of every page, wide and narrow, light and dark, and write the gallery that shows them.

Call it as `python -m tests.e2e.screenshots [--to FOLDER] [--only NAME ...]`. Without `--to`, the pictures in
docs/images and the page docs/reference/screens.md are renewed; with it, PNG files go there and docs stays as it is.
"""

import argparse
import base64
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.e2e.browser import chromium
from tests.e2e.places import PLACES, Place, Sample, sample_server

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
GALLERY = ROOT / "docs" / "reference" / "screens.md"
SIZES = {"1440": (1440, 900), "360": (360, 740)}
SCHEMES = ("light", "dark")
QUALITY = 72
MOST_BYTES = 150_000


def main() -> None:
    """Take what was asked for and tell where it lies."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--to", type=Path, help="a folder to put them in instead of the documentation")
    parser.add_argument("--only", nargs="*", help="names of places")
    asked = parser.parse_args()
    folder: Path = asked.to or IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    places = [place for place in PLACES if not asked.only or place.name in asked.only]
    with chromium() as browser, tempfile.TemporaryDirectory() as data, sample_server(Path(data)) as sample:
        for place, size, scheme in product(places, SIZES, SCHEMES):
            name = Path(picture_of(place, size, scheme)).with_suffix(".png" if asked.to else ".webp")
            _take(browser, sample, place, folder / name, size=size, scheme=scheme)
    if asked.to is None:
        GALLERY.write_text(gallery(), encoding="utf-8")
        for left_over in _left_over():
            left_over.unlink()
    print(folder)


def picture_of(place: Place, size: str, scheme: str) -> str:
    """The file name of one picture."""
    return f"{place.name}-{size}-{scheme}.webp"


def gallery() -> str:
    """The page that shows every picture."""
    return "\n".join(
        [
            "# Every screen",
            "",
            "The sample project of `goldsmith demo`, and two that ask what it does not: each page at 1440 and 360 px,",
            "light and dark. `make screenshots` takes the pictures anew and writes this page.",
            *(line for place in PLACES for line in _section(place)),
            "",
        ]
    )


def _section(place: Place) -> Iterator[str]:
    yield from ("", f"## {title_of(place)}", "", "| | light | dark |", "|---|---|---|")
    for size in SIZES:
        cells = (f"![{title_of(place)}, {size} px, {scheme}]({_address(place, size, scheme)})" for scheme in SCHEMES)
        yield f"| {size} px | {' | '.join(cells)} |"


def title_of(place: Place) -> str:
    """`annotate-keys` → `Annotate: keys`."""
    page, _, part = place.name.partition("-")
    return page.capitalize() + (f": {part.replace('-', ' ')}" if part else "")


def _address(place: Place, size: str, scheme: str) -> str:
    return f"../images/{picture_of(place, size, scheme)}"


def _left_over() -> list[Path]:
    """Pictures of places that are no more."""
    wanted = {picture_of(*one) for one in product(PLACES, SIZES, SCHEMES)}
    return [path for path in IMAGES.glob("*.webp") if path.name not in wanted]


def _take(browser: Browser, sample: Sample, place: Place, path: Path, *, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    context, page = sample.open(browser, place, scheme=scheme, width=width, height=height)
    page.evaluate("document.fonts.ready")
    _rest(page)
    path.write_bytes(page.screenshot() if path.suffix == ".png" else _photograph(page))
    context.close()
    if path.suffix == ".webp" and path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path.name} has {path.stat().st_size} bytes; a picture has {MOST_BYTES} at most")


def _photograph(page: Page) -> bytes:
    """What the window shows, as WebP, which takes a third of the bytes of PNG and which Playwright has no word for."""
    camera = page.context.new_cdp_session(page)
    taken = camera.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    return base64.b64decode(taken["data"])


def _rest(page: Page) -> None:
    """Whatever moves has come to rest."""
    page.evaluate(
        "() => Promise.all(document.getAnimations()"
        ".filter(one => one.effect.getTiming().iterations !== Infinity).map(one => one.finished.catch(() => null)))"
    )


if __name__ == "__main__":
    main()
