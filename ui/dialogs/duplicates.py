"""Customers or contact persons that may be there twice: groups with reasons, side by side, merged or told apart."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from crm_desktop import different, duplicate_groups, duplicate_persons
from crm_desktop.duplicate_groups import Group
from crm_desktop.i18n import N_, _
from crm_desktop.models import Contact, Customer, Record
from crm_desktop.store import snapshot
from ui import refresh
from ui.parts import desk, heavy
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.list_source import Column, Page, Row
from ui.parts.list_view import ListView
from ui.parts.merging import explained, verb
from ui.parts.side_by_side import SideBySide


class GroupsSource:
    """The groups as a list, the surest first; `group` gives back what a row stands for."""

    def __init__(self, model: type[Record] = Customer) -> None:
        self.model = model
        self.columns: Sequence[Column] = (
            Column("names", N_("Customers") if model is Customer else N_("Contact persons"), 30, sortable=False),
            Column("why", N_("Why"), 28, sortable=False),
        )
        self._found: dict[int, Group] = {}
        self._fresh = False

    def group(self, id: int | None) -> Group | None:
        """What a row stands for."""
        return self._found.get(id) if id is not None else None

    def _look(self) -> list[int]:
        find = duplicate_groups.find if self.model is Customer else duplicate_persons.find
        with snapshot.instead(exact=True):
            self._found = {_number(group): group for group in find()}
        return list(self._found)

    def first(self, n: int) -> Page:
        """Look through the whole file: the surest groups."""
        ids = self._look()
        self._fresh = len(ids) > n  # then the list asks for all of them next
        return Page(ids[:n], [_row(self._found[i]) for i in ids[:n]], len(ids))

    def ids(self) -> array[int]:
        """All groups; looked for again, unless that was done this moment."""
        fresh, self._fresh = self._fresh, False
        return array("q", self._found if fresh else self._look())

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """What is written in these rows."""
        return {i: _row(self._found[i]) for i in ids if i in self._found}


def _number(group: Group) -> int:
    """A number that stays with a group as long as it has the same members."""
    return hash(tuple(sorted(member.id for member in group.members))) & 0x3FFF_FFFF_FFFF_FFFF


def _row(group: Group) -> Row:
    return _(", ").join(dict.fromkeys(member.name for member in group.members)), _why(group)


def _why(group: Group) -> str:
    return _("; ").join(reason.in_words() for reason in group.reasons)


class Duplicates(Dialog):
    """The groups on the left, the chosen one side by side on the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Find duplicates"), "duplicates", QSize(1180, 680))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Who may be there twice"))
        self.kind.addItem(_("Customers"), Customer)
        self.kind.addItem(_("Contact persons"), Contact)
        self.kind.currentIndexChanged.connect(lambda _index: self._change_kind())
        self.explained = explained()
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.explained, 1)
        self.content.addLayout(head)
        self._source = GroupsSource()
        self.list = ListView(self._source, "duplicates", _("Find duplicates"))
        self.empty = Empty("circle-check", _("No customer seems to be there twice."))
        self.list.set_empty(self.empty)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self._right())
        splitter.setSizes([440, 740])
        splitter.setStretchFactor(1, 1)
        self.content.addWidget(splitter, 1)
        self.add_button(_("Close"), self.accept)
        self.apart_button = self.add_button(_("Not the same"), self.tell_apart)
        self.merge_button = self.add_button(verb(Customer), self.merge, primary=True)
        self.merge_button.setDefault(False)  # Enter on a choice is no wish to merge
        self.merge_button.setAutoDefault(False)
        self.sides.loaded.connect(self._offer)
        self.list.chosen.connect(self._choose)
        self.list.list_model.completed.connect(self._begin)
        refresh.signal.changed.connect(self._changed)
        self._offer()
        self.list.reload()

    def _right(self) -> QWidget:
        right = QWidget()
        layout = QVBoxLayout(right)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(8)
        self.which = QComboBox()
        self.which.setAccessibleName(_("Which two of the group"))
        self.which.setToolTip(_("Which two of the group"))
        self.which.hide()
        self.which.activated.connect(lambda _index: self._compare())
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.why.setProperty("tone", "muted")
        layout.addWidget(self.why)
        layout.addWidget(self.which)
        self.sides = SideBySide(self)
        layout.addWidget(self.sides, 1)
        return right

    def _change_kind(self) -> None:
        """Customers, or contact persons."""
        model = self.kind.currentData()
        self._source = GroupsSource(model)
        persons = _("No contact person seems to be there twice.")
        self.empty.say("circle-check", _("No customer seems to be there twice.") if model is Customer else persons)
        self.explained.setText(explained(model).text())
        self.merge_button.setText(verb(model))
        self.apart_button.setText(_("Not the same") if model is Customer else _("Not the same person"))
        self.sides.clear()
        self.list.show_source(self._source)
        heavy.prepare()

    def _begin(self) -> None:
        """Choose the first group, so that there is something to decide."""
        if self.list.list_model.rowCount() == 0:
            self._choose(None)
        elif self.list.current_id() is None:
            self.list.selectRow(0)

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if refresh.concerns(changed, "customer", "contact", "setting"):
            self.list.reload()

    def _choose(self, id: int | None) -> None:
        group = self._source.group(id)
        self.which.clear()
        self.why.setText("" if group is None else _why(group))
        if group is None:
            self.sides.clear()
            return
        first, *others = group.members
        for other in others:
            self.which.addItem(f"{first.name} + {other.name} ({other.code})", (first.id, other.id))
        self.which.setVisible(len(others) > 1)
        self._compare()

    def _compare(self) -> None:
        keep, other = self.which.currentData()
        self.sides.load(keep, other, self._source.model)

    def _offer(self) -> None:
        for button in (self.apart_button, self.merge_button):
            button.setEnabled(self.sides.sides is not None)

    def merge(self) -> None:
        """Make one of the two that are shown."""
        self.merge_button.setEnabled(False)
        self.sides.merge(self.sides.clear)

    def tell_apart(self) -> None:
        """Remember in the file that these two are not the same: nobody is asked again."""
        sides = self.sides.sides
        if sides is None:
            return
        self.apart_button.setEnabled(False)
        desk.write(
            self,
            different.ACTIONS[sides.model.table()],
            lambda c: different.remember(c, [sides.keep.id, sides.other.id]),
            said=_("{name} and {other} will not be asked about again.").format(
                name=sides.keep.name, other=sides.other.name
            ),
            ended=self._offer,
        )
