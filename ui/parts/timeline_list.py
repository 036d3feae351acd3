"""The entries of a timeline: read page by page while one scrolls, painted so that thousands stay smooth."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from crm_desktop import timeline, values
from crm_desktop.i18n import _
from crm_desktop.models import lists, people
from crm_desktop.models.complaint import CLOSED
from crm_desktop.models.feedback import ENDED
from crm_desktop.models.service import CLOSED as DONE
from crm_desktop.timeline import Entry
from ui import tasks, theme
from ui.parts.badges import Badge, paint_shape

Index = QModelIndex | QPersistentModelIndex
WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
DAY, PAD, LINES = 92, 8, 3
ICONS = {
    "phone": "phone",
    "wechat": "brand-wechat",
    "wecom": "brand-wechat",
    "email": "mail",
    "sms": "message",
    "visit": "map-pin",
    "came": "building",
    "event": "calendar-event",
}
CASES = {
    timeline.COMPLAINTS: "message-report",
    timeline.REQUESTS: "tool",
    timeline.FEEDBACK: "note",
    timeline.SURVEYS: "mood-smile",
}
"""The icons of what is no contact."""


class Entries(QAbstractListModel):
    """What was read so far; asks for more when the end comes into sight."""

    read = Signal()
    """A page has come."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self._question: tuple[int, str, str] | None = None
        self._complete = True
        self._asking = False

    def ask(self, customer: int | None, kind: str = "", text: str = "", least: int = 0) -> None:
        """Show another customer, or other entries of this one; `least` so many at once."""
        self._question = (customer, kind, text) if customer is not None else None
        self._complete = customer is None
        if customer is None:
            self._take([], 0, True)
        else:
            self._next(None, max(least, timeline.PAGE))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    @override
    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        entry = self.entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{values.show_datetime(entry.at)} {title(entry)} {entry.text}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (values.show_datetime(entry.at), entry.text, entry.answer) if part)
        return None

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not self._complete and not self._asking and bool(self.entries)

    @override
    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._next(self.entries[-1], timeline.PAGE)

    def _next(self, after: Entry | None, count: int) -> None:
        assert self._question is not None
        self._asking = True
        customer, kind, text = self._question
        tasks.run(
            self,
            lambda: timeline.page(customer, kind, text, after, count),
            lambda found: self._take(found, count, after is None),
            place="page",
            reading=True,
        )

    def _take(self, found: list[Entry], wanted: int, anew: bool) -> None:
        self._asking = False
        self._complete = len(found) < wanted or not wanted
        if anew:
            self.beginResetModel()
            self.entries = found
            self.endResetModel()
        elif found:
            end = len(self.entries)
            self.beginInsertRows(QModelIndex(), end, end + len(found) - 1)
            self.entries += found
            self.endInsertRows()
        self.read.emit()


def title(entry: Entry) -> str:
    """Channel, who and whom: 电话 · 王芳 → 曾家辉; of complaints, requests and feedback number and state."""
    if entry.table == timeline.COMPLAINTS:
        parts = [_("Complaint {code}").format(code=entry.code), lists.label("complaint_state", entry.state)]
        return " · ".join(part for part in (*parts, people.name(entry.by)) if part)
    if entry.table == timeline.REQUESTS:
        kind, state = lists.label("request_type", entry.mood), lists.label("request_state", entry.state)
        told = (_("Service request {code}").format(code=entry.code), kind, state, people.name(entry.by))
        return " · ".join(part for part in told if part)
    if entry.table == timeline.FEEDBACK:
        kind, state = lists.label("feedback_kind", entry.mood), lists.label("feedback_state", entry.state)
        told = (_("Feedback {code}").format(code=entry.code), kind, state, people.name(entry.by))
        return " · ".join(part for part in told if part)
    if entry.table == timeline.SURVEYS:
        scores = (_("Survey {code}").format(code=entry.code), *_scores(entry), people.name(entry.by))
        return " · ".join(part for part in scores if part)
    ours, theirs = people.name(entry.by), entry.contact
    arrow = "←" if entry.direction == "in" else "↔" if entry.direction == "mutual" else "→"
    pair = f"{ours} {arrow} {theirs}" if ours and theirs else ours or theirs
    return " · ".join(part for part in (lists.label("channel", entry.channel), pair) if part)


def _scores(entry: Entry) -> tuple[str, ...]:
    """How content a customer said it is, and how likely it would recommend us."""
    overall = _("overall {n} of 5").format(n=entry.mood) if entry.mood else ""
    return overall, _("recommends {n} of 10").format(n=entry.state) if entry.state else ""


def follow_up(entry: Entry) -> str:
    """What is to follow: ↳ 11-24 周二 报价."""
    if entry.table != timeline.CONTACTS:
        return f"→ {entry.answer}" if entry.answer else ""
    said = [values.show_datetime(entry.next_at, near=True).removesuffix(" 00:00"), entry.next_what]
    words = " ".join(part for part in said if part)
    return f"↳ {words}" if words else ""


