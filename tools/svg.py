"""A small canvas for SVG pictures that GitHub shows in a light and in a dark version."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from math import hypot

FONT = (
    "-apple-system,BlinkMacSystemFont,&quot;Segoe UI&quot;,&quot;Noto Sans&quot;,Helvetica,"
    "Arial,sans-serif"
)
WIDTH_OF = {  # of a character, in units of the font size; the widest of the fonts above
    **dict.fromkeys("ijl.,:;'|! ", 0.3),
    **dict.fromkeys("frt()[]-", 0.38),
    **dict.fromkeys("mwMW%@", 0.9),
}


@dataclass(frozen=True)
class Theme:
    """The colours of one version."""

    name: str
    text: str
    muted: str
    line: str
    panel: str
    good: str
    fair: str
    bad: str
    accent: str


THEMES = (
    Theme(
        name="light", text="#1f2328", muted="#59636e", line="#d1d9e0", panel="#f6f8fa",
        good="#1a7f37", fair="#9a6700", bad="#cf222e", accent="#0969da",
    ),
    Theme(
        name="dark", text="#f0f6fc", muted="#9198a1", line="#3d444d", panel="#151b23",
        good="#3fb950", fair="#d29922", bad="#f85149", accent="#4493f8",
    ),
)  # fmt: skip


def width_of(text: str, size: float, bold: bool = False) -> float:
    """At most how wide a text comes out."""
    width = sum(WIDTH_OF.get(c, 0.68 if c.isupper() else 0.57) for c in text)
    return width * size * (1.07 if bold else 1)


def wrapped(text: str, size: float, width: float) -> list[str]:
    """The text in lines that are no wider than `width`."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


@dataclass
class Canvas:
    """Shapes and texts, in the order in which they are painted."""

    width: int
    height: int
    title: str
    theme: Theme
    shapes: list[str] = field(default_factory=list)

    def box(self, x: float, y: float, width: float, height: float, **look: object) -> None:
        """A rectangle with round corners; a panel where `look` has no fill."""
        look = {"fill": self.theme.panel, "stroke": self.theme.line, "rx": 6} | look
        place = {"x": x, "y": y, "width": width, "height": height}
        self._add("rect", place | look)

    def line(self, points: Iterable[tuple[float, float]], **look: object) -> None:
        """Straight lines from point to point."""
        path = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self._add("polyline", {"points": path, "fill": "none", "stroke": self.theme.line} | look)

    def path(self, commands: str, **look: object) -> None:
        """A path of SVG's own commands."""
        self._add("path", {"d": commands, "fill": "none", "stroke": self.theme.line} | look)

    def circle(self, x: float, y: float, radius: float, **look: object) -> None:
        """A filled circle."""
        self._add("circle", {"cx": x, "cy": y, "r": radius, "fill": self.theme.accent} | look)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 12,
        *,
        bold: bool = False,
        anchor: str = "start",
        fill: str | None = None,
        room: float | None = None,
    ) -> None:
        """One line of text at a baseline. Raises ValueError where it does not fit into `room`."""
        if room is not None and width_of(words, size, bold) > room:
            raise ValueError(f"{words!r} needs {width_of(words, size, bold):.0f} of {room:.0f} px")
        look: dict[str, object] = {"x": x, "y": y, "font-size": size}
        look["fill"] = fill or self.theme.text
        if bold:
            look["font-weight"] = 600
        if anchor != "start":
            look["text-anchor"] = anchor
        self._add("text", look, words)

    def arrow(self, points: list[tuple[float, float]], colour: str, **look: object) -> None:
        """A line from point to point with an arrow's head at the last one."""
        (from_x, from_y), (x, y) = points[-2:]
        length = hypot(x - from_x, y - from_y)
        along, across = (x - from_x) / length, (y - from_y) / length
        foot = (x - 7 * along, y - 7 * across)
        corners = [
            (x, y),
            (foot[0] - 4 * across, foot[1] + 4 * along),
            (foot[0] + 4 * across, foot[1] - 4 * along),
        ]
        self.line([*points[:-1], foot], stroke=colour, **look)
        drawn = " L".join(f"{_number(a)} {_number(b)}" for a, b in corners)
        self.path(f"M{drawn} Z", fill=colour, stroke="none")

    def svg(self) -> str:
        """The picture as a file's text."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}"'
            f' width="{self.width}" height="{self.height}" role="img" font-family="{FONT}">'
        )
        return "\n".join([head, f"<title>{escape(self.title)}</title>", *self.shapes, "</svg>", ""])

    def _add(self, tag: str, attributes: dict[str, object], words: str = "") -> None:
        listed = " ".join(
            f'{name.replace("_", "-")}="{_number(value)}"' for name, value in attributes.items()
        )
        self.shapes.append(
            f"<{tag} {listed}>{escape(words)}</{tag}>" if words else f"<{tag} {listed}/>"
        )


def _number(value: object) -> object:
    """Numbers with one decimal at most, so that a picture does not depend on the last bit."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value
