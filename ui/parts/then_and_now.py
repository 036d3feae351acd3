"""Records of a backup beside today's: what is missing and what differs, each with a box to tick for what comes back."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.retrieving import Out, Told, title
from crm_desktop.store.retrieve import Choice
from crm_desktop.store.taken import Key
from ui import theme
from ui.parts.list_source import Column, Page, Row
from ui.parts.side_by_side import cut_label
from ui.parts.ticks import Tick

MOST = 60
"""So many records have lines of their own; the rest comes or stays together."""


class OutSource:
    """Customers, or other records, that are not as they were, as a list in memory."""

    columns: Sequence[Column] = (
        Column("name", N_("Record"), 22, sortable=False),
        Column("code", N_("No."), 12, sortable=False),
        Column("what", N_("What is not as it was"), 34, sortable=False),
    )

    def __init__(self, found: Sequence[Out]) -> None:
        self._found = {one.record: one for one in found}

    def first(self, n: int) -> Page:
        """The first of them."""
        ids = list(self._found)[:n]
        return Page(ids, [self._row(i) for i in ids], len(self._found))

    def ids(self) -> array[int]:
        """All of them."""
        return array("q", self._found)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """What is written in these rows."""
        return {i: self._row(i) for i in ids if i in self._found}

    def _row(self, record: int) -> Row:
        one = self._found[record]
        return one.name, one.code, one.in_words


class ThenAndNow(QScrollArea):
    """What is missing is ticked already; what was changed since waits for a decision."""

    changed = Signal()
    """Something was ticked or not."""

    def __init__(self) -> None:
        super().__init__()
        self.ticks: dict[tuple[Key, str], Tick] = {}
        """By record and field; the field is "" where the whole record is missing."""
        self.everything: Tick | None = None
        self._rest: tuple[Tick, Sequence[Told]] | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("In the backup and today"))
        self.say("")

    def say(self, text: str) -> None:
        """Show a sentence and nothing to tick."""
        self.ticks, self.everything, self._rest = {}, None, None
        label = cut_label(text)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setContentsMargins(8, 4, 8, 0)
        self.setWidget(label)
        self.changed.emit()

    def show_records(self, told: Sequence[Told]) -> None:
        """Show records side by side."""
        self.ticks, self._rest = {}, None
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(8, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for column, stretch in enumerate((2, 3, 3)):
            grid.setColumnStretch(column, stretch)
        self.everything = Tick(_("Everything"))
        self.everything.clicked.connect(self._tick_all)
        grid.addWidget(self.everything, 0, 0)
        for column, text in ((1, _("In the backup")), (2, _("Today"))):
            grid.addWidget(_heading(text), 0, column)
        for one in told[:MOST]:
            (self._add_missing if one.missing else self._add_differing)(grid, one)
        if more := told[MOST:]:
            rest = self._tick(ngettext("and {n} more record", "and {n} more records", len(more)).format(n=len(more)))
            rest.setChecked(all(one.missing for one in more))
            grid.addWidget(rest, grid.rowCount(), 0, 1, 3)
            self._rest = rest, more
        grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(page)
        self._show_all()
        self.changed.emit()

    def _tick(self, text: str) -> Tick:
        tick = Tick(text)
        tick.toggled.connect(lambda _on: self._ticked())
        return tick

    def _add_missing(self, grid: QGridLayout, one: Told) -> None:
        """A record that is not here any more comes whole."""
        row = grid.rowCount()
        tick = self.ticks[one.key, ""] = self._tick(title(one))
        tick.setChecked(True)
        grid.addWidget(tick, row, 0, Qt.AlignmentFlag.AlignTop)
        if one.key[0] == "customer":
            grid.addWidget(cut_label(_("not in the file any more"), "overdue"), row, 2)
            for number, line in enumerate(one.lines, row + 1):
                grid.addWidget(_indented(cut_label(line.label)), number, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(cut_label(line.then, ""), number, 1, 1, 2, Qt.AlignmentFlag.AlignTop)
        else:
            held = (
                _("; ")
                .join(_("{label}: {value}").format(label=x.label, value=x.then) for x in one.lines)
                .replace("\n", " ")
            )
            grid.addWidget(cut_label(held, ""), row, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(cut_label(_("not in the file any more"), "overdue"), row, 2, Qt.AlignmentFlag.AlignTop)

    def _add_differing(self, grid: QGridLayout, one: Told) -> None:
        """A record that was changed since: field by field."""
        grid.addWidget(_heading(title(one)), grid.rowCount(), 0, 1, 3)
        for line in one.lines:
            row = grid.rowCount()
            tick = self.ticks[one.key, line.field] = self._tick(line.label)
            grid.addWidget(tick, row, 0, Qt.AlignmentFlag.AlignTop)
            for column, text in ((1, line.then), (2, line.now)):
                shown = cut_label(text or _("nothing"), "" if text else "muted")
                grid.addWidget(shown, row, column, Qt.AlignmentFlag.AlignTop)

    def _every_tick(self) -> list[Tick]:
        return [*self.ticks.values(), *([self._rest[0]] if self._rest else [])]

    def _tick_all(self, on: bool) -> None:
        for tick in self._every_tick():
            tick.setChecked(on)

    def _show_all(self) -> None:
        if self.everything is not None:
            self.everything.setChecked(all(tick.isChecked() for tick in self._every_tick()))

    def _ticked(self) -> None:
        self._show_all()
        self.changed.emit()

    def choice(self) -> Choice:
        """The records and fields that are to come back."""
        chosen: dict[Key, list[str]] = defaultdict(list)
        for (key, field), tick in self.ticks.items():
            if tick.isChecked():
                chosen[key] += [field] if field else []
        if self._rest is not None and self._rest[0].isChecked():
            chosen |= {one.key: [line.field for line in one.lines] for one in self._rest[1]}
        return chosen


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(theme.title_font(10))
    label.setContentsMargins(0, 8, 0, 0)
    return label


def _indented(label: QLabel) -> QLabel:
    label.setContentsMargins(25, 4, 0, 0)
    return label
