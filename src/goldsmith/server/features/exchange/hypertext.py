"""Texts with markup: Label Studio marks what a browser shows of them, Goldsmith the text as it is written.

    Rendered("<p>A &amp; B<br>C</p>").text      # "A & B\\nC"

Positions are counted as Label Studio counts them: over the text of the whole document, a `<br>` as one.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from html import unescape
from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Rendered(HTMLParser):
    """What a browser shows, with the place at which each character is written."""

    def __init__(self, written: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0, *(at + 1 for at, char in enumerate(written) if char == "\n")]
        self._shown: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._nodes: list[tuple[int, str]] = []
        self._open: list[tuple[str, Counter[str]]] = [("", Counter())]
        self._path: list[str] = []
        self._in_text = False
        self.feed(written)
        self.close()
        self.text = "".join(self._shown)

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of what is shown is written."""
        return self._starts[start], self._ends[end - 1]

    def shown(self, start: int, end: int) -> tuple[int, int]:
        """Which stretch of what is shown lies in a written one; an empty one in markup alone."""
        first = bisect_right(self._ends, start)
        return first, max(first, bisect_left(self._starts, end))

    def node(self, at: int) -> tuple[str, int]:
        """The text node of a shown character, as XPath, and the character's place in it."""
        number = bisect_right(self._nodes, at, key=lambda node: node[0]) - 1
        begins, path = self._nodes[number] if number >= 0 else (0, "/text()[1]")
        return path, at - begins

    def handle_data(self, data: str) -> None:
        """Text as it is, unless it is a script's or a style's."""
        if self._open[-1][0] not in ("script", "style"):
            at = self._at()
            for offset, char in enumerate(data):
                self._show(char, at + offset, at + offset + 1)

    def handle_entityref(self, name: str) -> None:
        """`&amp;`"""
        self._refer(f"&{name}")

    def handle_charref(self, name: str) -> None:
        """`&#38;`"""
        self._refer(f"&#{name}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One level down, but for tags that hold nothing."""
        self._in_text = False
        counts = self._open[-1][1]
        counts[tag] += 1
        if tag == "br":
            self._shown.append("\n")
            self._starts.append(self._at())
            self._ends.append(self._at() + len(self.get_starttag_text() or ""))
        if tag not in _VOID:
            self._path.append(f"/{tag}[{counts[tag]}]")
            self._open.append((tag, Counter()))

    def handle_endtag(self, tag: str) -> None:
        """Up again, past what was never closed."""
        self._in_text = False
        if any(tag == name for name, _ in self._open[1:]):
            while self._open.pop()[0] != tag:
                self._path.pop()
            self._path.pop()

    def handle_comment(self, data: str) -> None:
        """Parts two text nodes."""
        self._in_text = False

    def _refer(self, told: str) -> None:
        at = self._at()
        length = len(told) + (self.rawdata[at + len(told) : at + len(told) + 1] == ";")
        for char in unescape(f"{told};"):
            self._show(char, at, at + length)

    def _show(self, char: str, start: int, end: int) -> None:
        if not self._in_text:
            self._in_text = True
            counts = self._open[-1][1]
            counts["text()"] += 1
            self._nodes.append((len(self._shown), "".join(self._path) + f"/text()[{counts['text()']}]"))
        self._shown.append(char)
        self._starts.append(start)
        self._ends.append(end)

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
