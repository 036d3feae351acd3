"""A field of the office's own for a column that has none: what it is called and what it holds."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from crm_desktop.i18n import _
from crm_desktop.models import own_fields
from ui.parts.dialog import Dialog


class NewField(Dialog):
    """The heading and what its cells look like are taken over; Enter makes the field."""

    made = Signal(str, str)
    """Name and kind of the field."""

    def __init__(self, parent: QWidget, heading: str, kind: str, of: str) -> None:
        super().__init__(parent, _("New field for {records}").format(records=of))
        self.setMinimumWidth(420)
        form = QFormLayout()
        self.label = QLineEdit(heading)
        self.label.selectAll()
        form.addRow(_("Name of the field"), self.label)
        self.kind = QComboBox()
        for key, each in own_fields.KINDS.items():
            self.kind.addItem(_(each.label), key)
        self.kind.setCurrentIndex(self.kind.findData(kind))
        form.addRow(_("Holds"), self.kind)
        self.content.addLayout(form)
        told = QLabel(_("It stands in the section “Own fields” of every form, is searched, exported and imported."))
        told.setWordWrap(True)
        told.setProperty("tone", "muted")
        self.content.addWidget(told)
        self.add_button(_("Cancel"), self.reject)
        self.button = self.add_button(_("Make the field"), self.accept, primary=True)
        self.label.textChanged.connect(lambda text: self.button.setEnabled(bool(text.strip())))

    def accept(self) -> None:
        """Tell what was chosen."""
        self.made.emit(self.label.text().strip(), str(self.kind.currentData()))
        super().accept()
