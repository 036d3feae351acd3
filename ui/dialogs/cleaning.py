"""Cleaning: what would be written better, rule by rule, looked at value by value, and changed in one go."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence

import shiboken6
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop import clean_up, cleaning
from crm_desktop.cleaning import Applied, Proposal
from crm_desktop.cleaning_rules import RULES
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.store.attempt import Attempt, Saved
from ui import errors, refresh, tasks
from ui.parts import desk, safekeeping
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.list_source import Column, Page, Row
from ui.parts.list_view import ListView
from ui.parts.persisting import until_saved
from ui.parts.ticks import Tick

Key = tuple[str, int, str]


def _taken(taken: bool) -> str:
    return "✓" if taken else _("stays")


class ProposalsSource:
    """What these rules would change, as a list in memory; a row's id is the place of its proposal."""

    columns: Sequence[Column] = (
        Column("taken", N_("Change"), 8, show=_taken, sortable=False, tone=lambda on: None if on else "muted"),
        Column("name", N_("Record"), 22, sortable=False),
        Column("field", N_("Field"), 16, sortable=False),
        Column("before", N_("Before"), 32, sortable=False),
        Column("after", N_("After"), 32, sortable=False),
    )

    def __init__(self, found: Sequence[Proposal], rules: Collection[str], left_out: Collection[Key]) -> None:
        self._found, self._left_out = found, left_out
        self._ids = array("q", (n for n, proposal in enumerate(found) if proposal.rule in rules))

    def first(self, n: int) -> Page:
        """The first of them."""
        some = self._ids[:n]
        rows = self.rows(some)
        return Page(some, [rows[i] for i in some], len(self._ids))

    def ids(self) -> array[int]:
        """All of them."""
        return self._ids

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """What is written in these rows."""
        return {i: self._row(self._found[i]) for i in ids}

    def _row(self, proposal: Proposal) -> Row:
        before, after = (text.replace("\n", " ⏎ ") or _("(empty)") for text in cleaning.in_words(proposal))
        return proposal.key not in self._left_out, proposal.name, cleaning.label(proposal), before, after


class Values(QWidget):
    """Before and after, value by value; those left out stay as they are."""

    toggled = Signal()
    """Something was left out or taken in again."""

    def __init__(self) -> None:
        super().__init__()
        self.left_out: set[Key] = set()
        self._found: Sequence[Proposal] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(8)
        self.list = ListView(ProposalsSource((), (), ()), "cleaning", _("Before and after"))
        self.empty = Empty("circle-check", "")
        self.list.set_empty(self.empty)
        self.list.selectionModel().selectionChanged.connect(lambda *_parts: self._offer())
        self.list.opened.connect(lambda _id: self.toggle())
        self.list.fill_menu = self._fill_menu
        QShortcut(Qt.Key.Key_Space, self.list, self.toggle, context=Qt.ShortcutContext.WidgetShortcut)
        layout.addWidget(self.list, 1)
        line = QHBoxLayout()
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda: self.toggle())
        line.addWidget(self.button)
        line.addStretch()
        layout.addLayout(line)
        self.button.hide()

    def show_values(self, found: Sequence[Proposal], rules: Collection[str]) -> None:
        """Show what these rules would change."""
        if found is not self._found:  # the rows stand for other values now
            self.list.clearSelection()
        self._found = found
        self.button.setVisible(bool(found))
        self.list.show_source(ProposalsSource(found, rules, self.left_out))
        self._offer()

    def selected(self) -> list[Key]:
        """What the selected rows are about."""
        return [self._found[i].key for i in self.list.selected_ids() if i < len(self._found)]

    def toggle(self) -> None:
        """Leave the selected values out, or take them in again when all of them are out."""
        selected = self.selected()
        if self.left_out.issuperset(selected):
            self.left_out.difference_update(selected)
        else:
            self.left_out.update(selected)
        self.list.reload()
        self._offer()
        self.toggled.emit()

    def _fill_menu(self, menu: QMenu, _ids: array[int]) -> None:
        self._offer()
        menu.addAction(self.button.text(), self.toggle)

    def _offer(self) -> None:
        selected = self.selected()
        out = bool(selected) and self.left_out.issuperset(selected)
        self.button.setText(_("Take in again") if out else _("Leave out"))
        self.button.setEnabled(bool(selected))


