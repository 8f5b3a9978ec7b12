"""axe-core finds nothing on any page, in light and dark, on a desk and (the main pages) on a phone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.places import PLACES, Place, Sample, sample_server
from tests.e2e.stage import Stage

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


_TREE = [{"value": f"a{at}", "title": f"Area {at}"} for at in range(4)] + [
    {"value": f"t{at}", "title": f"Topic {at}", "parent": f"a{at % 4}"} for at in range(40)
]
ASKED: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "span": ({"fields": ["one"], "options": _TREE[:3], "allow_note": True}, ("ArrowRight", "1", "ArrowRight", "n")),
    "ranking": ({"fields": ["one", "two", "three"]}, ("2", "1", "=")),
    "edit": ({"field": "one"}, ("e", "End", "!")),
    "label": ({"options": _TREE, "leaves_only": True}, ("ArrowDown", "Enter")),
}


@pytest.mark.parametrize("kind", ASKED)
def test_axe_finds_nothing_while_a_question_is_answered(kind: str, stage: Stage, visit: Callable[..., Page]):
    more, keys = ASKED[kind]
    fields = [{"name": name, "type": "text"} for name in ("one", "two", "three")]
    project = stage.project(fields=fields, questions=[{"name": "asked", "type": kind, "title": "Which?"} | more])
    stage.records(project, {"external_id": "r0", "fields": {one["name"]: "Maria wrote from Zürich." for one in fields}})
    annotator = stage.person("annotator", project)
    page = visit(annotator, f"/projects/{project['id']}/annotate", reduced_motion="reduce")
    for key in keys:
        page.keyboard.press(key)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert _look(page, DESK) + _look(page, PHONE) == []


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
