"""Charts of statistics, drawn once: paper embeds the drawing, the screen shows its SVG."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crm_desktop.i18n import _
from crm_desktop.reports import fonts
from crm_desktop.reports.chart_sheet import DARK, LEADING, LIGHT, SIZE, ChartSheet, Colours, Place
from crm_desktop.reports.wrapping import wrap
from crm_desktop.statistics import Column, Row, Table
from crm_desktop.values import show_number

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

BAR_ROW = 19.0
MOST_BARS = 10
"""So many bars beside each other; what is less is one bar together."""
MOST_HUES = 4
DASHES = (None, (5, 2.5), (1.5, 2), (8, 2, 1.5, 2))
"""Lines are told apart without colours."""


@dataclass(frozen=True)
class Chart:
    """A drawing, and where its figures stand in it, for clicks and tooltips."""

    drawing: Drawing
    places: list[Place]


def chart(table: Table, kind: str, width: float = 460, height: float = 220, dark: bool = False) -> Chart:
    """A statistic as a chart: kind "bar", "column", "stacked" or "lines"; without figures it says so in words."""
    fonts.warm()
    sheet = ChartSheet(width, height, DARK if dark else LIGHT)
    # bars are as long as their first figure: without any there is nothing to draw, whatever stands beside it
    if not any(value for row in table.rows for value in (row.values[:1] if kind == "bar" else row.values)):
        sheet.words(width / 2, height / 2, _("Nothing to show for this period"), sheet.colours.muted, "middle")
        return Chart(sheet.drawing, sheet.places)
    shapes: dict[str, Callable[[ChartSheet, Table], None]] = {"bar": _bars, "lines": _lines}
    shapes.get(kind, _columns)(sheet, table)
    return Chart(sheet.drawing, sheet.places)


def svg(chart: Chart) -> bytes:
    """A chart for the screen."""
    # lazy: start-up time
    from reportlab.graphics import renderSVG

    text = str(renderSVG.drawToString(chart.drawing))
    # QtSvg paints the clip as a black page and takes "None" for a colour
    text = re.sub(r"<clipPath.*?</clipPath>", "", text, flags=re.S).replace(' style="clip-path: url(#clip)"', "")
    text = text.replace(": None;", ": none;")
    # the names the window system knows our fonts by; bold is a weight there
    text = re.sub(
        r"font-family:\s*[\"']?NotoSansSC-Bold[\"']?", f"font-weight: 600; font-family: '{fonts.FAMILY}'", text
    )
    return re.sub(r"font-family:\s*[\"']?NotoSansSC[\"']?", f"font-family: '{fonts.FAMILY}'", text).encode()


@dataclass(frozen=True)
class _Bar:
    """One bar: the row it stands for (None: several), its label as lines, its length as a figure, its height."""

    key: str | None
    lines: list[str]
    value: float
    height: float


def _bars(sheet: ChartSheet, table: Table) -> None:
    """Horizontal bars, one a row: labels left, figures at their ends."""
    told, label_width = _told(table, 0.42 * sheet.width)
    sheet.resize(sum(bar.height for bar in told) + 4)
    total = table.total[0] or 0
    start = label_width + 8
    figures = [show_number(bar.value) + (f" · {bar.value / total:.0%}" if total else "") for bar in told]
    widest = max(fonts.width(figure, SIZE) for figure in figures)
    room, most = sheet.width - start - max(62.0, widest + 6), max(bar.value for bar in told)
    top = 2.0
    for bar, figure in zip(told, figures, strict=True):
        middle = top + bar.height / 2
        for number, line in enumerate(bar.lines):
            sheet.words(0, middle + (number - (len(bar.lines) - 1) / 2) * LEADING, line)
        length = max(1.0, room * bar.value / most) if bar.value else 0.0
        colour = sheet.colours.rest if bar.key is None else sheet.colours.hues[0]
        sheet.box(start, middle - BAR_ROW / 2 + 3, length, BAR_ROW - 6, colour)
        sheet.words(start + length + 5, middle, figure, sheet.colours.muted)
        if bar.key is not None:
            tip = f"{table.row(bar.key).label}: {figure}"
            sheet.place(bar.key, None, (0, top, sheet.width, bar.height), tip)
        top += bar.height


def _told(table: Table, widest: float) -> tuple[list[_Bar], float]:
    """The bars to draw, the smallest of many rows as one, and how wide their labels are."""
    rows, rest = [row for row in table.rows if row.values[0]], list[Row]()
    if len(rows) > MOST_BARS:
        kept = sorted(rows, key=lambda row: -(row.values[0] or 0))[: MOST_BARS - 1]
        rest = [row for row in rows if row not in kept]
        rows = [row for row in rows if row in kept]
    told: list[tuple[str | None, str, float]] = [(row.key, row.label, float(row.values[0] or 0)) for row in rows]
    if rest:
        together = sum(float(row.values[0] or 0) for row in rest)
        told.append((None, _("{n} others").format(n=len(rest)), together))
    labels = [fonts.printable(label) for _key, label, _value in told]
    width = min(widest, max(fonts.width(label, SIZE) for label in labels) + 2)
    bars = []
    for (key, _label, value), label in zip(told, labels, strict=True):
        lines = wrap(label, width, SIZE)
        bars.append(_Bar(key, lines, value, max(BAR_ROW, len(lines) * LEADING + 5)))
    return bars, width


def _series(table: Table, colours: Colours) -> list[tuple[Column, str, list[int]]]:
    """The columns to draw with their colours and places: at most four hues, what is less is grey and together."""
    measured = next((i for i, column in enumerate(table.columns) if column.measure), None)
    if measured is not None:  # shares and medians neither add up nor stand beside a count: the first of them is drawn
        return [(table.columns[measured], colours.hues[0], [measured])]
    sums = [sum(float(row.values[i] or 0) for row in table.rows) for i in range(len(table.columns))]
    used = [i for i, total in enumerate(sums) if total and table.columns[i].key != "total"]
    largest = sorted(used, key=lambda i: -sums[i])
    chosen = used if len(used) <= MOST_HUES else sorted(largest[: MOST_HUES - 1])
    found = [(table.columns[i], colours.hues[n], [i]) for n, i in enumerate(chosen)]
    others = [i for i in used if i not in chosen]
    if others:
        together = replace(table.columns[others[0]], key="", label=_("{n} others").format(n=len(others)))
        found.append((together, colours.rest, others))
    return found


def _steps(most: float) -> list[float]:
    """Round numbers for the axis, from zero to at least the largest figure."""
    if most <= 0:
        return [0.0, 1.0]
    step = 1.0
    while most / step > 5:
        step *= 2 if str(int(step))[0] in "15" else 2.5
    return [step * n for n in range(int(most // step) + (most % step > 0) + 1)]


def _frame(
    sheet: ChartSheet, table: Table, series: list[tuple[Column, str, list[int]]], most: float, lines: bool = False
) -> tuple[float, float, float, float]:
    """Legend, axis and the labels below; left, top, width and height of the space for the figures."""
    top = 8.0
    if len(series) > 1:
        x = 0.0
        for number, (column, colour, _places) in enumerate(series):
            needed = fonts.width(fonts.printable(column.label), SIZE) + (36 if lines else 26)
            if x and x + needed > sheet.width:
                x, top = 0.0, top + 14
            if lines:
                sheet.path([(x, top), (x + 16, top)], colour, DASHES[number], dots=False)
            else:
                sheet.box(x, top - 4, 8, 8, colour)
            sheet.words(x + 20 if lines else x + 12, top, column.label, sheet.colours.muted)
            x += needed
        top += 16
    steps = _steps(most)
    left = max(fonts.width(show_number(step), SIZE) for step in steps) + 6
    top += 8  # the figure above the highest column
    height = sheet.height - top - 18
    width = sheet.width - left
    for step in steps:
        y = top + height * (1 - step / steps[-1])
        sheet.rule(left, y, sheet.width, y, sheet.colours.line)
        sheet.words(left - 5, y, show_number(step), sheet.colours.muted, "end")
    each = width / len(table.rows)
    widest = max(fonts.width(fonts.printable(row.label), SIZE) for row in table.rows) + 4
    every = max(1, int(widest / each) + (widest % each > 0))
    for number, row in enumerate(table.rows):
        if (len(table.rows) - 1 - number) % every == 0:
            half = fonts.width(fonts.printable(row.label), SIZE) / 2
            middle = min(left + each * (number + 0.5), sheet.width - half)
            sheet.words(middle, sheet.height - 8, row.label, sheet.colours.muted, "middle")
    return left, top, width, height / steps[-1]


def _columns(sheet: ChartSheet, table: Table) -> None:
    """Upright columns, one a row; several figures of a row stand on each other."""
    series = _series(table, sheet.colours)
    if table.columns and len(table.columns) > 1 and not _adds_up(table):
        series = series[:1]
    most = max(sum(float(row.values[i] or 0) for _c, _h, at in series for i in at) for row in table.rows)
    left, _top, width, unit = _frame(sheet, table, series, most)
    bottom = sheet.height - 18
    each = width / len(table.rows)
    for number, row in enumerate(table.rows):
        x, y = left + each * number + each * 0.18, bottom
        for column, colour, at in series:
            value = sum(float(row.values[i] or 0) for i in at)
            if not value:
                continue
            high = value * unit
            y -= high
            # a gap between the parts keeps them apart on paper without colours
            sheet.box(x, y, each * 0.64, max(high - 0.8, 0.4), colour)
            tip = f"{row.label} · {column.label}: {show_number(value)}"
            sheet.place(row.key, column.key or None, (x, y, each * 0.64, max(high, 3)), tip)
        value = sum(float(row.values[i] or 0) for _c, _h, at in series for i in at)
        shown = show_number(value)
        if value and fonts.width(shown, SIZE) < each - 1:
            sheet.words(x + each * 0.32, max(y - 6, 5), shown, sheet.colours.text, "middle")


def _adds_up(table: Table) -> bool:
    """Whether a row's figures are parts of one whole (channels), not different measures (median and number)."""
    return all(isinstance(value, int) or value is None for row in table.rows for value in row.values)


def _lines(sheet: ChartSheet, table: Table) -> None:
    """One line a column."""
    series = [(c, sheet.colours.hues[i], [i]) for i, c in enumerate(table.columns[:MOST_HUES])]
    most = max(float(value or 0) for row in table.rows for value in row.values)
    left, _top, width, unit = _frame(sheet, table, series, most, lines=True)
    bottom = sheet.height - 18
    each = width / len(table.rows)
    for line, (column, colour, (i,)) in enumerate(series):
        points = []
        for number, row in enumerate(table.rows):
            value = row.values[i]
            if value is None:
                continue
            x, y = left + each * (number + 0.5), bottom - float(value) * unit
            points.append((x, y))
            tip = f"{row.label} · {column.label}: {show_number(value)}"
            sheet.place(row.key, column.key, (x - 6, y - 6, 12, 12), tip)
        sheet.path(points, colour, DASHES[line])
