"""The steps of a course as a bar: what is done with its day and person, where it stands, what is still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from ui import theme

TIP = 9


@dataclass(frozen=True)
class Step:
    """One step."""

    label: str
    how: str
    """"done", "now", "stopped" (now, but it does not go on by itself) or "later"."""
    note: str = ""
    """When and by whom, or what is special."""


def shares(width: int, needed: Sequence[int]) -> list[float]:
    """How a width is shared out: equally where all fit, else longer words take from the room of shorter ones.

    Where it is too narrow for all, only the longest are cut.
    """
    equal = width / max(1, len(needed))
    if all(need <= equal for need in needed):
        return [equal] * len(needed)
    spare = (width - sum(needed)) / len(needed)
    if spare >= 0:
        return [need + spare for need in needed]
    left, most = float(width), 0.0
    for place, need in enumerate(sorted(needed)):
        most = left / (len(needed) - place)
        if need > most:
            break
        left -= need
    return [min(need, most) for need in needed]


class StepBar(QWidget):
    """Chevrons side by side; each tells the whole of it in its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps: list[Step] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(240)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show another course."""
        self.steps = list(steps)
        words = [
            f"{step.label} ({step.note})" if step.note else step.label for step in self.steps if step.how != "later"
        ]
        self.setAccessibleName(" → ".join(words))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, 2 * self.fontMetrics().height() + 14)

    def _place(self, number: int) -> QRect:
        """Where a step is painted."""
        widths = shares(self.width(), [self._needed(n) for n in range(len(self.steps))])
        left, right = round(sum(widths[:number])), round(sum(widths[: number + 1]))
        return QRect(left, 0, right - left, self.height())

    def _needed(self, number: int) -> int:
        """How wide a step must be for its words."""
        step, bold = self.steps[number], self.font()
        bold.setBold(True)
        label = (QFontMetrics(bold) if step.how in ("now", "stopped") else self.fontMetrics()).horizontalAdvance(
            step.label
        )
        return max(label, self.fontMetrics().horizontalAdvance(step.note)) + 2 * TIP + 8

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, step in enumerate(self.steps):
            self._paint(painter, self._place(number), step, number)

    def _paint(self, painter: QPainter, place: QRect, step: Step, number: int) -> None:
        now = step.how in ("now", "stopped")
        colour = theme.tone("due" if step.how == "stopped" else "accent")
        surface = theme.tone("surface")
        fill = colour if now else theme.mixed(colour, surface, 0.14) if step.how == "done" else theme.tone("line")
        left, right, middle, low = place.left(), place.right() - 1, place.height() / 2, place.height()
        last = number == len(self.steps) - 1
        points = [QPointF(left, 0), QPointF(right - (0 if last else TIP), 0)]
        points += [QPointF(right, 0), QPointF(right, low)] if last else [QPointF(right, middle)]
        points += [QPointF(right - (0 if last else TIP), low), QPointF(left, low)]
        points += [QPointF(left + TIP, middle)] if number else []
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF(points))
        ink = theme.tone("on_accent" if now else "text" if step.how == "done" else "muted")
        inner = place.adjusted(TIP + 4 if number else 8, 4, -TIP, -4)
        metrics = self.fontMetrics()
        font = self.font()
        font.setBold(now)
        painter.setFont(font)
        painter.setPen(ink)
        label = QFontMetrics(font).elidedText(step.label, Qt.TextElideMode.ElideRight, inner.width())
        top = int(
            Qt.AlignmentFlag.AlignLeft | (Qt.AlignmentFlag.AlignTop if step.note else Qt.AlignmentFlag.AlignVCenter)
        )
        painter.drawText(inner, top, label)
        painter.setFont(self.font())
        if step.note:
            note = metrics.elidedText(step.note, Qt.TextElideMode.ElideRight, inner.width())
            painter.setPen(ink if now else theme.tone("muted"))
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), note)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            for number, step in enumerate(self.steps):
                if self._place(number).contains(event.pos()):
                    text = f"{step.label}\n{step.note}".strip()
                    QToolTip.showText(event.globalPos(), text, self)
                    return True
        return super().event(event)
