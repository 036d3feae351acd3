"""Who is asked in a survey, how far each is, and what each answered; or the customers behind a figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from crm_desktop import due
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.listing import Filter, Listing
from crm_desktop.models import SurveyAsked
from crm_desktop.models.survey_asked import WAITING
from crm_desktop.satisfaction import asking, script
from crm_desktop.satisfaction.script import Said
from crm_desktop.store.change import Change
from ui import refresh, tasks, theme
from ui.parts import desk, list_badges
from ui.parts.empty import Empty
from ui.parts.filter_bar import FilterBar, Offer
from ui.parts.list_banner import ListBanner
from ui.parts.list_view import ListView
from ui.parts.record_frame import scrolled
from ui.parts.search_line import SearchLine
from ui.parts.sources import ListingSource, columns_of
from ui.parts.when_seen import WhenSeen

SHOWN = ("customer", "state", "overall", "nps", "owner", "due")
MORE = ("contact", "tier", "attempts", "tried_at", "answered_at", "how", "by", "note", "product", "served_by", "code")
WIDTHS = {"customer": 22, "overall": 9, "nps": 13}
OFFERS = (Offer("state"), Offer("owner"), Offer("tier"))
OUT = N_("Take customers out of a survey")
NOBODY = -1


class AskedList(QWidget):
    """A list, and below it what the chosen customer answered."""

    opened = Signal(str, object)
    """Somebody wants to see a record: table and id."""
    call_asked = Signal(object, object)
    """Ask this one (survey, row) by phone."""
    writing_asked = Signal(object, object)
    """Write down what this one (survey, row) answered on paper or elsewhere."""
    all_asked = Signal()
    """Back from a figure's customers to all of the survey."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: int | None = None
        self._ids: list[int] | None = None
        self._sort: tuple[str, bool] = ("state", True)
        self._awaited: int | None = None
        found = columns_of(SurveyAsked, SHOWN if name == "of_run" else ("run", *SHOWN), MORE)
        self.columns = [replace(each, width=WIDTHS.get(each.key, each.width)) for each in found]
        column = QVBoxLayout(self)
        # of one survey it is a page of a page that has its margin already
        column.setContentsMargins(0 if name == "of_run" else 12, 8, 0, 0)
        column.setSpacing(8)
        self.banner = ListBanner()
        self.banner_text, self.back = self.banner.text, self.banner.back
        column.addWidget(self.banner)
        top = QHBoxLayout()
        self.line = SearchLine(_("Customer …"), _("Search in this list"))
        self.line.setMaximumWidth(220)
        top.addWidget(self.line)
        self.filters = FilterBar(f"survey/{name}", SurveyAsked, OFFERS)
        top.addWidget(self.filters, 1)
        self.count = QLabel()
        self.count.setProperty("tone", "muted")
        top.addWidget(self.count)
        column.addLayout(top)
        self.list = ListView(self._source(), f"survey/{name}", _("Customers asked"))
        self.list.set_delegate("tier", list_badges.delegate("tier"))
        self.list.set_empty(Empty("users", _("Nobody here.")))
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.list)
        self.below = self._below()
        split.addWidget(self.below)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setSizes([380, 190])
        split.setChildrenCollapsible(False)
        column.addWidget(split, 1)
        self._typing = QTimer(self, singleShot=True, interval=0)
        self._typing.timeout.connect(self.reload)
        self._connect()

    def _below(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        self.call = QPushButton(theme.icon("phone"), _("Ask by phone"))
        self.write = QPushButton(theme.icon("edit"), _("Write down answers…"))
        self.file = QPushButton(theme.icon("external-link"), _("Customer file"))
        for button in (self.call, self.write, self.file):
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(scrolled(self.told, 4), 1)
        box.setMinimumHeight(118)
        box.hide()
        return box

    def _connect(self) -> None:
        self.line.textChanged.connect(lambda _text: self._typing.start())
        self.filters.changed.connect(self.reload)
        self.back.clicked.connect(self.all_asked)
        self.list.sort_asked.connect(self._sort_by)
        self.list.counted.connect(self._say_count)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(lambda id: self._about(id, lambda row: self._call(row)))
        self.list.list_model.completed.connect(self._choose_awaited)
        self.list.fill_menu = self._fill_menu
        self.call.clicked.connect(lambda: self._about(self.list.current_id(), self._call))
        self.write.clicked.connect(lambda: self._about(self.list.current_id(), self._write_down))
        self.file.clicked.connect(lambda: self._about(self.list.current_id(), self._open_customer))
        self._again = WhenSeen(self, self._read_again)
        refresh.signal.changed.connect(self._changed)

    # which ones

    def show_run(self, run: int | None, ids: Sequence[int] | None = None, title: str = "") -> None:
        """Show the customers of a survey (None: of all), or just some of them, who have something in common."""
        if run != self._run or ids is not None:
            self.line.clear()
        self._run, self._ids = run, None if ids is None else list(ids)
        self.banner_text.setText(title)
        self.banner.setVisible(ids is not None)
        self.filters.setVisible(ids is None)
        self.reload()

    def choose(self, asked: int) -> None:
        """Select one of them, as soon as the list knows it."""
        if not self.list.choose(asked):
            self._awaited = asked

    def reload(self) -> None:
        """Ask the list's question anew."""
        self.list.show_source(self._source(), self._sort)

    def _source(self) -> ListingSource:
        conditions: list[Filter] = []
        if self._ids is not None:
            conditions.append(Filter("id", "ids", self._ids))
        else:
            conditions += self.filters.filters() if hasattr(self, "filters") else ()
            conditions.append(Filter("run", "in", [NOBODY if self._run is None else self._run]))
        text = self.line.text() if hasattr(self, "line") else ""
        return ListingSource(Listing(SurveyAsked, (), text, tuple(conditions), *self._sort), self.columns)

    def _sort_by(self, column: str, descending: bool) -> None:
        self._sort = (column, descending)
        self.reload()

    def _say_count(self, number: int) -> None:
        self.count.setText(ngettext("{n} customer", "{n} customers", number).format(n=f"{number:,}"))

    def _choose_awaited(self) -> None:
        if self._awaited is not None and self.list.choose(self._awaited):
            self._awaited = None

    def _changed(self, changed: Any) -> None:
        if refresh.concerns(changed, "survey_asked", "survey_answer"):
            self._again.tell()

    def _read_again(self) -> None:
        self.list.reload()
        self._chosen(self.list.current_id())

    # what is said of the chosen one

    def _chosen(self, asked: int | None) -> None:
        if asked is None:
            self.below.hide()
        else:
            tasks.run(self, lambda: _read(asked), self._tell, place="told", reading=True)

    def _tell(self, found: tuple[SurveyAsked, list[Said]] | None) -> None:
        if found is None or found[0].id != self.list.current_id():
            return
        self.told.setText(in_words(*found))
        waits = found[0].state in WAITING
        self.call.setEnabled(waits)
        self.write.setText(_("Write down answers…") if waits else _("Change answers…"))
        if self.below.isHidden():
            self.below.show()
            QTimer.singleShot(0, self, lambda: self.list.scrollTo(self.list.currentIndex()))

    def _about(self, asked: int | None, do: Callable[[SurveyAsked], object]) -> None:
        if asked is not None:
            tasks.run(self, lambda: asking.row_of(asked), do, place="about", reading=True)

    def _call(self, row: SurveyAsked) -> None:
        if row.state in WAITING:
            self.call_asked.emit(row.run, row.id)
        else:
            self._write_down(row)

    def _write_down(self, row: SurveyAsked) -> None:
        self.writing_asked.emit(row.run, row.id)

    def _open_customer(self, row: SurveyAsked) -> None:
        self.opened.emit("customer", row.customer)

    def _fill_menu(self, menu: QMenu, ids: Any) -> None:
        chosen = list(ids)
        if not chosen:
            return
        if len(chosen) == 1:
            menu.addAction(theme.icon("phone"), _("Ask by phone"), partial(self._about, chosen[0], self._call))
            menu.addAction(
                theme.icon("external-link"), _("Customer file"), partial(self._about, chosen[0], self._open_customer)
            )
        menu.addAction(
            theme.icon("phone"), _("Not reached"), partial(self._all, asking.MISSED, asking.not_reached, chosen)
        )
        menu.addAction(theme.icon("x"), _("Declined"), partial(self._all, asking.REFUSED, asking.declined, chosen))
        menu.addSeparator()
        menu.addAction(theme.icon("trash"), _("Take out of the survey"), partial(self.take_out, chosen))

    def _all(self, action: str, how: Callable[[Change, int], Any], ids: list[int]) -> None:
        said = ngettext("{n} customer noted.", "{n} customers noted.", len(ids)).format(n=f"{len(ids):,}")
        desk.write(self, action, lambda c: [how(c, i) for i in ids], said=said)

    def take_out(self, ids: list[int]) -> None:
        """They are not asked in this survey after all; what they answered goes too, and Undo brings it back."""
        said = ngettext("{n} customer taken out.", "{n} customers taken out.", len(ids)).format(n=f"{len(ids):,}")
        desk.write(self, OUT, lambda c: c.delete_many(SurveyAsked, ids), said=said)


def _read(asked: int) -> tuple[SurveyAsked, list[Said]] | None:
    row = SurveyAsked.get_row(asked)
    return None if row is None else (row, script.told(asked))


def in_words(row: SurveyAsked, said: Sequence[Said]) -> str:
    """How far one is and what it answered."""
    first = [row.shown("state"), row.shown("how"), row.shown("answered_at") or row.shown("tried_at"), row.shown("by")]
    if row.attempts:
        first.append(ngettext("tried {n} time", "tried {n} times", row.attempts).format(n=row.attempts))
    if row.state in WAITING and row.due and due.tone(str(row.due), date.today()) == "overdue":
        first.append("▲ " + _("overdue"))
    if row.signal is not None:
        first.append("▲ " + _("low score, handed to the signs of displeasure"))
    lines = [" · ".join(filter(None, first))]
    if row.note:
        lines.append(_("Note: {text}").format(text=row.note))
    lines += [f"{one.question}  {one.answer}" for one in said]
    return "\n".join(lines)
