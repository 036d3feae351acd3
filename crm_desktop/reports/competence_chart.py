"""The nine abilities of a colleague as a wheel: the newest assessment as a line, the one before it dashed."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Final

from crm_desktop.i18n import _
from crm_desktop.models.competence import ABILITIES, LEAST, MOST
from crm_desktop.reports import fonts
from crm_desktop.reports.chart_sheet import DARK, LEADING, LIGHT, ChartSheet
from crm_desktop.reports.charts import Chart
from crm_desktop.reports.wrapping import wrap
from crm_desktop.staff import GAP, Score

LABEL: Final = 100.0
"""Room for the name of an ability beside the wheel."""
DASHES: Final = (4, 3)


def draw(scores: Sequence[Score], width: float = 460, height: float = 300, dark: bool = False) -> Chart:
    """The wheel; without any score it says so in words. Low scores carry a sign besides their place."""
    fonts.warm()
    sheet = ChartSheet(width, height, DARK if dark else LIGHT)
    if not any(one.score for one in scores):
        sheet.words(width / 2, height / 2, _("Not assessed yet"), sheet.colours.muted, "middle")
        return Chart(sheet.drawing, sheet.places)
    middle, radius = (width / 2, height / 2 - 8), min(width / 2 - LABEL, height / 2 - 34)
    spokes = [_turn(number, len(scores)) for number in range(len(scores))]
    for ring in range(LEAST, MOST + 1):
        points = [_at(middle, spoke, radius * ring / MOST) for spoke in spokes]
        sheet.path([*points, points[0]], sheet.colours.line, dots=False)
        sheet.words(middle[0] + 3, middle[1] - radius * ring / MOST + 6, str(ring), sheet.colours.muted)
    for spoke in spokes:
        sheet.rule(*middle, *_at(middle, spoke, radius), sheet.colours.line)
    before = [(spoke, one.before) for spoke, one in zip(spokes, scores, strict=True)]
    _line(sheet, middle, radius, before, sheet.colours.rest, DASHES)
    _line(sheet, middle, radius, [(s, one.score) for s, one in zip(spokes, scores, strict=True)], sheet.colours.hues[0])
    for spoke, one in zip(spokes, scores, strict=True):
        _name(sheet, middle, radius, spoke, one)
    _legend(sheet, any(one.before for one in scores))
    return Chart(sheet.drawing, sheet.places)


def _turn(number: int, of: int) -> float:
    """The angle of a spoke; the first points up, the others follow the clock."""
    return pi / 2 - 2 * pi * number / of


def _at(middle: tuple[float, float], angle: float, far: float) -> tuple[float, float]:
    return middle[0] + far * cos(angle), middle[1] - far * sin(angle)


def _line(
    sheet: ChartSheet,
    middle: tuple[float, float],
    radius: float,
    told: Sequence[tuple[float, int | None]],
    colour: str,
    dashes: tuple[float, ...] | None = None,
) -> None:
    points = [_at(middle, spoke, radius * score / MOST) for spoke, score in told if score]
    if len(points) > 2:
        points.append(points[0])
    sheet.path(points, colour, dashes, dots=dashes is None)


def _name(sheet: ChartSheet, middle: tuple[float, float], radius: float, spoke: float, one: Score) -> None:
    score = "–" if one.score is None else f"{one.score}"
    sign = "▲ " if one.is_gap else ""
    lines = wrap(fonts.printable(f"{sign}{_(ABILITIES[one.ability])} {score}"), LABEL - 14, 8.5, one.is_gap)
    x, y = _at(middle, spoke, radius + 12)
    anchor = "middle" if abs(cos(spoke)) < 0.2 else "start" if cos(spoke) > 0 else "end"
    top = y - (len(lines) - 1) * LEADING * (1.0 if sin(spoke) > 0.9 else 0.5)
    for number, line in enumerate(lines):
        sheet.words(x, top + number * LEADING, line, "", anchor, bold=one.is_gap)
    then = "" if one.before is None else " · " + _("before: {score}").format(score=one.before)
    tip = f"{_(ABILITIES[one.ability])}: {score}{then}" + (f" · {one.remark}" if one.remark else "")
    left = {"start": x, "middle": x - LABEL / 2, "end": x - LABEL}[anchor]
    sheet.place(one.ability, None, (left, top - 8, LABEL, len(lines) * LEADING + 8), tip)


def _legend(sheet: ChartSheet, compared: bool) -> None:
    y = sheet.height - 6
    sheet.path([(0, y), (16, y)], sheet.colours.hues[0], dots=False)
    now = _("newest assessment")
    sheet.words(20, y, now, sheet.colours.muted)
    x = 20 + fonts.width(fonts.printable(now), 8.5) + 16
    if compared:
        sheet.path([(x, y), (x + 16, y)], sheet.colours.rest, DASHES, dots=False)
        sheet.words(x + 20, y, _("the one before"), sheet.colours.muted)
        x += 20 + fonts.width(fonts.printable(_("the one before")), 8.5) + 16
    sheet.words(x, y, _("▲ below {gap}: training needed").format(gap=GAP), sheet.colours.muted)
