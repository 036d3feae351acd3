"""Sheets of paper that remember what is to be drawn, and the pen that flows over them.

Drawing waits until the last sheet is written: only then is "page x of y" known. Nothing is drawn twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from crm_desktop.reports import fonts

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing
    from reportlab.pdfgen.canvas import Canvas

INK, PALE, LINE, STRONG_LINE = "#1D2129", "#6B7280", "#D3D8E0", "#6B7280"


class Text(NamedTuple):
    """One line of text: its left end and baseline in points from the lower left corner of the paper."""

    x: float
    y: float
    text: str
    size: float = 9
    bold: bool = False
    ink: str = INK


class Rule(NamedTuple):
    """A horizontal line."""

    x: float
    y: float
    length: float
    weight: float = 0.4
    ink: str = LINE


class Picture(NamedTuple):
    """A drawing, by its lower left corner."""

    x: float
    y: float
    scale: float
    drawing: "Drawing"


class Mark(NamedTuple):
    """A place the outline leads to; level 0 is the outermost."""

    y: float
    title: str
    level: int


@dataclass
class Sheet:
    """One page before it is drawn."""

    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def lengths(self) -> tuple[int, int, int, int]:
        """How much is on the sheet, for `cut`."""
        return len(self.texts), len(self.rules), len(self.pictures), len(self.marks)

    def cut(self, lengths: tuple[int, int, int, int]) -> None:
        """Take back what was written since `lengths`."""
        texts, rules, pictures, marks = lengths
        del self.texts[texts:], self.rules[rules:], self.pictures[pictures:], self.marks[marks:]

    def right(self, x: float, y: float, text: str, size: float = 9, bold: bool = False, ink: str = INK) -> None:
        """A line of text that ends at `x`."""
        self.texts.append(Text(x - fonts.width(text, size, bold), y, text, size, bold, ink))

    def paint(self, canvas: "Canvas") -> None:
        """Draw everything; lines first, so that text lies on them."""
        _paint_rules(canvas, self.rules)
        _paint_texts(canvas, self.texts)
        # lazy: start-up time
        from reportlab.graphics import renderPDF

        for x, y, scale, drawing in self.pictures:
            canvas.saveState()
            canvas.translate(x, y)
            canvas.scale(scale, scale)
            renderPDF.draw(drawing, canvas, 0, 0)
            canvas.restoreState()


def _paint_rules(canvas: "Canvas", rules: list[Rule]) -> None:
    look: tuple[float, str] | None = None
    for x, y, length, weight, ink in rules:
        if look != (weight, ink):
            canvas.setLineWidth(weight)
            canvas.setStrokeColor(ink)
            look = (weight, ink)
        canvas.line(x, y, x + length, y)


def _paint_texts(canvas: "Canvas", texts: list[Text]) -> None:
    """One text object a page; font and colour are named only when they change."""
    pen = canvas.beginText()
    look: tuple[float, bool] | None = None
    ink = ""
    for text in texts:
        if look != (text.size, text.bold):
            look = (text.size, text.bold)
            pen.setFont(fonts.BOLD if text.bold else fonts.REGULAR, text.size)
        if ink != text.ink:
            ink = text.ink
            pen.setFillColor(ink)
        pen.setTextOrigin(text.x, text.y)
        pen.textOut(text.text)
    canvas.drawText(pen)


class Flow:
    """The pen: where on which sheet the next block begins. Points, y grows upwards."""

    def __init__(self, left: float, top: float, width: float, bottom: float) -> None:
        self.left, self.top, self.width, self.bottom = left, top, width, bottom
        self.sheets = [Sheet()]
        self.y = top
        self._waiting: list[tuple[float, Callable[[], None]]] = []

    @property
    def sheet(self) -> Sheet:
        """The sheet under the pen."""
        return self.sheets[-1]

    @property
    def fresh(self) -> bool:
        """Whether nothing is on this sheet yet."""
        return self.y >= self.top

    def new_page(self) -> None:
        """Go to the top of a new sheet."""
        self.sheets.append(Sheet())
        self.y = self.top

    def title(self, height: float, write: Callable[[], None]) -> None:
        """Hold a section title back until what follows it is known to fit under it."""
        self._waiting.append((height, write))

    def room(self, height: float) -> None:
        """Make sure that a block of this height fits here, under the titles that wait for it; else take a new sheet."""
        waiting, self._waiting = self._waiting, []
        if self.y - height - sum(title for title, _ in waiting) < self.bottom and not self.fresh:
            self.new_page()
        for _, write in waiting:
            write()

    def together(self, write: Callable[[], None]) -> None:
        """Write a block on one sheet, if one sheet can hold it."""
        pages, lengths, y, waiting = len(self.sheets), self.sheet.lengths(), self.y, list(self._waiting)
        fresh = self.fresh
        write()
        if len(self.sheets) == pages or fresh:
            return
        del self.sheets[pages:]
        self.sheet.cut(lengths)
        self.y, self._waiting = y, waiting
        self.new_page()
        write()
