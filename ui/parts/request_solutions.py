"""Solutions that helped before: found by a word or its pinyin, put into a request, kept from a solved one."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import ServiceRequest
from crm_desktop.service import moves, notes
from crm_desktop.service.notes import Note
from ui import refresh, tasks, theme
from ui.parts import desk
from ui.parts.notice import Notice

TAKE = N_("Put in a reusable solution")
KEEP = N_("Keep a solution for others")
SHOWN = 4
"""So many solutions are offered at a time; a word finds others."""
LINES = 110
"""So many letters of a solution are shown before somebody asks for all."""


class Solutions(QWidget):
    """A search line, the solutions that fit with a button each, and the way to keep this one."""

    def __init__(self) -> None:
        super().__init__()
        self.request: ServiceRequest | None = None
        self.hits: list[Note] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 0, 0, 8)
        column.setSpacing(4)
        self.keep_notice = Notice()
        column.addWidget(self.keep_notice)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Find a solution: a word, or its pinyin"))
        self.line.setAccessibleName(_("Find a solution"))
        self.line.setClearButtonEnabled(True)
        self.line.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.line.setMaximumWidth(360)
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
        self.keep_button = QPushButton(theme.icon("bulb"), _("Keep this solution for others…"))
        self.keep_button.clicked.connect(self.ask_for_title)
        column.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignLeft)
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
            self.keep_notice.hide()
        for widget in (self.line, self._list, self.nothing):
            widget.setVisible(self.is_wanted())
        self.keep_button.setVisible(self.can_keep())
        if self.is_wanted():
            self.look()

    def is_wanted(self) -> bool:
        """Whether the request still needs a solution."""
        return self.request is not None and self.request.state in ("new", "waiting", *moves.WORKING)

    def can_keep(self) -> bool:
        """Whether the request has a solution that is not among those yet."""
        request = self.request
        return request is not None and bool((request.solution or "").strip()) and request.solution_note is None

    def is_of_use(self) -> bool:
        """Whether there is anything to do here."""
        return self.is_wanted() or self.can_keep()

    def look(self) -> None:
        """Ask for the solutions that fit: of this type and most used first."""
        if self.request is not None:
            words, kind = self.line.text(), self.request.type
            tasks.run(self, lambda: notes.find(words, kind, SHOWN), self.show_hits, place="notes", reading=True)

    def show_hits(self, hits: list[Note]) -> None:
        """Show what was found."""
        self.hits = hits
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line, note in enumerate(hits):
            self._grid.addWidget(_lines(note), line, 0)
            button = QPushButton(_("Put into the solution"))
            button.setProperty("link", True)
            button.setAccessibleName(_("Put into the solution: {name}").format(name=note.name))
            button.clicked.connect(lambda _on=False, number=note.id: self.take(number))
            self._grid.addWidget(button, line, 1, Qt.AlignmentFlag.AlignTop)
        searching = bool(self.line.text().strip())
        self.nothing.setText(
            _("No solution fits these words.")
            if searching
            else _("None yet: solve a request, then keep its solution for others.")
        )
        self.nothing.setVisible(not hits and self.is_wanted())
        self.line.setVisible((searching or bool(hits)) and self.is_wanted())

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

    def ask_for_title(self) -> None:
        """A solution is kept under a title others will look for."""
        request = self.request
        if request is None:
            return
        ways = [(_("Keep"), self.keep), (_("Cancel"), self.keep_notice.hide)]
        self.keep_notice.say(_("Under which title will others look for it?"), ways, "accent", answer=_("Title"))
        self.keep_notice.answer.setText(request.subject or " ".join(request.description.split())[:40])
        self.keep_notice.answer.setFocus()
        self.keep_notice.answer.selectAll()

    def keep(self) -> None:
        """Keep the request's solution for others."""
        request, name = self.request, self.keep_notice.answer.text().strip()
        if request is not None and name:
            number = request.id
            desk.write(
                self,
                KEEP,
                lambda c: notes.keep(c, number, name),
                lambda _made: self.keep_notice.hide(),
                said=lambda made: _("Kept as “{name}”.").format(name=made.name),
            )

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if self.is_wanted() and refresh.concerns(changed, "service_note"):
            self.look()


def _lines(note: Note) -> QLabel:
    """A solution's title with how often it helped, and the beginning of what it says; all of it in the tooltip."""
    used = ngettext("used {n} time", "used {n} times", note.used).format(n=note.used) if note.used else ""
    text = " ".join(note.text.split())
    label = QLabel("\n".join((" · ".join(filter(None, (note.name, used))), _shortened(text))))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setToolTip(note.text)
    return label


def _shortened(text: str) -> str:
    return text if len(text) <= LINES else text[:LINES].rstrip() + " …"
