"""Small blocks on paper: key figures, and labels with their values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm_desktop.i18n import _
from crm_desktop.reports import fonts
from crm_desktop.reports.fonts import printable
from crm_desktop.reports.sheet import PALE, STRONG_LINE, Flow, Picture, Rule, Text
from crm_desktop.reports.wrapping import wrap
from crm_desktop.values import show_number

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

_GAP = 14.0
_LEAST_FIGURE = 88.0
_LEAST_ALONE = 66.0
_VALUE_SIZE = 20.0
_LABEL_SIZE = 8.5
_CAPTION_LEADING, _UNDER_CHART = 13.0, 8.0
_NOTE_SIZE, _NOTE_LEADING = 9.5, 14.5
_PAIR_SIZE, _PAIR_LEADING = 9.0, 13.5


@dataclass(frozen=True)
class Figure:
    """A key figure: the number now, and the same figure last month and in the same month last year (None: unknown).

    `shown` is how people read the number ("¥1,284.00", "3.5 h"); left empty, thousands separators do. `known` is False
    where there is no number now, so that nothing can be compared with it.
    """

    label: str
    value: float
    compared_with_last_month: float | None = None
    compared_with_last_year: float | None = None
    shown: str = ""
    known: bool = True


def change(now: float, before: float) -> str:
    """How far `now` is above or below `before`: ▲ 12%; from zero only the direction."""
    if now == before:
        return "= 0%"
    sign = "▲" if now > before else "▼"
    if before == 0:
        return sign
    percent = abs(now - before) / abs(before) * 100
    return f"{sign} {percent:,.0f}%" if percent >= 1 else f"{sign} <1%"


def write_figures(flow: Flow, figures: Sequence[Figure], compare: bool) -> None:
    """Rows of key figures, as many beside each other as are readable; without comparison they need less room."""
    least = _LEAST_FIGURE if compare else _LEAST_ALONE
    most = max(1, int((flow.width + _GAP) // (least + _GAP)))
    rows = -(-len(figures) // most)
    across = -(-len(figures) // rows) if rows else 0
    for start in range(0, len(figures), across or 1):
        _write_figure_row(flow, figures[start : start + across], across, compare)


def _write_figure_row(flow: Flow, figures: Sequence[Figure], across: int, compare: bool) -> None:
    slot = (flow.width - _GAP * (across - 1)) / across
    labels = [wrap(printable(figure.label), slot, _LABEL_SIZE) for figure in figures]
    values = [printable(figure.shown) or show_number(figure.value) for figure in figures]
    # one size for the whole row
    size = min(_VALUE_SIZE * min(1.0, slot / fonts.width(value, _VALUE_SIZE, True)) for value in values)
    high = max(map(len, labels)) * 11.5
    height = high + size + 8 + (26 if compare else 0) + 12
    flow.room(height + 4)
    top = flow.y - 4
    for place, (figure, label) in enumerate(zip(figures, labels, strict=True)):
        x = flow.left + place * (slot + _GAP)
        flow.sheet.rules.append(Rule(x, top, slot, 0.7, STRONG_LINE))
        for down, line in enumerate(label, 1):
            flow.sheet.texts.append(Text(x, top - 2 - down * 11.5, line, _LABEL_SIZE, ink=PALE))
        value = values[place]
        flow.sheet.texts.append(Text(x, top - high - size - 5, value, size, True))
        if compare:
            _write_comparison(flow, figure, x, top - high - size - 19)
    flow.y = top - height


def _write_comparison(flow: Flow, figure: Figure, x: float, y: float) -> None:
    before = (
        (_("Last month: {before}"), figure.compared_with_last_month),
        (_("Last year: {before}"), figure.compared_with_last_year),
    )
    for down, (text, number) in enumerate(before):
        told = text.format(before="–" if number is None else show_number(number))
        if number is not None and figure.known:
            told += f"  {change(figure.value, number)}"
        flow.sheet.texts.append(Text(x, y - down * 11.5, told, 8, ink=PALE))


def write_note(flow: Flow, text: str) -> None:
    """Bold text between two lines."""
    lines = wrap(printable(text), flow.width, _NOTE_SIZE, True)
    height = len(lines) * _NOTE_LEADING + 8
    # a note longer than a sheet begins where it is
    flow.room(height + 8 if height + 8 <= flow.top - flow.bottom else 3 * _NOTE_LEADING)
    flow.y -= 4
    flow.sheet.rules.append(Rule(flow.left, flow.y, flow.width, 0.7, STRONG_LINE))
    flow.y -= 3
    for line in lines:
        if flow.y - _NOTE_LEADING < flow.bottom:
            flow.new_page()
        flow.y -= _NOTE_LEADING
        flow.sheet.texts.append(Text(flow.left, flow.y + 4, line, _NOTE_SIZE, True))
    flow.y -= 3
    flow.sheet.rules.append(Rule(flow.left, flow.y, flow.width, 0.7, STRONG_LINE))
    flow.y -= 10


def write_pairs(flow: Flow, pairs: Sequence[tuple[str, str]], columns: int) -> None:
    """Labels with values in columns; what needs more than three lines in its column takes the whole width."""
    if not pairs:
        return
    texts = [(printable(label), printable(value)) for label, value in pairs]
    slot = (flow.width - _GAP * 1.5 * (columns - 1)) / columns
    # the same in every block, so that the values of several blocks stand under each other
    beside = slot * 0.36
    row: list[tuple[str, str]] = []
    for label, value in texts:
        long = len(wrap(value, slot - beside, _PAIR_SIZE)) > 3
        if row and (long or len(row) == columns):
            _write_pair_row(flow, row, slot, beside)
            row = []
        row.append((label, value))
        if long:
            _write_pair_row(flow, row, flow.width, beside)
            row = []
    if row:
        _write_pair_row(flow, row, slot, beside)
    flow.y -= 4


def _write_pair_row(flow: Flow, row: Sequence[tuple[str, str]], slot: float, beside: float) -> None:
    cells = [(wrap(label, beside - 8, _LABEL_SIZE), wrap(value, slot - beside, _PAIR_SIZE)) for label, value in row]
    height = max(max(len(label), len(value)) for label, value in cells) * _PAIR_LEADING
    if height + 3 > flow.top - flow.bottom:
        flow.room(_PAIR_LEADING * 3)
    while height + 3 > flow.top - flow.bottom:
        # a note longer than a sheet: what fits goes first
        most = int((flow.y - flow.bottom) // _PAIR_LEADING)
        if most < 3:
            flow.new_page()
            continue
        _put_pairs(flow, [(label[:most], value[:most]) for label, value in cells], slot, beside)
        flow.new_page()
        cells = [(label[most:], value[most:]) for label, value in cells]
        height = max(max(len(label), len(value)) for label, value in cells) * _PAIR_LEADING
    flow.room(height + 3)
    _put_pairs(flow, cells, slot, beside)
    flow.y -= height + 3


def _put_pairs(flow: Flow, cells: Sequence[tuple[list[str], list[str]]], slot: float, beside: float) -> None:
    for place, (label, value) in enumerate(cells):
        x = flow.left + place * (slot + _GAP * 1.5)
        for down, line in enumerate(label, 1):
            flow.sheet.texts.append(Text(x, flow.y - down * _PAIR_LEADING + 3.5, line, _LABEL_SIZE, ink=PALE))
        for down, line in enumerate(value, 1):
            flow.sheet.texts.append(Text(x + beside, flow.y - down * _PAIR_LEADING + 3.5, line, _PAIR_SIZE))


def write_charts(flow: Flow, columns: "Sequence[Sequence[tuple[Drawing, str]]]", gutter: float) -> None:
    """Columns of drawings with their captions, tops aligned; all of them on one sheet."""
    slot = (flow.width - gutter * (len(columns) - 1)) / len(columns)
    flow.room(max(sum(_chart_height(drawing, caption, slot) for drawing, caption in column) for column in columns))
    top = lowest = flow.y
    for place, column in enumerate(columns):
        x, flow.y = flow.left + place * (slot + gutter), top
        for drawing, caption in column:
            under = flow.y - _chart_height(drawing, caption, slot)
            for down, line in enumerate(_caption(caption, slot), 1):
                flow.sheet.texts.append(Text(x, flow.y - down * _CAPTION_LEADING, line, 9, True))
            flow.sheet.pictures.append(Picture(x, under + _UNDER_CHART, slot / drawing.width, drawing))
            flow.y = under
        lowest = min(lowest, flow.y)
    flow.y = lowest


def _caption(caption: str, slot: float) -> list[str]:
    return wrap(printable(caption), slot, 9, True) if caption else []


def _chart_height(drawing: "Drawing", caption: str, slot: float) -> float:
    above = len(_caption(caption, slot)) * _CAPTION_LEADING + 6
    return above + float(drawing.height) * slot / float(drawing.width) + _UNDER_CHART
