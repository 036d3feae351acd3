"""How each question of a survey was answered: one bar a question, its parts the scores from the worst to the best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from crm_desktop.i18n import _
from crm_desktop.models.survey import LIMITS
from crm_desktop.reports import fonts
from crm_desktop.reports.chart_sheet import DARK, LEADING, LIGHT, SIZE, ChartSheet
from crm_desktop.reports.wrapping import wrap
from crm_desktop.statistics.drivers import ItemScore
from crm_desktop.values import show_number

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

SHADES: Final = {
    5: ("#B42318", "#E8927C", "#C9CED8", "#8DB4F2", "#2563EB"),
    11: ("#B42318",) * 7 + ("#C9CED8",) * 2 + ("#2563EB",) * 2,
}
"""From the worst score to the best: red, grey, blue, told apart by their lightness as well."""
_ROW, _GAP = 15.0, 7.0


def spreads(questions: Sequence[ItemScore], width: float, dark: bool = False) -> Iterator[tuple[Drawing, str]]:
    """A drawing for the questions of each kind, with its caption; unanswered ones are left out."""
    fonts.warm()
    for kind, (least, most) in LIMITS.items():
        told = [one for one in questions if one.kind == kind and one.score.n]
        if told:
            words = _("Per cent of answers from {least} to {most}; at the right the mean, and how many answered")
            if most == 10:
                words = _("Per cent of 0 to 6, 7 and 8, 9 and 10; at the right the NPS, and how many answered")
            yield _draw(told, width, most - least + 1, dark), words.format(least=least, most=most)


def _draw(told: Sequence[ItemScore], width: float, steps: int, dark: bool) -> Drawing:
    sheet = ChartSheet(width, 10, DARK if dark else LIGHT)
    label_width = 0.4 * width
    labels = [wrap(fonts.printable(one.text), label_width, SIZE) for one in told]
    heights = [max(_ROW, len(lines) * LEADING) + _GAP for lines in labels]
    sheet.resize(sum(heights) + 2)
    start, room = label_width + 10, width - label_width - 10 - 88
    top = 0.0
    for one, lines, height in zip(told, labels, heights, strict=True):
        middle = top + height / 2
        for number, line in enumerate(lines):
            sheet.words(0, middle + (number - (len(lines) - 1) / 2) * LEADING, line)
        _bar(sheet, one, start, middle - _ROW / 2, room, SHADES[steps])
        value = one.score.mean if steps == 5 else one.score.nps
        figure = "–" if value is None else f"{value:.2f}" if steps == 5 else show_number(value)
        sheet.words(start + room + 38, middle, figure, anchor="end", bold=True)
        sheet.words(width, middle, _("n = {n}").format(n=f"{one.score.n:,}"), sheet.colours.muted, "end")
        top += height
    drawing: Drawing = sheet.drawing
    return drawing


def _bar(sheet: ChartSheet, one: ItemScore, x: float, y: float, room: float, shades: Sequence[str]) -> None:
    """Neighbours of one shade are one part with one figure."""
    parts: list[tuple[str, int]] = []
    for shade, count in zip(shades, one.spread, strict=True):
        if parts and parts[-1][0] == shade:
            parts[-1] = (shade, parts[-1][1] + count)
        else:
            parts.append((shade, count))
    for shade, count in parts:
        if not count:
            continue
        length = room * count / one.score.n
        sheet.box(x, y, max(length - 0.8, 0.4), _ROW, shade)
        share = f"{100 * count / one.score.n:.0f}"
        if fonts.width(share, SIZE) + 4 < length:
            ink = "#FFFFFF" if shade in ("#B42318", "#2563EB") else "#1D2129"
            sheet.words(x + length / 2, y + _ROW / 2, share, ink, "middle")
        x += length
