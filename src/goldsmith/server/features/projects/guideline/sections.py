"""A guideline cut at its headings, each section with the anchor by which people cite it.

A heading may carry an anchor of its own, `### Late and broken {#edge-late-and-broken}`, which stays when its words or
its place change. Without one the anchor is made from the words, as before, and lasts as long as they do. An anchor
of its own that begins with `edge-` makes the section an edge case, one with `example-` an example. The browser cuts
the same way (`guidelineSections.ts`); `contracts/guideline-sections.json` holds both to it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["rule", "example", "edge"]

LONGEST_HEADING = 500
"""A longer line is no heading, whatever it begins with."""
_HEADING = re.compile(r"(#{1,4})[ \t]+(.+?)[ \t]*#*[ \t\r]*")
_FENCE = re.compile(r"[ \t]*(```|~~~)")
_OWN = re.compile(r"(.*\S)?[ \t]*\{#([a-z][a-z0-9-]{0,99})\}")
_SIGNS = re.compile(r"[*_`]|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, the anchor that leads to it, and the lines it stands for: from its own up to the next heading."""

    anchor: str
    title: str
    level: int
    kind: Kind
    first_line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class _Heading:
    line: int
    level: int
    title: str
    own: str | None


def sections_of(body: str) -> tuple[Section, ...]:
    """The sections in their order; a text before the first heading is one without a title."""
    lines = body.split("\n")
    headings = list(_headings(lines))
    ends = [*(heading.line for heading in headings), len(lines)][1:]
    return tuple(
        Section(anchor, heading.title, heading.level, _kind(heading.own), heading.line, end)
        for heading, end, anchor in zip(headings, ends, _anchors(headings), strict=True)
    )


def check_anchors(body: str) -> None:
    """Raise `ValueError` where two headings carry the same anchor of their own."""
    seen: dict[str, str] = {}
    for heading in _headings(body.split("\n")):
        if heading.own is None:
            continue
        if heading.own in seen:
            raise ValueError(
                f"'{seen[heading.own]}' and '{heading.title}' carry the same anchor #{heading.own}; give one another"
            )
        seen[heading.own] = heading.title


def slug_of(title: str) -> str:
    """The anchor made from a heading's words: "When two labels fit" is `when-two-labels-fit`."""
    kept = "".join(one for one in title.lower() if unicodedata.category(one)[0] in "LN" or one.isspace() or one in "_-")
    return re.sub(r"\s", "-", kept.strip())


def _headings(lines: Sequence[str]) -> Iterator[_Heading]:
    is_fenced, is_first = False, True
    for at, line in enumerate(lines):
        if _FENCE.match(line):
            is_fenced = not is_fenced
        found = None if is_fenced or len(line) > LONGEST_HEADING else _HEADING.fullmatch(line)
        if found:
            own = _OWN.fullmatch(found[2])
            title = _plain((own[1] or "") if own else found[2])
            yield _Heading(at, len(found[1]), title, own[2] if own else None)
            is_first = False
        elif is_first and line.strip():
            yield _Heading(at, 1, "", None)
            is_first = False


def _anchors(headings: Sequence[_Heading]) -> Iterator[str]:
    """Anchors of their own stand; those made from words give way to them and to those before."""
    taken = {heading.own for heading in headings if heading.own}
    for heading in headings:
        if heading.own:
            yield heading.own
            continue
        wish = slug_of(heading.title) or "start"
        anchor, times = wish, 0
        while anchor in taken:
            times += 1
            anchor = f"{wish}-{times}"
        taken.add(anchor)
        yield anchor


def _kind(own: str | None) -> Kind:
    if own and own.startswith("edge-"):
        return "edge"
    return "example" if own and own.startswith("example-") else "rule"


def _plain(heading: str) -> str:
    """A heading without its Markdown signs."""
    return _SIGNS.sub(lambda found: found[1] or "", heading).strip()
