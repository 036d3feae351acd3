"""Small blocks on paper: key figures, and labels with their values."""

from collections.abc import Sequence
from dataclasses import dataclass

from crm_desktop.i18n import _
from crm_desktop.reports import fonts
from crm_desktop.reports.fonts import printable
from crm_desktop.reports.sheet import PALE, STRONG_LINE, Flow, Rule, Text
from crm_desktop.reports.wrapping import wrap

_GAP = 14.0
_LEAST_FIGURE = 88.0
_VALUE_SIZE = 20.0
_LABEL_SIZE = 8.5
_NOTE_SIZE, _NOTE_LEADING = 9.5, 14.5
_PAIR_SIZE, _PAIR_LEADING = 9.0, 13.5


@dataclass(frozen=True)
class Figure:
    """A key figure: the number now, and the same figure last month and in the same month last year (None: unknown).

    `shown` is how people read the number ("¥1,284.00", "3.5 h"); left empty, thousands separators do.
    """

    label: str
    value: float
    compared_with_last_month: float | None = None
    compared_with_last_year: float | None = None
    shown: str = ""


def change(now: float, before: float | None) -> str:
    """How far `now` is above or below `before`: ▲ 12%; – if there is nothing to compare with."""
    if before is None:
        return "–"
    if now == before:
        return "= 0%"
    sign = "▲" if now > before else "▼"
    if before == 0:
        return _("{sign} from 0").format(sign=sign)
    percent = abs(now - before) / abs(before) * 100
    return f"{sign} {percent:,.0f}%" if percent >= 1 else f"{sign} <1%"


def write_figures(flow: Flow, figures: Sequence[Figure], compare: bool) -> None:
    """Rows of key figures, as many beside each other as are readable."""
    most = max(1, int((flow.width + _GAP) // (_LEAST_FIGURE + _GAP)))
    rows = -(-len(figures) // most)
    across = -(-len(figures) // rows) if rows else 0
    for start in range(0, len(figures), across or 1):
        _write_figure_row(flow, figures[start:start + across], across, compare)


def _write_figure_row(flow: Flow, figures: Sequence[Figure], across: int, compare: bool) -> None:
    slot = (flow.width - _GAP * (across - 1)) / across
    labels = [wrap(printable(figure.label), slot, _LABEL_SIZE) for figure in figures]
    high = max(map(len, labels)) * 11.5
    height = high + 28 + (26 if compare else 0) + 12
    flow.room(height + 4)
    top = flow.y - 4
    for place, (figure, label) in enumerate(zip(figures, labels, strict=True)):
        x = flow.left + place * (slot + _GAP)
        flow.sheet.rules.append(Rule(x, top, slot, 0.7, STRONG_LINE))
        for down, line in enumerate(label, 1):
            flow.sheet.texts.append(Text(x, top - 2 - down * 11.5, line, _LABEL_SIZE, ink=PALE))
        value = printable(figure.shown) or f"{figure.value:,}"
        size = min(_VALUE_SIZE, _VALUE_SIZE * slot / fonts.width(value, _VALUE_SIZE, True))
        flow.sheet.texts.append(Text(x, top - high - 25, value, size, True))
        if compare:
            _write_comparison(flow, figure, x, top - high - 39)
    flow.y = top - height


def _write_comparison(flow: Flow, figure: Figure, x: float, y: float) -> None:
    texts = [
        _("{change} on last month").format(change=change(figure.value, figure.compared_with_last_month)),
        _("{change} on last year").format(change=change(figure.value, figure.compared_with_last_year)),
    ]
    for down, text in enumerate(texts):
        flow.sheet.texts.append(Text(x, y - down * 11.5, text, 8, ink=PALE))


def write_note(flow: Flow, text: str) -> None:
    """Bold text between two lines."""
    lines = wrap(printable(text), flow.width, _NOTE_SIZE, True)
    height = len(lines) * _NOTE_LEADING + 8
    flow.room(min(height + 8, flow.top - flow.bottom))
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
    flow.y -= 4


def write_pairs(flow: Flow, pairs: Sequence[tuple[str, str]], columns: int) -> None:
    """Labels with values in columns; what needs more than three lines in its column takes the whole width."""
    if not pairs:
        return
    texts = [(printable(label), printable(value)) for label, value in pairs]
    slot = (flow.width - _GAP * 1.5 * (columns - 1)) / columns
    asked = max(fonts.width(label, _LABEL_SIZE) for label, _value in texts)
    beside = min(asked, slot * 0.4) + 8
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
