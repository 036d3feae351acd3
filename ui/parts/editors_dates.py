"""Editors for days and moments: typed freely, or picked from a small calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QAction, QPalette, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.i18n import _, language, ngettext
from crm_desktop.models.fields import Field
from ui import theme
from ui.parts.editors_base import LineEditor

_DAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_WEEK = re.compile(r"(?P<which>下下|下|本|这)?(?:个)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])")
_NEXT = re.compile(r"next (?P<day>mon|tue|wed|thu|fri|sat|sun)[a-z]*", re.I)
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PLUS = re.compile(
    r"\+\s*(?P<n>\d{1,3})\s*(?P<unit>[dwm天周月]?)|(?P<n2>\d{1,3})\s*(?:个)?(?P<unit2>[天周月])[之以]?后"
)
_UNITS = {"": 1, "d": 1, "天": 1, "w": 7, "周": 7}


def near_day(text: str, today: date) -> date | None:
    """A day by how far it is: +3, 2周后, 下周一, next Friday; None for any other text."""
    text = text.strip()
    if plus := _PLUS.fullmatch(text):
        number, unit = int(plus["n"] or plus["n2"]), plus["unit"] or plus["unit2"] or ""
        return in_months(today, number) if unit in ("m", "月") else today + timedelta(days=number * _UNITS[unit])
    monday = today - timedelta(days=today.weekday())
    if week := _WEEK.fullmatch(text):
        day = monday + timedelta(days=_DAYS[week["day"]] + 7 * {"下": 1, "下下": 2}.get(week["which"] or "", 0))
        return day + timedelta(days=7) if week["which"] is None and day < today else day
    if following := _NEXT.fullmatch(text):
        return monday + timedelta(days=7 + _ENGLISH.index(following["day"].lower()))
    return None


def in_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(last, day.day))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


class DateEditor(LineEditor):
    """A day: 2024.3.5, 明天, 下周一, +3, or one of the calendar."""

    def __init__(self, field: Field[Any], parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._calendar: CalendarPopup | None = None
        pick = QAction(theme.icon("calendar", "muted"), _("Calendar"), self.line)
        pick.triggered.connect(self.pick)
        self.line.addAction(pick, QLineEdit.ActionPosition.TrailingPosition)

    @override
    def read(self, text: str) -> Any:
        day = near_day(text, date.today())
        return day.isoformat() if day else super().read(text)

    @override
    def leave(self) -> None:
        super().leave()
        self._say_when()

    @override
    def set_value(self, value: Any) -> None:
        super().set_value(value)
        self._say_when()

    def choose(self, day: date) -> None:
        """Take a day as if it had been typed."""
        self.line.setText(day.isoformat())
        self.leave()
        self.edited.emit()

    def pick(self) -> None:
        """Open the calendar under the line (Alt+Down)."""
        if self._calendar is None:
            self._calendar = CalendarPopup(self, self.choose)
        try:
            stored = self.value()
        except UserError:
            stored = None
        self._calendar.open_at(date.fromisoformat(stored[:10]) if stored else date.today(), self.line)

    def _say_when(self) -> None:
        """The day as people say it, on hover: 11-24 Tue."""
        try:
            stored = self.value()
        except UserError:
            stored = None
        near = ""
        if stored:
            day = date.fromisoformat(stored[:10])
            near = f"{values.show_date(stored, near=True)} · {values.weekday(day)}"
        self.line.setToolTip(near or _(self.field.help))


class DateTimeEditor(DateEditor):
    """A moment: a day, with or without a time."""

    @override
    def read(self, text: str) -> Any:
        day = near_day(text, date.today())
        if day:
            return f"{day.isoformat()}T00:00:00"
        head, _space, tail = text.strip().rpartition(" ")
        if head and (day := near_day(head, date.today())):
            return f"{day.isoformat()}T{values.read_time(tail).value}:00"[:19]
        try:
            return super().read(text)
        except UserError:
            clock = values.read_time(text).value if re.search(r"[:：点时]", text) else None
            if clock is None:
                raise
            return f"{date.today().isoformat()}T{clock}:00"[:19]

    @override
    def written(self, value: Any) -> str:
        shown = values.show_datetime(value)
        return shown.removesuffix(" 00:00")

    @override
    def choose(self, day: date) -> None:
        try:
            stored = self.value() or ""
        except UserError:
            stored = ""
        clock = stored[11:16]
        self.line.setText(f"{day.isoformat()} {clock}".removesuffix(" 00:00").strip())
        self.leave()
        self.edited.emit()


class BirthdayEditor(LineEditor):
    """A birthday by either calendar; shows when it comes next in both."""

    @override
    def leave(self) -> None:
        super().leave()
        self._say_next()

    @override
    def set_value(self, value: Any) -> None:
        super().set_value(value)
        self._say_next()

    @override
    def compact(self) -> None:
        super().compact()
        self.hint = lambda text: self.line.setToolTip(text)  # type: ignore[method-assign]

    def _say_next(self) -> None:
        stored = "" if self.problem() else self.value()
        self.hint(next_in_both(stored, date.today()) if stored else "")


def next_in_both(stored: str, today: date) -> str:
    """When a birthday comes next: the day, how far it is, and the same day by the lunar calendar."""
    # slow to import, and few birthdays are typed
    from lunar_python import Solar

    day = values.next_birthday(stored, today)
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    lunar_text = values.show_birthday(f"lunar:--{abs(lunar.getMonth()):02}-{lunar.getDay():02}")
    apart = (day - today).days
    far = _("today") if not apart else ngettext("in {n} day", "in {n} days", apart).format(n=apart)
    return _("Next: {day} {weekday} ({far}) · {lunar}").format(
        day=day.isoformat(), weekday=values.weekday(day), far=far, lunar=lunar_text
    )


class CalendarPopup(QFrame):
    """A month to pick a day from, with the days that are picked most."""

    def __init__(self, parent: QWidget, chosen: Callable[[date], object]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("popup", True)
        self._chosen = chosen
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale("zh_CN" if language() == "zh_CN" else "en_GB"))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setAccessibleName(_("Calendar"))
        weekend = QTextCharFormat()
        weekend.setForeground(theme.tone("muted"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, weekend)
        self.calendar.setMinimumSize(290, 230)
        self._dress()
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)
        column.addWidget(self.calendar)
        row = QHBoxLayout()
        for text, days in ((_("Today"), 0), (_("Tomorrow"), 1), (_("In a week"), 7)):
            button = QPushButton(text)
            button.setProperty("link", True)
            button.clicked.connect(lambda _on, n=days: self._give(date.today() + timedelta(days=n)))
            row.addWidget(button)
        column.addLayout(row)

    def open_at(self, day: date, line: QWidget) -> None:
        """Show the month of a day under a line."""
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        self.move(line.mapToGlobal(QPoint(0, line.height() + 2)))
        self.show()
        self.calendar.setFocus()

    def _dress(self) -> None:
        """Month and year stand quietly, with our own arrows."""
        if (bar := self.calendar.findChild(QWidget, "qt_calendar_navigationbar")) is not None:
            for part in (bar, *bar.findChildren(QToolButton)):
                quiet = part.palette()
                quiet.setColor(QPalette.ColorRole.Highlight, theme.tone("surface"))
                quiet.setColor(QPalette.ColorRole.HighlightedText, theme.tone("text"))
                part.setPalette(quiet)
        for name, icon in (("prev", "chevron-left"), ("next", "chevron-right")):
            if (button := self.calendar.findChild(QToolButton, f"qt_calendar_{name}month")) is not None:
                button.setIcon(theme.icon(icon))

    def _take(self, day: QDate) -> None:
        self._give(date(day.year(), day.month(), day.day()))

    def _give(self, day: date) -> None:
        self.hide()
        self._chosen(day)
