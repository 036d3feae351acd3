"""Paper: one A4 document with header, footer, outline, figures, tables, charts and text; the frame of every report."""

import os
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from crm_desktop.errors import UserError
from crm_desktop.i18n import _, language
from crm_desktop.reports import fonts
from crm_desktop.reports.blocks import Figure, write_charts, write_figures, write_note, write_pairs
from crm_desktop.reports.fonts import printable
from crm_desktop.reports.sheet import INK, PALE, STRONG_LINE, Flow, Mark, Rule, Sheet, Text
from crm_desktop.reports.table import Column, Table
from crm_desktop.reports.wrapping import shortened, wrap

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing
    from reportlab.pdfgen.canvas import Canvas

__all__ = ["Column", "Document", "Figure", "replace_file"]

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
MARGIN = 18 * MM
GUTTER = 18.0
_TITLE_SIZES = (12.0, 10.0, 9.0)


class Document:
    """A paper written from top to bottom, then saved once.

    `office`, `period` and `title` stand in every header, `printed_at` (office time) and `author` in every footer;
    `subtitle` stands under the title, the period if it is empty.
    Sizes are points; `width` is what lies between the margins, `half` the width of a chart beside another.
    """

    def __init__(
        self,
        target: Path | str | BinaryIO,
        title: str,
        office: str,
        period: str,
        printed_at: datetime,
        author: str = "",
        landscape: bool = False,
        subtitle: str = "",
    ) -> None:
        fonts.warm()
        self._target = target
        self._title, self._office, self._period = printable(title), printable(office), printable(period)
        self._subtitle = printable(subtitle) or self._period
        self._printed_at, self._author = printed_at, printable(author)
        self._size = (A4[1], A4[0]) if landscape else A4
        self.width = self._size[0] - 2 * MARGIN
        self.half = (self.width - GUTTER) / 2
        self._flow = Flow(MARGIN, self._size[1] - MARGIN, self.width, MARGIN)
        self._begun = [0]
        """The sheets on which a copy begins."""
        self._write_title()

    def section(self, title: str, level: int = 0) -> None:
        """A title with its place in the outline; it goes to the next page together with what follows it."""
        size = _TITLE_SIZES[min(level, 2)]
        lines = wrap(printable(title), self.width, size, True)
        leading = size * 1.35
        before = (22, 14, 10)[min(level, 2)]

        def write() -> None:
            flow = self._flow
            flow.y -= 0 if flow.fresh else before
            flow.sheet.marks.append(Mark(flow.y, " ".join(lines), level))
            for line in lines:
                flow.y -= leading
                flow.sheet.texts.append(Text(flow.left, flow.y + size * 0.25, line, size, True))
            flow.y -= 4

        self._flow.title(before + leading * len(lines) + 4, write)

    def paragraph(self, text: str, size: float = 9, pale: bool = False) -> None:
        """Running text; line breaks stay, at least two lines stand together."""
        flow, leading = self._flow, size * 1.5
        lines = wrap(printable(text), self.width, size)
        flow.room(leading * min(2, len(lines)) + 3)
        flow.y -= 3
        for line in lines:
            if flow.y - leading < flow.bottom:
                flow.new_page()
            flow.y -= leading
            if line:
                flow.sheet.texts.append(Text(flow.left, flow.y + size * 0.4, line, size, ink=PALE if pale else INK))
        flow.y -= 3

    def note(self, text: str) -> None:
        """A remark nobody may overlook: bold, between two lines."""
        write_note(self._flow, text)

    def figures(self, figures: Sequence[Figure], compare: bool = True) -> None:
        """Key figures in rows; `compare` says under each how it stands against last month and last year."""
        write_figures(self._flow, figures, compare)

    def table(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str]], empty: str, total: Sequence[str] | None = None
    ) -> None:
        """A table with its headings on every page and an optional total in bold; without rows, the sentence `empty`."""
        if not rows:
            self.paragraph(empty, pale=True)
            return
        Table(self._flow, columns, rows, total).write()
        self._flow.y -= 6

    def pairs(self, pairs: Sequence[tuple[str, str]], columns: int = 2) -> None:
        """Labels with their values, side by side; a long value takes the whole width."""
        write_pairs(self._flow, pairs, columns)

    def chart(self, drawing: "Drawing", caption: str = "") -> None:
        """One chart over the whole width, its caption above it."""
        self.charts([(drawing, caption)])

    def charts(self, *columns: "Sequence[tuple[Drawing, str]]") -> None:
        """Columns of charts side by side, scaled to share the width, captions above each chart."""
        write_charts(self._flow, columns, GUTTER)

    def keep_together(self, write: Callable[[], None]) -> None:
        """Call `write`, which adds small blocks to this document; if they do not fit here, all go to the next page.

        `write` may be called twice.
        """
        self._flow.together(write)

    def new_page(self) -> None:
        """Go on at the top of the next page."""
        if not self._flow.fresh:
            self._flow.new_page()

    def again(self) -> None:
        """Begin another copy: the title once more, at the top of a page; its pages are counted from 1."""
        self.new_page()
        self._begun.append(len(self._flow.sheets) - 1)
        self._write_title()

    def space(self, height: float) -> None:
        """Leave room, in points; none at the top of a page."""
        self._flow.y -= 0 if self._flow.fresh else height

    def save(self) -> int:
        """Draw and write everything, once; return the number of pages; UserError if the file cannot be written."""
        # a title with nothing under it is still printed
        self._flow.room(0)
        paper = paint(self._flow.sheets, self._size, self._frame, self._title, self._office, self._author)
        if isinstance(self._target, (str, Path)):
            replace_file(Path(self._target), paper)
        else:
            self._target.write(paper)
        return len(self._flow.sheets)

    def _write_title(self) -> None:
        flow = self._flow
        for line in wrap(self._title, self.width, 18, True):
            flow.y -= 24
            flow.sheet.texts.append(Text(flow.left, flow.y + 4, line, 18, True))
        for line in wrap(self._subtitle, self.width, 10) if self._subtitle else ():
            flow.y -= 14
            flow.sheet.texts.append(Text(flow.left, flow.y + 2, line, 10, ink=PALE))
        flow.y -= 10 if self._subtitle else 6

    def _frame(self, sheet: Sheet, number: int, count: int) -> None:
        """Header and footer of one sheet."""
        left, right, high = MARGIN, self._size[0] - MARGIN, self._size[1] - 12.5 * MM
        office = shortened(self._office, self.width * 0.5, 8)
        sheet.texts.append(Text(left, high, office, 8, ink=PALE))
        running = " · ".join(part for part in (self._title, self._period) if part)
        sheet.right(right, high, shortened(running, self.width * 0.47, 8), 8, ink=PALE)
        sheet.rules.append(Rule(left, high - 6, self.width, 0.4, STRONG_LINE))
        when = self._printed_at.strftime("%Y-%m-%d %H:%M")
        printed = (
            _("Printed {when} by {who}").format(when=when, who=self._author)
            if self._author
            else _("Printed {when}").format(when=when)
        )
        sheet.texts.append(Text(left, 11 * MM, shortened(printed, self.width * 0.7, 8), 8, ink=PALE))
        page, pages = self._page_of_copy(number, count)
        sheet.right(right, 11 * MM, _("Page {page} of {pages}").format(page=page, pages=pages), 8, ink=PALE)

    def _page_of_copy(self, number: int, count: int) -> tuple[int, int]:
        """Which page of how many a sheet is within its copy."""
        copy = bisect_right(self._begun, number - 1) - 1
        end = self._begun[copy + 1] if copy + 1 < len(self._begun) else count
        return number - self._begun[copy], end - self._begun[copy]