class CleanUp(Dialog):
    """Rules on the left, before and after on the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Clean up"), "cleaning", QSize(1120, 660))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._near = parent
        self._found: list[Proposal] | None = None
        self._looking: tasks.Progress | None = None
        self._writing = False
        explained = QLabel(_("Here is what could be written better. Nothing is changed before you press the button."))
        explained.setProperty("tone", "muted")
        explained.setWordWrap(True)
        self.content.addWidget(explained)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._left())
        self.values = Values()
        self.values.toggled.connect(self._offer)
        splitter.addWidget(self.values)
        splitter.setSizes([260, 860])
        splitter.setStretchFactor(1, 1)
        self.content.addWidget(splitter, 1)
        self.add_button(_("Close"), self.accept)
        self.button = self.add_button(_("Change"), self.apply, primary=True)
        refresh.signal.changed.connect(self._changed)
        self.look()

    def _left(self) -> QWidget:
        self.rules = QWidget()
        layout = QVBoxLayout(self.rules)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(4)
        self.ticks: dict[str, Tick] = {}
        for rule, title in RULES.items():
            tick = self.ticks[rule] = Tick(_(title))
            tick.setChecked(True)
            tick.hide()
            tick.toggled.connect(lambda _on: self._show())
            layout.addWidget(tick)
        layout.addStretch(1)
        return self.rules

    def look(self) -> None:
        """Look through all customers and contact persons, in the background."""
        progress = self._looking = tasks.Progress(self)
        self.message_bar.follow(progress, _("Looking for what can be tidied"))
        tasks.run(
            self,
            lambda: cleaning.proposals(progress),
            self._take,
            ended=lambda: self._looked(progress),
            place="proposals",
            reading=True,
            progress=progress,
        )

    def _take(self, found: list[Proposal]) -> None:
        self._found = found
        self._show()

    def _looked(self, progress: tasks.Progress) -> None:
        """It is over; when it was stopped, what was known before is old."""
        progress.deleteLater()
        if progress.was_cancelled:
            self._found = None
        if self._found is None:
            self._show()

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if refresh.concerns(changed, "customer", "contact"):
            self.look()

    def _show(self) -> None:
        """What the ticked rules would change, or why there is nothing to see."""
        found = self._found or []
        number = cleaning.counts(found)
        for rule, tick in self.ticks.items():
            tick.setVisible(rule in number)
            tick.setText(f"{_(RULES[rule])} ({number.get(rule, 0):,})")
        self.rules.setVisible(bool(found))
        if self._found is None:
            sentence = _("It was stopped before everything was looked at.")
            self.values.empty.say("search", sentence, _("Look again"), self.look)
        elif not found:
            self.values.empty.say("circle-check", _("Everything is tidy ✓"))
        else:
            self.values.empty.say("list", _("Tick a rule on the left to see what it would change."))
        self.values.show_values(found, self._ticked())
        self._offer()

    def _ticked(self) -> frozenset[str]:
        return frozenset(rule for rule, tick in self.ticks.items() if tick.isChecked())

    def chosen(self) -> list[Proposal]:
        """What the button would change: the ticked rules without what was left out."""
        ticked = self._ticked()
        return [p for p in self._found or () if p.rule in ticked and p.key not in self.values.left_out]

    def _offer(self) -> None:
        """Say on the button what it would do."""
        number = len(self.chosen())
        self.button.setEnabled(number > 0 and not self._writing)
        self.button.setText(
            ngettext("Change {n} value", "Change {n} values", number).format(n=f"{number:,}") if number else _("Change")
        )

    def apply(self) -> None:
        """Change what is chosen, as one action, after a backup; it shows how far it is and can be cancelled."""
        chosen, who = self.chosen(), desk.user()
        warned = list[str]()
        self._writing = True
        self._offer()
        progress = tasks.Progress(self._near)  # closing the window does not stop what is being written
        self.message_bar.follow(progress, _("Changing"))

        attempt = Attempt(who, clean_up.ACTION, lambda c: cleaning.apply(c, chosen), progress)

        def go() -> Saved[Applied]:
            if not warned:
                warned.append(safekeeping.before("bulk", progress))
            return attempt.go()

        def got(saved: Saved[Applied]) -> None:
            bar = desk.bar_near(self._here())
            if bar is not None and any(warned):
                bar.say("".join(warned), tone="due")
            desk.done(self._here(), saved.number, clean_up.said(saved.result))

        def ended() -> None:
            progress.deleteLater()
            if shiboken6.isValid(self):
                self._writing = False
                self._offer()

        until_saved(
            clean_up.ACTION,
            go,
            got=got,
            refused=self._failed,
            stopped=lambda: desk.stopped(self._here()),
            ended=ended,
            progress=progress,
        )

    def _here(self) -> QWidget:
        """This window while it is there, else the one it was opened from."""
        return self if shiboken6.isValid(self) else self._near

    def _failed(self, trouble: Exception, given_up: bool = False) -> None:
        if isinstance(trouble, UserError) and not given_up:
            errors.tell(self._here(), trouble)

    @override
    def done(self, result: int) -> None:
        if self._looking is not None and shiboken6.isValid(self._looking):
            self._looking.cancel()
        super().done(result)
