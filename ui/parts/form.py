"""A record being typed: its fields in their groups, what is wrong with them, and who is there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from crm_desktop import duplicates
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import Customer, Record
from crm_desktop.models.base import Invalid
from crm_desktop.models.fields import Field
from ui import tasks
from ui.parts.editors import editor_for
from ui.parts.editors_base import Editor
from ui.parts.field_grid import FieldGrid
from ui.parts.notice import Notice
from ui.parts.section import Section

LOOK = 250
"""Milliseconds after the last key before it is looked up who is there already."""
TELLING = ("name", "credit_code", "phones", "wechat")
SEEN = ""
"""Where a draft keeps what its fields were before they were typed; no field has this name."""


class FormField(QWidget):
    """Label above, editor below; a required field carries a star, a wanted one a quiet word."""

    def __init__(self, field: Field[Any], needed: bool = False) -> None:
        super().__init__()
        self.editor = editor_for(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        text = "" if self.editor.labelled else _(field.label)
        if (field.required or needed) and text:
            text = _("{label} *").format(label=text)
        elif field.wanted and text:
            text = _("{label} · recommended").format(label=text)
        self.label = QLabel(text)
        self.label.setProperty("tone", "muted")
        self.label.setBuddy(self.editor)
        column.addWidget(self.label)
        column.addWidget(self.editor)
        column.addStretch()


class Form(QWidget):
    """The fields of a record: empty ones of later groups wait behind their group's title.

    `record` is the record being changed, or None for a new one that starts with `presets`; `fields` shows just these,
    `needed` are marked beside those that always are.
    """

    edited = Signal()
    asked = Signal(str, object)
    """Somebody wants to see a record (table, id) that the form speaks of."""
    save_anyway = Signal()

    def __init__(
        self,
        model: type[Record],
        record: Record | None = None,
        presets: Mapping[str, Any] | None = None,
        fields: Sequence[str] | None = None,
        parent: QWidget | None = None,
        needed: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self.model, self.record = model, record
        self.known: set[int] = set()
        """Customers that were shown as possible duplicates: saving does not ask about them again."""
        self._presets = dict(presets or {})
        self._needed = frozenset(needed)
        self._fields: dict[str, FormField] = {}
        self._sections: list[Section] = []
        self._seen = self._stored()
        self._order = QTimer(self, singleShot=True, interval=0)
        self._order.timeout.connect(self._chain)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.twins = Notice()
        column.addWidget(self.twins)
        described = model.typed()
        sections = [("", fields)] if fields is not None else model.groups()
        for number, (title, names) in enumerate(sections):
            mine = [n for n in names if n in described and (fields is not None or n not in model.by_steps)]
            section = Section(_(title), mine, self._build)
            self._sections.append(section)
            column.addWidget(section)
            filled = sum(self._is_told(described[n]) for n in section.names)
            if number == 0 or (filled and record is not None) or any(n in self._presets for n in section.names):
                section.open()
            else:
                section.count(filled, len(section.names))
        column.addStretch()
        self._look = QTimer(self, singleShot=True, interval=LOOK)
        self._look.timeout.connect(self._look_for_twins)

    @property
    def seen(self) -> dict[str, Any]:
        """The stored values as they were when the form opened; for a new record nothing."""
        return dict(self._seen) if self.record is not None else {}

    def editor(self, name: str) -> Editor:
        """The editor of a field; its group opens if it was closed."""
        if name not in self._fields:
            next(section for section in self._sections if name in section.names).open()
        return self._fields[name].editor

    def values(self) -> dict[str, Any]:
        """What is to be written: the changed fields of a record, all filled ones of a new record.

        Raises Invalid, naming the fields, when something typed cannot be read.
        """
        problems: dict[str, str] = {}
        found: dict[str, Any] = {} if self.record is not None else dict(self._presets)
        for name, place in self._fields.items():
            try:
                value = place.editor.value()
            except UserError as trouble:
                problems[name] = str(trouble)
                continue
            if self.record is None:
                if not place.editor.field.is_empty(value) or name in self._presets:
                    found[name] = value
                elif place.editor.is_dirty():
                    # emptied by hand: the default must not come back
                    found[name] = value
            elif place.editor.is_dirty() and value != self._seen[name]:
                found[name] = value
        if problems:
            raise Invalid(problems)
        return found

    def call(self, name: str, words: str) -> None:
        """Call a field something else than its label, where it means something special."""
        self.editor(name)
        self._fields[name].label.setText(_("{label} *").format(label=words) if name in self._needed else words)

    def is_dirty(self) -> bool:
        """Whether anything is written here that is not stored."""
        return any(place.editor.is_dirty() for place in self._fields.values())

    def problems(self) -> dict[str, str]:
        """What is wrong, by field; nothing means it can be saved."""
        found = {n: p for n, place in self._fields.items() if (p := place.editor.problem())}
        for name, place in self._fields.items():
            field = place.editor.field
            if field.required and place.editor.is_empty():
                found[name] = _("{label} is needed.").format(label=_(field.label))
        return found

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Put the sentences under their fields, and the cursor into the first of them."""
        for name in [n for section in self._sections for n in section.names if n in problems]:
            self.editor(name).show_problem(problems[name])
        first = next((n for section in self._sections for n in section.names if n in problems), None)
        if first is not None:
            self.focus(first)

    def focus(self, name: str = "") -> None:
        """Put the cursor into a field, or into the first one."""
        described = self.model.typed()
        names = [n for section in self._sections for n in section.names]
        target = self.editor(name if name in described and name in names else names[0])
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def raw(self) -> dict[str, Any]:
        """What is written in the fields that were touched, for a draft, and what stood there before.

        A new record's comes with what it began with.
        """
        touched = {n for n, place in self._fields.items() if place.editor.is_dirty()}
        if touched and self.record is None:
            touched |= self._presets.keys() & self._fields.keys()
        found = {n: place.editor.raw() for n, place in self._fields.items() if n in touched}
        if found and self.record is not None:
            found[SEEN] = {n: self._seen[n] for n in found}
        return found

    def set_raw(self, raw: Mapping[str, Any]) -> None:
        """Write a draft's fields again."""
        for name, written in raw.items():
            if any(name in section.names for section in self._sections):
                self.editor(name).set_raw(written)
        if self.record is not None:
            # what a colleague wrote since is no more seen than it was when this was typed: saving will ask
            self._seen |= {n: v for n, v in raw.get(SEEN, {}).items() if n in self._fields}
        self._changed("")

    def merge(self, record: Record) -> None:
        """Show a colleague's newer values where nothing was typed; what was typed stays and clashes when saved."""
        self.record = record
        fresh = self._stored()
        for name, place in self._fields.items():
            if not place.editor.is_dirty():
                if fresh[name] != self._seen[name]:
                    place.editor.set_value(fresh[name])
                self._seen[name] = fresh[name]
        self._seen |= {n: v for n, v in fresh.items() if n not in self._fields}

    def take_as_saved(self, record: Record) -> None:
        """What was typed before was saved by ourselves; only what differs from it now is still to be saved."""
        self.merge(record)
        self._seen = self._stored()

    def ask_anyway(self, found: duplicates.Similar) -> None:
        """Somebody is there already: show who, and ask."""
        self.known |= {it.id for it in found.found}
        self._tell_twins(found.found, ask=True)

    def _stored(self) -> dict[str, Any]:
        """Where each field starts from."""
        described = self.model.typed()
        if self.record is not None:
            return {name: getattr(self.record, name) for name in described}
        defaults = {n: f.default() if callable(f.default) else f.default for n, f in described.items()}
        return defaults | self._presets

    def _is_told(self, field: Field[Any]) -> bool:
        """Whether somebody filled the field; a mere default does not open a group."""
        value = self._seen.get(field.name)
        return not field.is_empty(value) and value != (field.default() if callable(field.default) else field.default)

    def _build(self, section: Section) -> FieldGrid:
        """The fields of a group, made when it opens for the first time."""
        grid = FieldGrid()
        described = self.model.typed()
        for name in section.names:
            place = FormField(described[name], name in self._needed)
            self._fields[name] = place
            place.editor.set_value(self._seen[name])
            place.editor.edited.connect(lambda n=name: self._changed(n))
            place.editor.grown.connect(self._order.start)
            grid.add(place, place.editor.wide)
        self._order.start()
        return grid

    def _chain(self) -> None:
        """The Tab key goes in reading order, whichever group was opened or row added first."""
        stops: list[QWidget] = []
        for section in self._sections:
            stops.append(section.title)
            stops += [stop for n in section.names if n in self._fields for stop in self._fields[n].editor.stops()]
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def _changed(self, name: str) -> None:
        if self.model is Customer and (name in TELLING or not name):
            self._look.start()
        self.edited.emit()

    def _look_for_twins(self) -> None:
        """Ask who is there already with what is typed so far."""
        typed: dict[str, Any] = {}
        for name in TELLING:
            place = self._fields.get(name)
            if place is not None and place.editor.is_dirty() and not place.editor.problem():
                typed[name] = place.editor.value()
        mine = self.record.id if self.record is not None else None
        tasks.run(self, lambda: duplicates.like(typed, mine), self._tell_twins, place="twins", reading=True)

    def _tell_twins(self, found: Sequence[duplicates.Duplicate], ask: bool = False) -> None:
        if not found:
            self.twins.hide()
            return
        self.known |= {it.id for it in found}
        ways = [(duplicates.in_words(it), lambda i=it.id: self.asked.emit("customer", i)) for it in found]
        if ask:
            ways.append((_("Save anyway"), self.save_anyway.emit))
        self.twins.say(_("There already?"), ways)
