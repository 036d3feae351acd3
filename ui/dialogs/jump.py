"""Ctrl+K: find any customer, contact person, contact or complaint from anywhere, and go there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal, NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import N_, _
from crm_desktop.listing import Listing
from crm_desktop.models import Complaint, Contact, Customer, Feedback, Interaction, Record, ServiceRequest, SurveyRun
from ui import tasks, theme
from ui.parts.tab import Show

ROW = 30

Table = Literal["customer", "contact", "interaction", "complaint", "service_request", "feedback", "survey_run"]


class Kind(NamedTuple):
    """Where to look, how many to show, and what a hit is made of."""

    model: type[Record]
    table: Table
    limit: int
    icon: str
    title: str
    detail: tuple[str, ...]
    sort: str
    heading: str


KINDS = (
    Kind(Customer, "customer", 8, "building", "name", ("main_contact", "main_phone", "region"), "name", N_("Customer")),
    Kind(Contact, "contact", 4, "user", "name", ("customers", "position_title"), "name", N_("Contact person")),
    Kind(Interaction, "interaction", 4, "message", "content", ("customer", "at"), "at", N_("Contact record")),
    Kind(
        Complaint, "complaint", 4, "message-report", "description", ("customer", "code"), "received_at", N_("Complaint")
    ),
    Kind(
        ServiceRequest,
        "service_request",
        4,
        "tool",
        "description",
        ("customer", "code"),
        "received_at",
        N_("Service request"),
    ),
    Kind(SurveyRun, "survey_run", 3, "mood-smile", "name", ("code", "started_on"), "started_on", N_("Survey")),
    Kind(Feedback, "feedback", 4, "note", "text", ("customer", "code"), "at", N_("Feedback")),
)


class Hit(NamedTuple):
    """One thing found."""

    kind: Kind
    id: int
    title: str
    detail: str


def find(text: str) -> list[Hit]:
    """What a text finds in all lists, customers first; runs in the store thread."""
    hits: list[Hit] = []
    if not text.strip():
        return hits
    for kind in KINDS:
        columns = (kind.title, *kind.detail)
        listing = Listing(kind.model, columns, text=text, sort=kind.sort, descending=kind.sort != "name", archived=True)
        ids = listing.first(kind.limit)
        rows = listing.rows(ids)
        described = kind.model.described()
        for i in ids:
            title, *detail = (
                described[c].show(described[c].python_value(v)) for c, v in zip(columns, rows[i], strict=True)
            )
            hits.append(Hit(kind, i, title.replace("\n", " "), " · ".join(part for part in detail if part)))
    return hits


class Jump(QDialog):
    """A line and what it finds; Enter goes there."""

    def __init__(self, parent: QWidget, go: Callable[[Show], None]) -> None:
        super().__init__(parent)
        self._go = go
        self._shown = ""
        self._taking = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Find anything"))
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.resize(620, 420)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Name, pinyin, phone, or a word that was said"))
        self.line.setAccessibleName(_("Find anything"))
        self.line.setFont(theme.title_font(13))
        self.line.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        layout.addWidget(self.line)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Found"))
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(18, 18))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.addWidget(self.list, 1)
        self.hint = QLabel()
        self._say(False, False)
        self.hint.setProperty("tone", "muted")
        layout.addWidget(self.hint)
        self.line.textChanged.connect(self.look)
        self.line.returnPressed.connect(self.take)
        self.list.itemActivated.connect(lambda _item: self.take())
        self.list.itemClicked.connect(lambda _item: self.take())
        self.line.installEventFilter(self)
        self.line.setFocus()

    def look(self, text: str) -> None:
        """Ask for what fits; the answer to an older text is void."""
        self._taking = False
        tasks.run(self, lambda: find(text), partial(self.show_hits, text), place="hits", reading=True)

    def show_hits(self, text: str, hits: list[Hit]) -> None:
        """Show what was found."""
        self._shown = text
        self.list.clear()
        for hit in hits:
            item = QListWidgetItem(theme.icon(hit.kind.icon, "muted"), f"{hit.title}    {hit.detail}")
            item.setSizeHint(QSize(0, ROW))
            item.setToolTip(_("{label}: {value}").format(label=_(hit.kind.heading), value=hit.title))
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._say(bool(hits), bool(text.strip()))
        if self._taking:
            self.take()

    def _say(self, found: bool, asked: bool) -> None:
        if found:
            self.hint.setText(_("Enter opens, Esc closes."))
        elif asked:
            self.hint.setText(_("Nothing was found. Try fewer letters or another word."))
        else:
            self.hint.setText(_("Type a part of a name, two letters of pinyin are enough. Enter opens, Esc closes."))

    def take(self) -> None:
        """Go to what is chosen; who is quicker than the search goes to what it finds, not to an older hit."""
        self._taking = self._shown != self.line.text()
        item = self.list.currentItem()
        if self._taking or item is None:
            return
        hit: Hit = item.data(Qt.ItemDataRole.UserRole)
        self.accept()
        self._go(Show(hit.kind.table, hit.id))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        # without a frame of the window system it would melt into the window behind it
        painter = QPainter(self)
        painter.setPen(theme.tone("edge"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down move in the list while the cursor stays in the line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                return True
        return super().eventFilter(watched, event)
