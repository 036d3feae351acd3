"""The fields the office added itself: new ones, other names, another order; what is no longer wanted is hidden."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.i18n import N_, _
from crm_desktop.models import (
    Complaint,
    Contact,
    Customer,
    Feedback,
    Interaction,
    OwnField,
    Record,
    ServiceRequest,
    office,
    own_fields,
)
from crm_desktop.models.own_fields import Definition
from crm_desktop.store.change import Change
from ui import refresh, theme
from ui.dialogs.new_field import NewField
from ui.parts import desk
from ui.parts.dialog import Dialog

MODELS: tuple[type[Record], ...] = (Customer, Contact, Interaction, Complaint, ServiceRequest, Feedback)


class OwnFields(Dialog):
    """One kind of record at a time; every change is saved at once and can be undone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Own fields"), "own_fields", QSize(640, 480))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.names: dict[str, QLineEdit] = {}
        top = QHBoxLayout()
        self.of = QComboBox()
        self.of.setAccessibleName(_("Fields of"))
        for model in MODELS:
            self.of.addItem(_(model.title), model)
        self.of.currentIndexChanged.connect(lambda _n: self.show_fields())
        top.addWidget(self.of)
        top.addStretch()
        self.new_button = QPushButton(theme.icon("plus"), _("New field…"))
        self.new_button.setAutoDefault(False)
        self.new_button.clicked.connect(lambda: self.ask_new())
        top.addWidget(self.new_button)
        self.content.addLayout(top)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.content.addWidget(self.area, 1)
        told = QLabel(_("A hidden field keeps its values; they are back when it is shown again."))
        told.setProperty("tone", "muted")
        told.setWordWrap(True)
        self.content.addWidget(told)
        self.add_button(_("Close"), self.accept, primary=True)
        refresh.signal.changed.connect(self.show_fields)  # as a method it goes with the window
        self.show_fields()

    @property
    def model(self) -> type[Record]:
        """The records whose fields are shown."""
        chosen: type[Record] = self.of.currentData()
        return chosen

    def show_fields(self) -> None:
        """Show the fields of the chosen kind of record, hidden ones last."""
        fields = sorted(own_fields.of(self.model.table(), inactive=True), key=lambda each: not each.active)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        self.names = {}
        for line, each in enumerate(fields):
            name = self.names[each.place] = QLineEdit(each.label)
            name.setAccessibleName(_("Name of the field"))
            name.setEnabled(each.active)
            name.editingFinished.connect(partial(self._rename, each, name))
            grid.addWidget(name, line, 0)
            kind = QLabel(_(own_fields.KINDS[each.kind].label))
            kind.setProperty("tone", "muted")
            grid.addWidget(kind, line, 1)
            above = fields[line - 1] if line and fields[line - 1].active and each.active else None
            up = self._button("chevron-up", _("Further up"), partial(self._swap, each, above))
            up.setEnabled(above is not None)
            grid.addWidget(up, line, 2)
            words = _("Hide") if each.active else _("Show again")
            hide = self._button("x" if each.active else "eye", words, partial(self._show_or_hide, each))
            grid.addWidget(hide, line, 3)
        column.addLayout(grid)
        if not fields:
            nothing = QLabel(_("No own fields yet. Make one here, or of a column while importing a list."))
            nothing.setWordWrap(True)
            nothing.setProperty("tone", "muted")
            column.addWidget(nothing)
        column.addStretch()
        self.area.setWidget(page)

    def _button(self, icon: str, words: str, do: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon(icon))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.clicked.connect(lambda _on=False: do())
        return button

    def ask_new(self) -> None:
        """Ask what a new field is called and what it holds."""
        table = self.model.table()
        asked = NewField(self, "", "text", _(self.model.title))
        asked.button.setEnabled(False)

        def make(label: str, kind: str) -> None:
            self._write(N_("Add own fields"), lambda c: office.add_own_field(c, table, label, kind))

        asked.made.connect(make)
        asked.open()

    def _rename(self, each: Definition, line: QLineEdit) -> None:
        label = line.text().strip()
        if not label:
            line.setText(each.label)
        elif label != each.label:
            self._write(N_("Rename own field"), lambda c: c.save(OwnField.get_row(each.id), {OwnField.label: label}))

    def _swap(self, each: Definition, above: Definition | None) -> None:
        if above is None:
            return
        first, second = sorted((each.sort, above.sort))

        def write(c: Change) -> None:
            c.save(OwnField.get_row(each.id), {OwnField.sort: first})
            c.save(OwnField.get_row(above.id), {OwnField.sort: second if second > first else first + 1})

        self._write(N_("Order own fields"), write)

    def _show_or_hide(self, each: Definition) -> None:
        action = N_("Hide own field") if each.active else N_("Show own field")
        self._write(action, lambda c: c.save(OwnField.get_row(each.id), {OwnField.active: not each.active}))

    def _write(self, action: str, work: Callable[[Change], object]) -> None:
        desk.write(self, action, work, lambda _done: self.show_fields())
