"""Two customers chosen in a list, or two contact persons, become one: seen side by side, with one way back."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from crm_desktop.i18n import _
from crm_desktop.models import Customer, Record
from ui.parts.dialog import Dialog
from ui.parts.side_by_side import SideBySide


class Merge(Dialog):
    """Which value stays where the two differ."""

    def __init__(self, parent: QWidget, keep: int, other: int, model: type[Record] = Customer) -> None:
        title = _("Merge two customers") if model is Customer else _("Merge two contact persons")
        super().__init__(parent, title, "merge", QSize(860, 600))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.content.addWidget(explained(model))
        self.sides = SideBySide(parent)
        self.content.addWidget(self.sides, 1)
        self.add_button(_("Cancel"), self.reject)
        self.button = self.add_button(verb(model), self.merge, primary=True)
        self.button.setEnabled(False)
        self.sides.loaded.connect(lambda: self.button.setEnabled(self.sides.sides is not None))
        self.sides.load(keep, other, model)

    def merge(self) -> None:
        """Make one of both, and close."""
        self.button.setEnabled(False)
        self.sides.merge(self.accept)


def verb(model: type[Record]) -> str:
    """What the button says."""
    return _("Merge into one customer") if model is Customer else _("Merge into one contact person")


def explained(model: type[Record] = Customer) -> QLabel:
    """What a merge does, in a few sentences."""
    customers = _(
        "Contact persons, contacts and complaints of both come together; both names and numbers still find the"
        " customer. Where only one value can stay and you leave the choice as it is, the other one is noted in the"
        " remarks. Undo gives both back."
    )
    persons = _(
        "Customers, contacts and complaints of both come together. Where only one value can stay and you leave the"
        " choice as it is, the other one is noted in the remarks. Undo gives both back."
    )
    label = QLabel(customers if model is Customer else persons)
    label.setWordWrap(True)
    label.setProperty("tone", "muted")
    return label
