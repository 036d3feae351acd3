"""What drives the overall score as a picture: importance upwards, score to the right, four quarters (S02)."""

from __future__ import annotations

from typing import Final

from crm_desktop.i18n import N_, _
from crm_desktop.reports import fonts
from crm_desktop.reports.chart_sheet import DARK, LIGHT, SIZE, ChartSheet
from crm_desktop.reports.charts import Chart
from crm_desktop.statistics.drivers import IMPROVE, KEEP, LESS, QUARTERS, WATCH, Driver, Drivers
from crm_desktop.values import show_number

CORNERS: Final = {
    IMPROVE: N_("Improve first"),
    KEEP: N_("Keep it so"),
    WATCH: N_("Later"),
    LESS: N_("Enough as it is"),
}
"""What the quarters are called in the picture."""
RADIUS: Final = 7.0
LEFT, TOP, BELOW, RIGHT = 34.0, 8.0, 30.0, 10.0


def draw(found: Drivers, width: float = 460, height: float = 270, dark: bool = False) -> Chart:
    """The questions as numbered dots, the most important is 1; without any importance it says so in words."""
    fonts.warm()
    sheet = ChartSheet(width, height, DARK if dark else LIGHT)
    known = [one for one in found.found if one.importance is not None]
    if not known or found.mean_score is None or found.mean_importance is None:
        sheet.words(width / 2, height / 2, _("Too few answers for a picture"), sheet.colours.muted, "middle")
        return Chart(sheet.drawing, sheet.places)
    across = _span([one.mean for one in known], 1.0, 5.0)
    up = _span([one.importance or 0.0 for one in known], -1.0, 1.0)
    _frame(sheet, across, up)
    left, top, wide, high = LEFT, TOP, width - LEFT - RIGHT, height - TOP - BELOW
    x0 = left + wide * _part(found.mean_score, across)
    y0 = top + high * (1 - _part(found.mean_importance, up))
    sheet.rule(x0, top, x0, top + high, sheet.colours.rest, 1.0)
    sheet.rule(left, y0, left + wide, y0, sheet.colours.rest, 1.0)
    _name_corners(sheet)
    taken: list[tuple[float, float, float, float]] = []
    spots = [
        (one, left + wide * _part(one.mean, across), top + high * (1 - _part(one.importance or 0.0, up)))
        for one in known
    ]
    taken += [(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for _one, x, y in spots]
    for number, (one, x, y) in enumerate(spots, 1):
        _dot(sheet, number, one, x, y)
    for one, x, y in spots:
        _label(sheet, one, x, y, taken)
    return Chart(sheet.drawing, sheet.places)


def _span(values: list[float], least: float, most: float) -> tuple[float, float]:
    """From where to where an axis goes: all values with some air, in steps of a quarter."""
    low, high = min(values) - 0.15, max(values) + 0.15
    start, end = (low // 0.25) * 0.25, -((-high) // 0.25) * 0.25
    if end - start < 0.75:
        start, end = start - 0.25, end + 0.25
    return max(least, start), min(most, end)


def _part(value: float, span: tuple[float, float]) -> float:
    return (value - span[0]) / ((span[1] - span[0]) or 1.0)


def _frame(sheet: ChartSheet, across: tuple[float, float], up: tuple[float, float]) -> None:
    wide, high = sheet.width - LEFT - RIGHT, sheet.height - TOP - BELOW
    bottom = TOP + high
    sheet.rule(LEFT, TOP, LEFT, bottom, sheet.colours.line)
    sheet.rule(LEFT, bottom, LEFT + wide, bottom, sheet.colours.line)
    for value in across:
        x = LEFT + wide * _part(value, across)
        anchor = "start" if value == across[0] else "end"
        sheet.words(x, bottom + 9, show_number(value), sheet.colours.muted, anchor)
    for value in up:
        y = TOP + high * (1 - _part(value, up))
        sheet.words(LEFT - 4, min(max(y, TOP + 4), bottom - 4), show_number(value), sheet.colours.muted, "end")
    words = _("Mean score → (up: importance, the correlation with the overall score)")
    sheet.words(LEFT + wide / 2, bottom + 21, words, sheet.colours.muted, "middle")


def _name_corners(sheet: ChartSheet) -> None:
    right, bottom = sheet.width - RIGHT - 4, sheet.height - BELOW - 8
    for key, x, y, anchor in (
        (IMPROVE, LEFT + 5, TOP + 7, "start"),
        (KEEP, right, TOP + 7, "end"),
        (WATCH, LEFT + 5, bottom, "start"),
        (LESS, right, bottom, "end"),
    ):
        colour = sheet.colours.hues[0] if key == IMPROVE else sheet.colours.muted
        sheet.words(x, y, _(CORNERS[key]), colour, anchor, bold=key == IMPROVE)


def _dot(sheet: ChartSheet, number: int, one: Driver, x: float, y: float) -> None:
    from reportlab.graphics.shapes import Circle  # lazy: start-up time
    from reportlab.lib.colors import HexColor

    first = one.quarter == IMPROVE
    fill = sheet.colours.hues[0] if first else sheet.colours.rest
    sheet.drawing.add(Circle(x, sheet.height - y, RADIUS, fillColor=HexColor(fill), strokeColor=None))
    ink = "#FFFFFF" if first and sheet.colours is LIGHT else "#1D2129"
    sheet.words(x, y, str(number), ink, "middle", bold=True)
    tip = _("{number}. {question}: mean {mean}, importance {importance}, {n} answers. {quarter}").format(
        number=number,
        question=one.text,
        mean=show_number(one.mean),
        importance=show_number(one.importance or 0.0),
        n=one.n,
        quarter=_(QUARTERS[one.quarter]) if one.quarter else "",
    )
    sheet.place(one.key, None, (x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS), tip.strip())


def _label(sheet: ChartSheet, one: Driver, x: float, y: float, taken: list[tuple[float, float, float, float]]) -> None:
    """The question beside its dot where there is room for it; else its number has to do."""
    text = fonts.printable(one.text)
    while fonts.width(text, SIZE) > 130:
        text = text[:-2].rstrip() + "…"
    wide = fonts.width(text, SIZE)
    for start in (x + RADIUS + 3, x - RADIUS - 3 - wide):
        box = (start, y - SIZE / 2, start + wide, y + SIZE / 2)
        free = all(box[2] < t[0] or box[0] > t[2] or box[3] < t[1] or box[1] > t[3] for t in taken)
        if free and start >= LEFT + 2 and box[2] <= sheet.width - 2:
            taken.append(box)
            sheet.words(start, y, text)
            return
