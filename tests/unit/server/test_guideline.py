"""Sections of a guideline and their anchors, and edge cases written into it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.server.features.projects.guideline import EdgeCase, check_anchors, sections_of, with_edge_case

AGREED = json.loads((Path(__file__).parents[3] / "contracts" / "guideline-sections.json").read_text())
CASE = EdgeCase("Late and broken", "It came late.\n# Broken, too", "Complaint", "The defect\ncomes first.")
LINES = st.lists(st.sampled_from(["# A", "## Edge cases", "### B {#edge-b}", "text", "", "```", "## C", "### B"]))


def anchors(body):
    return [section.anchor for section in sections_of(body)]


def test_a_guideline_is_cut_as_the_browser_cuts_it():
    found = sections_of(AGREED["body"])
    assert [[one.anchor, one.title, one.level, one.kind, one.first_line] for one in found] == AGREED["sections"]


def test_an_anchor_of_its_own_stays_when_words_and_order_change():
    before = "## Edge cases\n\n### One {#edge-one}\n\n### Two {#edge-two}\n"
    after = "## Edge cases\n\n### The second {#edge-two}\n\n### Something else {#edge-one}\n"
    assert set(anchors(before)) == set(anchors(after))


def test_two_headings_with_one_anchor_are_refused():
    with pytest.raises(ValueError, match="'One' and 'Two' carry the same anchor #edge-x"):
        check_anchors("# One {#edge-x}\n\n# Two {#edge-x}")


def test_an_edge_case_comes_last_among_the_edge_cases():
    body, anchor = with_edge_case("# G\n\n## Edge cases\n\n### Old\n\nText.\n\n## When unsure\n\nAsk.\n", CASE)
    assert anchor == "edge-late-and-broken"
    assert body == (
        "# G\n\n## Edge cases\n\n### Old\n\nText.\n\n### Late and broken {#edge-late-and-broken}\n\n"
        "> It came late.\n> # Broken, too\n\n**Answer:** Complaint\n\n**Why:** The defect comes first.\n\n"
        "## When unsure\n\nAsk.\n"
    )


def test_a_guideline_without_edge_cases_gets_a_place_for_them():
    body, _ = with_edge_case("# G\n\nText.", EdgeCase("!", "", "", ""))
    assert body == "# G\n\nText.\n\n## Edge cases\n\n### ! {#edge-case}\n"
    again, anchor = with_edge_case(body, EdgeCase("?", "", "", ""), taken={"edge-case-2"})
    assert anchor == "edge-case-3"
    assert again.startswith(body.rstrip("\n"))


@given(LINES.filter(lambda lines: lines.count("```") % 2 == 0 and lines.count("### B {#edge-b}") < 2))
def test_adding_a_case_keeps_every_anchor_and_adds_one(lines):
    before = "\n".join(lines)
    after, anchor = with_edge_case(before, CASE)
    new = anchors(after)
    assert new.count(anchor) == 1
    assert anchor not in anchors(before)
    assert set(anchors(before)) <= set(new)
    assert len(new) == len(set(new))
