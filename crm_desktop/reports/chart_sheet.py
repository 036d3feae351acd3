"""The sheet a chart is drawn on: words, boxes and lines in the office's colours, and where its figures stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm_desktop.reports import fonts

SIZE = 8.5
"""Size of the words in points."""
LEADING = 10.5


@dataclass(frozen=True)
class Colours:
    """What a chart is painted with."""

    text: str
    muted: str
    line: str
    hues: tuple[str, ...]
    rest: str


# the hues differ in lightness as well, for paper without colours
LIGHT = Colours("#1D2129", "#646B79", "#E3E6EB", ("#2563EB", "#1FA898", "#E59E2B", "#5B21B6"), "#B4BBC6")
DARK = Colours("#E6E8EC", "#9AA1AC", "#30343B", ("#6BA1FF", "#2DD4BF", "#FBBF24", "#C4B5FD"), "#6B7280")


@dataclass(frozen=True)
class Place:
    """Where a figure stands in a drawing (from its top left corner, in points), and what it says in words."""

    row: str | None
    column: str | None
    x: float
    y: float
    width: float
    height: float
    tip: str


class ChartSheet:
    """A drawing with our few kinds of marks; y counts from the top."""

    def __init__(self, width: float, height: float, colours: Colours) -> None:
        # lazy: start-up time
        from reportlab.graphics import shapes
        from reportlab.lib.colors import HexColor

        self._shapes: Any = shapes
        self._hex = HexColor
        self.colours = colours
        self.drawing: Any = shapes.Drawing(width, height)
        self.places: list[Place] = []
        self.width, self.height = width, height

    def resize(self, height: float) -> None:
        """Be just as high as needed, before anything is drawn."""
        self.height = self.drawing.height = height

    def words(self, x: float, y: float, text: str, colour: str = "", anchor: str = "start", bold: bool = False) -> None:
        """One line of text; y is its middle."""
        self.drawing.add(
            self._shapes.String(
                x,
                self.height - y - SIZE * 0.35,
                fonts.printable(text),
                fontName=fonts.BOLD if bold else fonts.REGULAR,
                fontSize=SIZE,
                fillColor=self._hex(colour or self.colours.text),
                textAnchor=anchor,
            )
        )

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle."""
        self.drawing.add(
            self._shapes.Rect(
                x, self.height - y - height, width, height, fillColor=self._hex(colour), strokeColor=None, strokeWidth=0
            )
        )

    def rule(self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 0.5) -> None:
        """A straight line."""
        self.drawing.add(
            self._shapes.Line(
                x1, self.height - y1, x2, self.height - y2, strokeColor=self._hex(colour), strokeWidth=width
            )
        )

    def path(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        dashes: tuple[float, ...] | None = None,
        dots: bool = True,
    ) -> None:
        """A line through points, with dots on them."""
        flat = [number for x, y in points for number in (x, self.height - y)]
        if len(points) > 1:
            self.drawing.add(self._shapes.PolyLine(flat, strokeColor=self._hex(colour), strokeWidth=1.6,
                                                  strokeDashArray=dashes))  # fmt: skip
        for x, y in points if dots else ():
            self.drawing.add(
                self._shapes.Circle(x, self.height - y, 2.2, fillColor=self._hex(colour), strokeColor=None)
            )

    def place(self, row: str | None, column: str | None, box: tuple[float, float, float, float], tip: str) -> None:
        """Something that can be pointed at."""
        self.places.append(Place(row, column, *box, tip))
