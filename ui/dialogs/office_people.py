"""The colleagues: added, renamed, switched off; never deleted, their names stand beside what they wrote."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.i18n import N_, _
from crm_desktop.models import people
from crm_desktop.models.office import User
from crm_desktop.models.people import Colleague
from crm_desktop.store.change import Change
from ui import refresh, theme
from ui.parts import desk
from ui.parts.ticks import Tick


class PeoplePage(QWidget):
    """The names on the left, the chosen one beside them."""

    def __init__(self, me: int | None) -> None:
        super().__init__()
        self._me = me
        self._shown: Colleague | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 16, 4, 8)
        row.setSpacing(16)
        left = QVBoxLayout()
        self.list = QListWidget()
        self.list.setAccessibleName(_("Colleagues"))
        self.list.currentItemChanged.connect(lambda now, _before: self._choose(now))
        left.addWidget(self.list, 1)
        self.add_button = QPushButton(theme.icon("user-plus"), _("Add a colleague"))
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self.add)
        left.addWidget(self.add_button)
        row.addLayout(left, 1)
        row.addLayout(self._right(), 1)
        refresh.signal.changed.connect(self._changed)
        self.reload()

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        label = QLabel(_("Name"))
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of the colleague"))
        self.name.textChanged.connect(lambda _text: self._edited())
        label.setBuddy(self.name)
        column.addWidget(label)
        column.addWidget(self.name)
        self.active = Tick(_("Works here: is offered where a colleague is chosen"))
        self.active.toggled.connect(lambda _on: self._edited())
        column.addWidget(self.active)
        self.hint = QLabel(_("The name stays beside everything this colleague wrote down."))
        self.hint.setWordWrap(True)
        self.hint.setProperty("tone", "muted")
        column.addWidget(self.hint)
        self.save_button = QPushButton(_("Save"))
        self.save_button.setProperty("primary", True)
        self.save_button.setAutoDefault(True)
        self.save_button.clicked.connect(self.save)
        self.discard_button = QPushButton(_("Discard"))
        self.discard_button.setAutoDefault(False)
        self.discard_button.clicked.connect(lambda: self._choose(self.list.currentItem()))
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addWidget(self.discard_button)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()
        return column

    def reload(self, chosen: int | None = None) -> None:
        """Show the colleagues as they are now, the chosen one still chosen."""
        chosen = chosen if chosen is not None else self._shown.id if self._shown else self._me
        self.list.blockSignals(True)
        self.list.clear()
        for person in people.everybody(inactive=True):
            text = person.name if person.active else _("{name} (no longer here)").format(name=person.name)
            item = QListWidgetItem(text)
            item.setSizeHint(QSize(0, 28))
            item.setData(Qt.ItemDataRole.UserRole, person)
            self.list.addItem(item)
            if person.id == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._choose(self.list.currentItem())

    def add(self) -> None:
        """Start a new name."""
        self.list.setCurrentRow(-1)
        self._choose(None)
        self.name.setFocus()

    def is_dirty(self) -> bool:
        """Whether something was typed and is not saved."""
        name = self.name.text().strip()
        if self._shown is None:
            return bool(name)
        return (name, self.active.isChecked()) != (self._shown.name, self._shown.active)

    def save(self) -> None:
        """Write the colleague down."""
        name, active, shown = self.name.text().strip(), self.active.isChecked(), self._shown
        other = people.find(name)
        if other is not None and (shown is None or other != shown.id):
            self.hint.setText(_("{name} is there already.").format(name=people.name(other)))
            theme.set_property(self.hint, "tone", "overdue")
            return
        values: dict[Any, Any] = {User.name: name, User.active: active}

        def work(c: Change) -> int:
            if shown is None:
                return int(c.save(User, values).id)
            # by the id: a colleague may have changed the name meanwhile, and the change says so
            return int(c.save(User(id=shown.id), values, seen={User.name: shown.name, User.active: shown.active}).id)

        action = N_("Change colleague") if shown else N_("Add colleague")
        desk.write(self, action, work, self.reload, said=_("Saved: {name}.").format(name=name))

    def _choose(self, item: QListWidgetItem | None) -> None:
        self._shown = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self.name.setText(self._shown.name if self._shown else "")
        self.active.setChecked(self._shown.active if self._shown else True)
        self.hint.setText(_("The name stays beside everything this colleague wrote down."))
        theme.set_property(self.hint, "tone", "muted")
        self._edited()

    def _edited(self) -> None:
        dirty = self.is_dirty()
        self.save_button.setEnabled(dirty and bool(self.name.text().strip()))
        self.discard_button.setVisible(dirty)
        # what is being typed is neither lost by choosing somebody else nor saved unasked
        self.list.setEnabled(not dirty)
        self.add_button.setEnabled(not dirty)
        me = self._shown is not None and self._shown.id == self._me
        self.active.setEnabled(not me)

    def _changed(self, changed: Any) -> None:
        if refresh.concerns(changed, User.table()) and not self.is_dirty():
            self.reload()
