"""An edge case written into a guideline: a heading with an anchor that stays, the case, the right answer, and why."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from goldsmith.server.features.projects.guideline.sections import Section, sections_of

HOME = "Edge cases"
ANCHOR_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class EdgeCase:
    """What an edge case says; everything but the title may be empty."""

    title: str
    excerpt: str
    answer: str
    why: str


def with_edge_case(body: str, case: EdgeCase, taken: Collection[str] = ()) -> tuple[str, str]:
    """The guideline with the case at the end of its edge cases, and the case's anchor; none of `taken`."""
    sections = sections_of(body)
    anchor = _free_anchor(case.title, {section.anchor for section in sections} | set(taken))
    lines = body.rstrip("\n").split("\n")
    home = next((at for at, section in enumerate(sections) if section.title.lower() == HOME.lower()), None)
    if home is None:
        lines += ["", f"## {HOME}"]
        level, end = 3, len(lines)
    else:
        level = min(sections[home].level + 1, 4)
        end = min(_end_of(sections, home), len(lines))
    before = "\n".join(lines[:end]).rstrip("\n")
    after = "\n".join(lines[end:]).strip("\n")
    parts = (before, written(case, anchor, level), after)
    return "\n\n".join(part for part in parts if part) + "\n", anchor


def written(case: EdgeCase, anchor: str, level: int) -> str:
    """The case as Markdown that reads well in any other program, too."""
    quoted = "\n".join(f"> {line}".rstrip() for line in case.excerpt.strip().splitlines())
    parts = [
        f"{'#' * level} {_line(case.title)} {{#{anchor}}}",
        quoted,
        f"**Answer:** {_line(case.answer)}" if case.answer.strip() else "",
        f"**Why:** {_line(case.why)}" if case.why.strip() else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _free_anchor(title: str, taken: Collection[str]) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:ANCHOR_CHARACTERS].strip("-")
    wish = f"edge-{words or 'case'}"
    anchor, times = wish, 1
    while anchor in taken:
        times += 1
        anchor = f"{wish}-{times}"
    return anchor


def _end_of(sections: tuple[Section, ...], home: int) -> int:
    """The line behind the last section that lies within this one."""
    following = (section for section in sections[home + 1 :] if section.level <= sections[home].level)
    beyond = next(following, None)
    return beyond.first_line if beyond else sections[-1].end_line


def _line(text: str) -> str:
    return " ".join(text.split())
