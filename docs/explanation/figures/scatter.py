"""A small scatter plot as SVG, for the figures beside it."""

from collections.abc import Callable
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 640, 380, 56, 44, 30, 150
GOLD, GREY, RED = "#b8860b", "#888", "#b03030"


@dataclass(frozen=True)
class Frame:
    """Where numbers stand: x from low to high across, y from low to high upwards."""

    x: tuple[float, float]
    y: tuple[float, float]

    def across(self, value: float) -> float:
        """Horizontal place of x."""
        return LEFT + (value - self.x[0]) / (self.x[1] - self.x[0]) * (WIDTH - LEFT - RIGHT)

    def up(self, value: float) -> float:
        """Vertical place of y."""
        return HEIGHT - BOTTOM - (value - self.y[0]) / (self.y[1] - self.y[0]) * (HEIGHT - BOTTOM - TOP)

    def axes(self, x_name: str, y_name: str, says: Callable[[float], str], steps: int = 5) -> str:
        """Grid, ticks and names."""
        parts = [
            f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 6}" text-anchor="middle">{x_name}</text>',
            f'<text x="0" y="14">{y_name}</text>',
        ]
        for step in range(steps + 1):
            x = self.x[0] + step * (self.x[1] - self.x[0]) / steps
            y = self.y[0] + step * (self.y[1] - self.y[0]) / steps
            at, height = self.across(x), self.up(y)
            parts += [
                f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{height:.1f}" y2="{height:.1f}" stroke="#8884"/>',
                f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{says(x)}</text>',
                f'<text x="{LEFT - 8}" y="{height + 4:.1f}" text-anchor="end">{says(y)}</text>',
            ]
        return "\n".join(parts)

    def dot(self, x: float, y: float, colour: str, *, size: float = 3, faint: bool = False) -> str:
        """One point."""
        opacity = ' fill-opacity="0.45"' if faint else ""
        return f'<circle cx="{self.across(x):.1f}" cy="{self.up(y):.1f}" r="{size}" fill="{colour}"{opacity}/>'

    def line(self, points: list[tuple[float, float]], colour: str, dashes: str = "") -> str:
        """Points joined."""
        path = " ".join(f"{self.across(x):.1f},{self.up(y):.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"{dashed}/>'


def legend(rows: list[tuple[str, str]]) -> str:
    """Names in their colours, to the right of the plot."""
    return "\n".join(
        f'<circle cx="{WIDTH - RIGHT + 16}" cy="{TOP + 10 + 20 * row}" r="4" fill="{colour}"/>'
        f'<text x="{WIDTH - RIGHT + 26}" y="{TOP + 14 + 20 * row}">{name}</text>'
        for row, (name, colour) in enumerate(rows)
    )


def drawing(parts: list[str]) -> str:
    """The whole figure."""
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    style = 'font-family="system-ui, sans-serif" font-size="13" fill="#777"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>\n' + "\n".join(parts) + "\n</svg>\n"
