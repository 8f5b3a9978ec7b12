"""axe-core finds nothing on any page, in light and dark, on a desk and (the main pages) on a phone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.places import PLACES, Place, Sample, sample_server

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    with sample_server(tmp_path_factory.mktemp("sample")) as sample:
        yield sample


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_axe_finds_nothing_on(place: Place, sample: Sample, browser: Browser):
    context, page = sample.open(browser, place, scheme="light", **DESK)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = _look(page, DESK)
    if place.main:
        found += _look(page, PHONE)
    context.close()
    assert found == []


def _look(page: Page, size: dict[str, int]) -> list[str]:
    """What axe finds at this size, in light and then on the same page in dark; and whether the page is too wide."""
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="light")
    where = f"{size['width']} px"
    found = [f"{where}, light: {one}" for one in _violations(page)]
    page.emulate_media(color_scheme="dark")
    found += [f"{where}, dark: {one}" for one in _violations(page, only_colours=True)]
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found + ([f"{where}: {too_wide} px too wide"] if too_wide > 0 else [])


def _violations(page: Page, *, only_colours: bool = False) -> list[str]:
    rules: dict[str, Any] = {"runOnly": {"type": "rule", "values": ["color-contrast"]}} if only_colours else RULES
    result = page.evaluate("rules => axe.run(document, {...rules, resultTypes: ['violations']})", rules)
    return [
        f"{one['id']} ({one['help']}): {node['html'][:160]}"
        for one in result["violations"]
        for node in one["nodes"][:3]
    ]