def sign_of(entry: Entry) -> Badge | None:
    """A complaint says whether it is open, a contact how the customer felt."""
    if entry.table == timeline.COMPLAINTS:
        return Badge("✓", "", "good") if entry.state in CLOSED else Badge("▲", "", "overdue")
    if entry.table == timeline.REQUESTS:
        return Badge("✓", "", "good") if entry.state in DONE else Badge("●", "", "due")
    if entry.table == timeline.FEEDBACK:
        return Badge("✓", "", "good") if entry.state in ENDED else Badge("●", "", "due")
    if entry.table == timeline.SURVEYS:
        scored = lists.entry("satisfaction", entry.mood) if entry.mood else None
        return Badge(scored.sign, "", scored.colour) if scored and scored.sign else None
    found = lists.entry("mood", entry.mood) if entry.mood else None
    return Badge(found.sign, found.label, found.colour) if found and found.sign else None


class EntryList(QListView):
    """The list itself: a click or Enter opens an entry, once."""

    opened = Signal(object)
    """The Entry."""

    def __init__(self, entries: Entries) -> None:
        super().__init__()
        self._lines = EntryLines()
        self._lines.setParent(self)
        self.setModel(entries)
        self.setItemDelegate(self._lines)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # entries break their lines by the width: a bar that comes and goes would break them twice
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Timeline"))
        self.clicked.connect(lambda index: self.opened.emit(entries.entries[index.row()]))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.clicked.emit(index)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()


class EntryLines(QStyledItemDelegate):
    """Day left; then channel and people, up to three lines of what was said, and what follows."""

    def __init__(self) -> None:
        super().__init__()
        self._heights: dict[tuple[int, int], tuple[Entry, int]] = {}

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        assert isinstance(model, Entries)
        entry = model.entries[index.row()]
        view = self.parent()
        width = view.viewport().width() if hasattr(view, "viewport") else 600  # type: ignore[union-attr]
        key = (entry.id, width)
        known = self._heights.get(key)
        if known is None or known[0] != entry:
            if len(self._heights) > 20_000:
                self._heights.clear()
            known = self._heights[key] = (entry, self._height(entry, width, option.fontMetrics))
        return QSize(width, known[1])

    def _height(self, entry: Entry, width: int, metrics: QFontMetrics) -> int:
        line = metrics.lineSpacing()
        text = metrics.boundingRect(QRect(0, 0, max(width - DAY - 3 * PAD, 60), 10_000), WRAP, entry.text).height()
        lines = max(1, min(LINES, round(text / line))) if entry.text else 0
        return 2 * PAD + line * (1 + lines + bool(follow_up(entry))) + 3

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, Entries)
        entry = model.entries[index.row()]
        rect, metrics = option.rect, option.fontMetrics
        state, line = option.state, metrics.lineSpacing()
        if state & QStyle.StateFlag.State_Selected or state & QStyle.StateFlag.State_MouseOver:
            chosen = state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus
            painter.fillRect(rect, theme.tone("selected" if chosen else "hover"))
        painter.setPen(theme.tone("line"))
        painter.drawLine(rect.left() + PAD, rect.bottom(), rect.right() - PAD, rect.bottom())
        top, left = rect.top() + PAD, rect.left() + PAD
        painter.setPen(theme.tone("muted"))
        painter.drawText(QRect(left, top, DAY - 8, line), MIDDLE, values.show_date(entry.at, near=True))
        inside = QRect(left + DAY, top, rect.width() - DAY - 2 * PAD, line)
        self._title(painter, entry, inside, metrics, option)
        painter.setPen(theme.tone("text"))
        follow = follow_up(entry)
        bottom = rect.bottom() - PAD - (line if follow else 0)
        body = QRect(inside.left(), top + line + 2, inside.width(), bottom - top - line)
        painter.drawText(body, WRAP, _shortened(entry.text, body.width(), metrics))
        if follow:
            painter.setPen(theme.tone("accent" if entry.table == timeline.CONTACTS else "muted"))
            words = metrics.elidedText(follow.replace("\n", " "), Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(QRect(inside.left(), bottom + 1, inside.width(), line), MIDDLE, words)

    def _title(
        self, painter: QPainter, entry: Entry, inside: QRect, metrics: QFontMetrics, option: QStyleOptionViewItem
    ) -> None:
        icon = CASES.get(entry.table) or ICONS.get(entry.channel, "note")
        picture = theme.pixmap(icon, 15, "muted", painter.device().devicePixelRatioF())
        painter.drawPixmap(inside.left(), inside.top() + (inside.height() - 15) // 2, picture)
        words = metrics.elidedText(title(entry), Qt.TextElideMode.ElideRight, inside.width() - 44)
        painter.setPen(theme.tone("muted"))
        painter.drawText(inside.adjusted(21, 0, 0, 0), MIDDLE, words)
        if (badge := sign_of(entry)) is not None:
            x = inside.left() + 21 + metrics.horizontalAdvance(words) + 14
            paint_shape(painter, badge, QPointF(x, inside.center().y() + 1), 9)


def _shortened(text: str, width: int, metrics: QFontMetrics) -> str:
    """The first three lines' worth of a text."""
    lines = text.split("\n")
    if len(lines) > LINES:
        text = "\n".join(lines[:LINES]) + " …"
    roomy = max(width, 60) * LINES * 0.93
    if metrics.horizontalAdvance(text) <= roomy or "\n" in text:
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(roomy))
