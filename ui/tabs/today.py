"""Today: what is due, the most pressing first; a click goes there."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop import today, values
from crm_desktop.i18n import _
from crm_desktop.models import people
from ui import dialogs, preferences, tasks, theme
from ui.parts import desk, safekeeping
from ui.parts.due_list import DueList
from ui.parts.fileinfo import FileInfo
from ui.parts.fresh_tab import FreshTab
from ui.parts.news_notice import NewsNotice
from ui.parts.notice import Notice
from ui.parts.tab import Show
from ui.parts.tile import Tile
from ui.parts.tile_rows import TileRows

ICONS = {
    "contacts": "calendar-event",
    "complaints": "message-report",
    "requests": "tool",
    "answers": "mail",
    "birthdays": "cake",
    "neglected": "alarm",
    "improvements": "adjustments-horizontal",
    "signals": "mood-sad",
    "surveys": "mood-smile",
    "feedback": "note",
    "trainings": "star",
}
LEADING = frozenset(
    ("customer", "interaction", "complaint", "service_request", "survey_run", "survey_asked", "feedback")
)
"""Kinds of records that have a tab of their own."""
MINE = preferences.Preference("today_mine", False)
ACROSS = 6
"""So many tiles stand in the first row; others make a flat one below."""
EVERY_MINUTES = 10
"""How often it is read again by itself: at midnight another day begins."""


class TodayTab(FreshTab):
    """Tiles with what waits, and one list of it."""

    NAME = "today"

    def __init__(self, info: FileInfo, parent: QWidget | None = None) -> None:
        super().__init__(info, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 8)
        column.setSpacing(12)
        column.addLayout(self._top())
        self.news, self.notice, self.calendar = NewsNotice(), Notice(), Notice()
        self.news.wanted.connect(lambda id: dialogs.news.NewsDialog(self, id).open())
        notices = QVBoxLayout()
        notices.setSpacing(6)
        for notice in (self.news, self.notice, self.calendar):
            notices.addWidget(notice)
        column.addLayout(notices)
        safekeeping.keeper.changed.connect(self.look_at_backups)
        self.tiles = TileRows(ACROSS)
        column.addWidget(self.tiles)
        self.list = DueList(_("What is due"))
        self.list.picked.connect(self._go)
        self.list.contact_asked.connect(self.contact_asked)
        column.addWidget(self.list, 1)
        clock = QTimer(self, interval=EVERY_MINUTES * 60_000)
        clock.timeout.connect(self.read_again)
        clock.start()
        self.reload()

    def _top(self) -> QHBoxLayout:
        """The day, whose things are shown, and the button that is used most."""
        top = QHBoxLayout()
        self.day = QLabel()
        self.day.setFont(theme.title_font(16))
        top.addWidget(self.day, 1)
        self.whose = QComboBox()
        self.whose.setAccessibleName(_("Whose"))
        self.whose.addItem(_("Everybody's"), False)
        self.whose.addItem(_("Mine"), True)
        self.whose.setCurrentIndex(int(MINE.get()))
        self.whose.currentIndexChanged.connect(self._choose)
        top.addWidget(self.whose)
        write = QPushButton(theme.icon("message", "on_accent"), _("Write down a contact"))
        write.setProperty("primary", True)
        write.setToolTip(_("Write down a contact") + "  Ctrl+L")
        write.clicked.connect(lambda: self.contact_asked.emit(None))
        top.addWidget(write)
        return top

    @override
    def reload(self) -> None:
        """Read what is due now."""
        user = desk.user()
        owner = user.id if user and MINE.get() else None
        day = date.today()
        self.day.setText(f"{day.isoformat()}  {values.weekday(day)}")
        tasks.run(self, lambda: today.due(day, owner), self.show_due, place="due", reading=True)
        self.news.reload()
        self.look_at_backups()

    def look_at_backups(self) -> None:
        """Say when a backup failed, is missing or overdue."""
        tasks.run(self, safekeeping.due_now, self._tell_backup, place="backup", background=True)

    def _tell_backup(self, due: str) -> None:
        trouble = safekeeping.keeper.trouble
        if trouble or due:
            tone: theme.Tone = "overdue" if trouble else "due"
            self.notice.say(trouble or due, [(_("Back up now"), self._back_up)], tone)
        else:
            self.notice.hide()

    def _back_up(self) -> None:
        progress = safekeeping.keeper.back_up()
        if (bar := desk.bar_near(self)) is not None:
            bar.follow(progress, _("Making a backup"))

    def show_due(self, found: today.Today) -> None:
        """Show it."""
        self.tiles.show_tiles([partial(self._tile, section) for section in found.sections])
        self.list.show_sections(found.sections)
        if found.calendar_lacks is None:
            self.calendar.hide()
        else:
            text = _("The holidays of {year} are not in the calendar yet: deadlines there go by the weekdays alone.")
            do = [(_("Bring in the notice"), self._bring_in_notice)]
            self.calendar.say(text.format(year=found.calendar_lacks), do)

    def _tile(self, section: today.Section, flat: bool) -> Tile:
        """How many of one kind; red and with a sign where something is late."""
        late = any(item.tone == "overdue" for item in section.items)
        words = section.title + ("  ▲" if late else "")
        tile = Tile(f"{section.count:,}", words, icon=ICONS.get(section.key, "list"), flat=flat)
        theme.set_property(tile.figure, "tone", "overdue" if late else "")
        tile.clicked.connect(partial(self.list.go_to, section.key))
        return tile

    def _bring_in_notice(self) -> None:
        dialog = dialogs.office.OfficeDialog(self, self.info)
        dialog.show_calendar()
        dialog.open()

    def _choose(self) -> None:
        MINE.set(bool(self.whose.currentData()))
        self.reload()

    def _go(self, item: today.Item) -> None:
        if item.table == "complaint_signal":
            dialog = dialogs.complaint_signals.SignalsDialog(self)
            dialog.asked.connect(self.asked)
            dialog.open()
        elif item.table in ("training", "assessment"):
            dialogs.competence.Abilities(self, people.find(item.who)).open()
        elif item.table in ("contact", "survey_due") and item.customer is not None:
            self.asked.emit(Show("customer", item.customer))
        elif item.table in LEADING:
            self.asked.emit(Show(item.table, item.id))  # type: ignore[arg-type]

    @override
    def search(self) -> None:
        self.list.setFocus()

    @override
    def new(self) -> None:
        self.contact_asked.emit(None)

    @override
    def current_customer(self) -> int | None:
        item = self.list.current()
        return item.customer if item else None


TAB = TodayTab
