"""The office's calendar: holidays and made-up working days by year, brought in from the State Council's notice."""

from __future__ import annotations

from datetime import date

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop import values, working_time
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.working_time import Day
from ui import refresh, theme
from ui.parts import desk
from ui.parts.dialog import Dialog

ACTION = N_("Change the calendar")


class CalendarPage(QWidget):
    """A year's special days in a list; single days are changed below, a whole year is pasted."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 16, 4, 8)
        column.setSpacing(8)
        top = QHBoxLayout()
        self.year = QComboBox()
        self.year.setAccessibleName(_("Year"))
        top.addWidget(self.year)
        self.said = QLabel()
        self.said.setProperty("tone", "muted")
        self.said.setWordWrap(True)
        top.addWidget(self.said, 1)
        self.paste_button = QPushButton(theme.icon("file-text"), _("Paste the yearly notice…"))
        self.paste_button.setAutoDefault(False)
        self.paste_button.clicked.connect(self.paste)
        top.addWidget(self.paste_button)
        column.addLayout(top)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Holidays and made-up working days"))
        self.list.currentItemChanged.connect(lambda now, _before: self._choose(now))
        column.addWidget(self.list, 1)
        column.addLayout(self._one_day())
        refresh.signal.changed.connect(self._changed)
        self.year.currentIndexChanged.connect(lambda _index: self.show_days())
        self.show_years(date.today().year)

    def _one_day(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.day = QDateEdit(date.today())  # type: ignore[call-overload]
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName(_("Day"))
        row.addWidget(self.day)
        self.off = self._button(row, "home", _("Is a day off"), False)
        self.work = self._button(row, "briefcase", _("Is worked"), True)
        self.plain = self._button(row, "x", _("As its weekday says"), None)
        row.addStretch()
        return row

    def _button(self, row: QHBoxLayout, icon: str, words: str, work: bool | None) -> QPushButton:
        button = QPushButton(theme.icon(icon), words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.set_day(work))
        row.addWidget(button)
        return button

    def show_years(self, chosen: int) -> None:
        """Offer the years that are known, and the next one."""
        this = date.today().year
        known = sorted({*working_time.known_years(), this, this + 1}, reverse=True)
        self.year.blockSignals(True)
        self.year.clear()
        for year in known:
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(max(0, self.year.findData(chosen)))
        self.year.blockSignals(False)
        self.show_days()

    def show_days(self) -> None:
        """Show the special days of the year that is chosen."""
        year = int(self.year.currentData())
        days = working_time.days_of(year)
        self.list.clear()
        for each in days:
            kind = _("worked") if each.work else _("day off")
            icon = theme.icon("briefcase", "due") if each.work else theme.icon("home", "good")
            words = f"{each.day.isoformat()}  {values.weekday(each.day)}   {kind}   {each.name}"
            item = QListWidgetItem(QIcon(icon), words)
            item.setSizeHint(QSize(0, 28))
            item.setData(Qt.ItemDataRole.UserRole, each)
            self.list.addItem(item)
        if not days:
            text = _("The holidays of {year} are not known yet. Paste the notice when it is out, usually in November.")
            self.said.setText(text.format(year=year))
        else:
            off, made_up = sum(not d.work for d in days), sum(d.work for d in days)
            days_off = ngettext("{n} day off", "{n} days off", off).format(n=off)
            worked = ngettext("{n} made-up working day", "{n} made-up working days", made_up).format(n=made_up)
            self.said.setText(f"{days_off}, {worked}")
        theme.set_property(self.said, "tone", "muted" if days else "due")

    def paste(self) -> None:
        """Bring in the notice of a year."""
        dialog = NoticeDialog(self, int(self.year.currentData()))
        dialog.open()

    def set_day(self, work: bool | None) -> None:
        """Make the day that is chosen a day off or a working day, or an ordinary one."""
        chosen = self.day.date().toPython()
        assert isinstance(chosen, date)
        name = working_time.day_name(chosen) or _("our own")
        desk.write(
            self,
            ACTION,
            lambda c: working_time.set_day(c, chosen, work, name),
            lambda _nothing: self.show_years(chosen.year) if shiboken6.isValid(self) else None,
            said=_("The calendar was changed; open deadlines have moved with it."),
        )

    def _choose(self, item: QListWidgetItem | None) -> None:
        each: Day | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if each is not None:
            self.day.setDate(each.day)

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if refresh.concerns(changed, "calendar_day"):
            self.show_years(int(self.year.currentData()))


class NoticeDialog(Dialog):
    """The notice as pasted, and the days read from it before they are written."""

    def __init__(self, parent: QWidget, year: int) -> None:
        super().__init__(parent.window(), _("Holiday notice of the State Council"), "notice", QSize(680, 520))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._near, self._year = parent, year
        self.days: list[Day] = []
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Text of the notice"))
        self.text.setPlaceholderText(
            _("Paste the notice here, such as: {example}").format(
                example="春节：1月28日至2月4日放假调休，共8天。1月26日（周日）、2月8日（周六）上班。"
            )
        )
        self.content.addWidget(self.text, 1)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.content.addWidget(self.said)
        self.add_button(_("Cancel"), self.reject)
        self.button = self.add_button(_("Write these days into the calendar"), self.save, primary=True)
        self.text.textChanged.connect(self.read)
        self.read()

    def read(self) -> None:
        """Say what the text means."""
        text, self.days = self.text.toPlainText(), []
        tone, said = "muted", ""
        if text.strip():
            try:
                self.days = self._read(text)
                said, tone = in_words(self.days), "good"
            except UserError as trouble:
                said, tone = str(trouble), "overdue"
        self.said.setText(said)
        theme.set_property(self.said, "tone", tone)
        self.button.setEnabled(bool(self.days))

    def _read(self, text: str) -> list[Day]:
        """The year stands in the text; where it does not, it is the one that was looked at."""
        try:
            return working_time.read_notice(text)
        except UserError:
            return working_time.read_notice(text, self._year)

    def save(self) -> None:
        """Write the days into the calendar."""
        days = self.days

        def written(_nothing: None) -> None:
            if shiboken6.isValid(self):
                self.accept()

        desk.write(
            self._near, N_("Bring in a holiday notice"), lambda c: working_time.put_notice(c, days), written,
            said=_("The calendar was changed; open deadlines have moved with it."),
        )  # fmt: skip


def in_words(days: list[Day]) -> str:
    """What a notice means, holiday by holiday."""
    lines: dict[str, list[str]] = {}
    for each in days:
        short = f"{each.day:%m-%d}"
        lines.setdefault(each.name, []).append(_("{day} worked").format(day=short) if each.work else short)
    years = ", ".join(sorted({str(each.day.year) for each in days}))
    return years + "\n" + "\n".join(f"{name}: {', '.join(parts)}" for name, parts in lines.items())
