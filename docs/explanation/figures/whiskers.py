"""Draws values with their intervals, line under line, as SVG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

LEFT, RIGHT, ROW, WIDTH = 300, 40, 22, 760
COLOURS = "#b8860b", "#5f7f9f", "#9f5f5f"


class Interval(Protocol):
    """An estimate with the ends of its interval."""

    @property
    def value(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


@dataclass(frozen=True)
class Ends:
    """Three numbers as an interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True)
class Axis:
    """The scale across the page, with a grid line at each tick."""

    ticks: Sequence[float]
    form: str = ".1f"

    def at(self, value: float) -> float:
        """Where a value stands; what lies outside stands at the end."""
        low, high = self.ticks[0], self.ticks[-1]
        share = (min(max(value, low), high) - low) / (high - low)
        return LEFT + share * (WIDTH - LEFT - RIGHT)


def picture(
    drawn: Mapping[str, Mapping[str, Interval | Sequence[Interval]]], axis: Axis, legend: Sequence[str] = ()
) -> str:
    """The whole figure: headings, and under each a line a name with one interval or several, each in its colour.

    legend : what the colours stand for.
    """
    parts, y = [_key(legend)] if legend else [], 22 if legend else 10
    for title, marks in drawn.items():
        y += ROW + 8
        parts.append(f'<text x="0" y="{y + 4}" font-weight="600">{title}</text>')
        for name, found in marks.items():
            y += ROW
            several = found if isinstance(found, Sequence) else [found]
            parts.append(f"<g>{_line(y, name, several, axis)}</g>")
    bottom = y + ROW
    grid = [f'<line x1="{axis.at(t)}" x2="{axis.at(t)}" y1="14" y2="{bottom}" stroke="#8884"/>' for t in axis.ticks]
    scale = [
        f'<text x="{axis.at(t)}" y="{bottom + 16}" text-anchor="middle">{t:{axis.form}}</text>' for t in axis.ticks
    ]
    size = f'viewBox="0 0 {WIDTH} {bottom + 24}" width="{WIDTH}" height="{bottom + 24}"'
    style = 'font-family="system-ui, sans-serif" font-size="13" fill="#777"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>\n' + "\n".join([*grid, *parts, *scale]) + "\n</svg>\n"
    )


def _key(legend: Sequence[str]) -> str:
    """A dot and a name for each colour, in the first line."""
    step = (WIDTH - LEFT) / len(legend)
    return "".join(
        f'<circle cx="{LEFT + place * step + 6:.0f}" cy="6" r="4.5" fill="{colour}"/>'
        f'<text x="{LEFT + place * step + 15:.0f}" y="10">{name}</text>'
        for place, (name, colour) in enumerate(zip(legend, COLOURS, strict=False))
    )


def _line(y: float, name: str, several: Sequence[Interval], axis: Axis) -> str:
    """Name, then whisker, dot and hidden values for each interval, a little apart."""
    told = "; ".join(map(str, several))
    shift = [5 * (place - (len(several) - 1) / 2) for place in range(len(several))]
    marks = [
        f'<line x1="{axis.at(one.low):.1f}" x2="{axis.at(one.high):.1f}" y1="{y + off:g}" y2="{y + off:g}" '
        f'stroke="{colour}" stroke-width="3" stroke-linecap="round"/>'
        f'<circle cx="{axis.at(one.value):.1f}" cy="{y + off:g}" r="4.5" fill="{colour}"/>'
        for one, off, colour in zip(several, shift, COLOURS, strict=False)
    ]
    text = f'<text x="{LEFT - 12}" y="{y + 4}" text-anchor="end">{name}</text>'
    return text + "".join(marks) + f"<title>{name}: {told}</title>"
