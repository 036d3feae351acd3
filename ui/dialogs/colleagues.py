"""Who has the customer file open: who, on which computer, since when, which record, and the last sign of life."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from crm_desktop import values
from crm_desktop.i18n import N_, _
from crm_desktop.store import sharing_words
from crm_desktop.store.sharing import Verdict
from ui import tasks
from ui.parts import links
from ui.parts.dialog import Dialog
from ui.parts.notice import Notice
from ui.parts.pulse import Colleague, State, pulse

PROVED: Final[dict[Verdict, str]] = {
    "alone": N_("Nobody else has the file open, so the locks between computers could not be tried yet."),
    "shared": N_("The locks between the computers were tried and hold: everybody can save."),
    "checking": N_("It is just being found out whether the locks between the computers hold; this takes some seconds."),
    "unknown": N_("No sign could be left beside the file, so colleagues do not see each other."),
}
"""What is known about sharing; where the file can only be read, the reason says it."""
SERVED: Final[dict[Verdict, str]] = {
    "alone": N_("Nobody else has the office open."),
    "shared": N_("Everybody can save: the server sees to it that one save comes after the other."),
}
"""The same on a server."""


class Colleagues(Dialog):
    """A list that keeps itself up to date."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Colleagues in this file"), "colleagues", QSize(760, 380))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.place = QLabel()
        self.place.setWordWrap(True)
        self.content.addWidget(self.place)
        self.notice = Notice()
        self.content.addWidget(self.notice)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        page = QWidget()
        self.grid = QGridLayout(page)
        self.grid.setContentsMargins(0, 8, 0, 0)
        self.grid.setHorizontalSpacing(24)
        self.grid.setVerticalSpacing(10)
        self.grid.setColumnStretch(3, 1)
        area.setWidget(page)
        self.content.addWidget(area, 1)
        self._cells: list[QLabel] = []
        self._titles: dict[tuple[str, int], str] = {}
        self.add_button(_("Close"), self.reject, primary=True)
        pulse.changed.connect(self.show_state)
        self.show_state(pulse.state)

    def show_state(self, state: State) -> None:
        """Show who is there now."""
        self.place.setText(state.place.sentence())
        if state.reason:
            self.notice.say(state.reason, tone="due")
        else:
            told = (SERVED if state.place.kind == "server" else PROVED)[state.verdict]
            self.notice.say(_(told), tone="good" if state.verdict == "shared" else "muted")
        for cell in self._cells:
            self.grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = []
        titles = (_("Who"), _("Computer"), _("Here since"), _("Record"), _("Last sign of life"))
        for column, title in enumerate(titles if state.colleagues else ()):
            self._put(0, column, title, "muted")
        for row, one in enumerate(state.colleagues, 1):
            self._row(row, one)
        self.grid.setRowStretch(len(state.colleagues) + 1, 1)
        self._ask_titles(state)

    def _row(self, row: int, one: Colleague) -> None:
        sign = one.sign
        here = values.show_datetime(sign.since, near=True) if sign.since else ""
        self._put(row, 0, sign.person or _("(not known)"))
        self._put(row, 1, sign.pc)
        self._put(row, 2, here)
        self._put(row, 3, one.busy or self._record(one), "due" if one.busy else "")
        asleep = one.silent >= sharing_words.ASLEEP
        last = _("{n} s ago; may be asleep").format(n=one.silent) if asleep else _("just now")
        self._put(row, 4, last, "due" if asleep else "")

    def _record(self, one: Colleague) -> str:
        if not one.sign.table or one.sign.record is None:
            return ""
        title = self._titles.get((one.sign.table, one.sign.record), "…")
        return _("{record} (editing)").format(record=title) if one.sign.editing else title

    def _put(self, row: int, column: int, text: str, tone: str = "") -> None:
        label = QLabel(text)
        label.setWordWrap(column == 3)
        label.setProperty("tone", tone)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        self._cells.append(label)

    def _ask_titles(self, state: State) -> None:
        """What the open records are called, where it is not known yet."""
        shown = {(one.sign.table, one.sign.record) for one in state.colleagues if one.sign.table in links.TITLES}
        wanted = [(table, record) for table, record in shown if record is not None]
        wanted = [one for one in wanted if one not in self._titles]

        def told(titles: dict[tuple[str, int], str]) -> None:
            self._titles |= titles
            self.show_state(pulse.state)

        if wanted:
            tasks.run(
                self, lambda: {one: links.title(*one) for one in wanted}, told, failed=lambda _e: None, reading=True
            )
