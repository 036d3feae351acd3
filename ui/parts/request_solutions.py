"""Solutions that helped before: found by a word or its pinyin, put into a request by one click."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import ServiceRequest
from crm_desktop.service import moves, notes
from crm_desktop.service.notes import Note
from ui import refresh, tasks
from ui.parts import desk
from ui.parts.course_lines import clear
from ui.parts.search_line import SearchLine

TAKE = N_("Put in a reusable solution")
SHOWN = 3
"""So many solutions are offered at a time; a word finds others."""
LETTERS = 70
"""So many letters of a solution are shown before somebody asks for all."""


class Solutions(QWidget):
    """A search line, and the solutions that fit with a button each."""

    def __init__(self) -> None:
        super().__init__()
        self.request: ServiceRequest | None = None
        self.hits: list[Note] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 0, 0, 8)
        column.setSpacing(4)
        self.line = SearchLine(_("Find a solution: a word, or its pinyin"), _("Find a solution"))
        column.addWidget(self.line)
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        column.addWidget(self._list)
        self.nothing = QLabel()
        self.nothing.setProperty("tone", "muted")
        self.nothing.setWordWrap(True)
        column.addWidget(self.nothing)
        self._soon = QTimer(self, singleShot=True, interval=80)
        self._soon.timeout.connect(self.look)
        self.line.textChanged.connect(lambda _text: self._soon.start())
        refresh.signal.changed.connect(self._changed)

    def show_request(self, request: ServiceRequest) -> None:
        """Offer what fits a request."""
        another = self.request is None or self.request.id != request.id
        self.request = request
        if another:
            self.line.clear()
        if self.is_wanted():
            self.look()

    def is_wanted(self) -> bool:
        """Whether the request still needs a solution."""
        return self.request is not None and self.request.state in ("new", "waiting", *moves.WORKING)

    def look(self) -> None:
        """Ask for the solutions that fit: of this type and most used first."""
        if self.request is not None:
            words, kind = self.line.text(), self.request.type
            tasks.run(self, lambda: notes.find(words, kind, SHOWN), self.show_hits, place="notes", reading=True)

    def show_hits(self, hits: list[Note]) -> None:
        """Show what was found."""
        self.hits = hits
        clear(self._grid)
        buttons = []
        for line, note in enumerate(hits):
            used = ngettext("used {n} time", "used {n} times", note.used).format(n=note.used) if note.used else ""
            text = " ".join(note.text.split())
            begins = text if len(text) <= LETTERS else text[:LETTERS].rstrip() + " …"
            self._grid.addWidget(_line(" · ".join(filter(None, (note.name, used))), note.text), 2 * line, 0)
            self._grid.addWidget(_line(begins, note.text, quiet=True), 2 * line + 1, 0)
            button = QPushButton(_("Use"))
            button.setProperty("link", True)
            words = _("Put “{name}” into the solution").format(name=note.name)
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.clicked.connect(lambda _on=False, number=note.id: self.take(number))
            buttons.append(button)
            self._grid.addWidget(button, 2 * line, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        in_order(self.line, *buttons)
        searching = bool(self.line.text().strip())
        self.nothing.setText(
            _("No solution fits these words.")
            if searching
            else _("None yet: solve a request, then keep its solution for others.")
        )
        self.nothing.setVisible(not hits)
        self.line.setVisible(searching or bool(hits))

    def take(self, note: int) -> None:
        """Put a solution into the request."""
        if self.request is not None:
            number = self.request.id
            desk.write(
                self,
                TAKE,
                lambda c: notes.take(c, number, note),
                said=_("Put into the solution. Change there what is different this time."),
            )

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if self.is_wanted() and refresh.concerns(changed, "service_note"):
            self.look()


def in_order(*widgets: QWidget) -> None:
    """The Tab key goes from one to the next: what was made later would come last."""
    for one, after in pairwise(widgets):
        QWidget.setTabOrder(one, after)


def _line(text: str, whole: str, quiet: bool = False) -> QLabel:
    """A line of a solution, on as many lines as it needs; all of the solution in the tooltip."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    label.setToolTip(whole)
    if quiet:
        label.setProperty("tone", "muted")
    return label
