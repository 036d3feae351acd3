"""How often each score was given, as one bar: the worst on the left in the darkest grey, the best in the accent."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from crm_desktop.models.survey import NPS
from crm_desktop.statistics.surveys import DETRACTORS, PROMOTERS
from ui import theme

Index = QModelIndex | QPersistentModelIndex


def parts(kind: str, spread: list[int]) -> list[int]:
    """What is drawn beside each other: each of five scores, or the three groups of a recommendation."""
    if kind == NPS:
        low, high = len(DETRACTORS), PROMOTERS.start
        return [sum(spread[:low]), sum(spread[low:high]), sum(spread[high:])]
    return spread


class SpreadDelegate(QStyledItemDelegate):
    """Paints a bar with the numbers in it, from (kind of question, how often each score was given)."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(180, super().sizeHint(option, index).height())

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        found = index.data(Qt.ItemDataRole.UserRole)
        if not found or not found[1] or not sum(found[1]):
            return
        counts = parts(*found)
        whole = sum(counts)
        place = QRectF(option.rect).adjusted(6, 6, -10, -6)
        x = place.left()
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        for number, count in enumerate(counts):
            wide = place.width() * count / whole
            if not count:
                continue
            fill = colour(number, len(counts))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRect(QRectF(x, place.top(), max(wide - 1.5, 1.0), place.height()))
            if wide > painter.fontMetrics().horizontalAdvance(str(count)) + 6:
                ink = max((theme.tone("surface"), theme.tone("text")), key=lambda one: theme.contrast(one, fill))
                painter.setPen(ink)
                painter.drawText(QRectF(x, place.top(), wide, place.height()), Qt.AlignmentFlag.AlignCenter, str(count))
            x += wide
        painter.restore()


def colour(number: int, of: int) -> QColor:
    """The shade of the n-th score: greys for what is low, the accent for what is high."""
    middle = (of - 1) / 2
    surface = theme.tone("surface")
    if number < middle:
        return theme.mixed(theme.tone("text"), surface, 0.75 - 0.3 * number / max(1, middle))
    if number == middle:
        return theme.mixed(theme.tone("muted"), surface, 0.3)
    return theme.mixed(theme.tone("accent"), surface, 0.55 + 0.45 * (number - middle) / middle)