def paint(
    sheets: Sequence[Sheet],
    size: tuple[float, float],
    frame: Callable[[Sheet, int, int], None],
    title: str,
    office: str,
    author: str,
) -> bytes:
    """Draw finished sheets as a PDF, with `frame` (header, footer) on each."""
    # lazy: start-up time
    from reportlab.pdfgen.canvas import Canvas

    paper = BytesIO()
    # any other first font would stand in the file without being embedded
    first_font: Any = fonts.REGULAR
    canvas = Canvas(
        paper,
        pagesize=size,
        pageCompression=1,
        initialFontName=first_font,
        lang="zh-CN" if language() == "zh_CN" else "en",
    )
    canvas.setTitle(title)
    canvas.setSubject(office)
    canvas.setAuthor(author or office)
    canvas.setCreator("CRM Desktop")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    marks = _Outline(canvas, min((mark.level for sheet in sheets for mark in sheet.marks), default=0))
    for number, sheet in enumerate(sheets, 1):
        frame(sheet, number, len(sheets))
        marks.add(sheet.marks)
        sheet.paint(canvas)
        canvas.showPage()
    canvas.save()
    return paper.getvalue()


class _Outline:
    """The bookmarks at the side of a PDF viewer."""

    def __init__(self, canvas: "Canvas", outermost: int) -> None:
        self._canvas = canvas
        self._outermost = outermost
        self._count = 0
        self._level = -1

    def add(self, marks: Sequence[Mark]) -> None:
        for mark in marks:
            key = f"section-{self._count}"
            self._count += 1
            # reportlab refuses to skip a level
            self._level = min(mark.level - self._outermost, self._level + 1)
            self._canvas.bookmarkHorizontal(key, 0, mark.y + 6)
            self._canvas.addOutlineEntry(mark.title, key, self._level)


def replace_file(target: Path, content: bytes) -> None:
    """Write a file so that there is always either the old one or the whole new one.

    Raises UserError when the folder is missing or closed, the disk is full, or a viewer on Windows holds the file.
    """
    draft = target.with_name(f".{target.stem[:40]}-{os.getpid()}.part")
    try:
        file = draft.open("wb")
    except OSError as trouble:
        raise UserError(
            _("Nothing can be saved in the folder {folder}. Choose another folder.").format(folder=target.parent)
        ) from trouble
    try:
        with file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except PermissionError as trouble:
        raise UserError(
            _("The file {name} is open in another program. Close it there, or choose another name.").format(
                name=target.name
            )
        ) from trouble
    except OSError as trouble:
        raise UserError(
            _("The file {name} could not be saved: {why}. Choose another place.").format(
                name=target.name, why=trouble.strerror
            )
        ) from trouble
    finally:
        draft.unlink(missing_ok=True)
