"""Two customers chosen in a list become one: seen side by side beforehand, with one way back."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from crm_desktop.i18n import _
from ui.parts.dialog import Dialog
from ui.parts.side_by_side import SideBySide


class Merge(Dialog):
    """Which value stays where the two differ."""

    def __init__(self, parent: QWidget, keep: int, other: int) -> None:
        super().__init__(parent, _("Merge two customers"), "merge", QSize(860, 600))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.content.addWidget(explained())
        self.sides = SideBySide(parent)
        self.content.addWidget(self.sides, 1)
        self.add_button(_("Cancel"), self.reject)
        self.button = self.add_button(_("Merge into one customer"), self.merge, primary=True)
        self.button.setEnabled(False)
        self.sides.loaded.connect(lambda: self.button.setEnabled(self.sides.sides is not None))
        self.sides.load(keep, other)

    def merge(self) -> None:
        """Make one of both, and close."""
        self.button.setEnabled(False)
        self.sides.merge(self.accept)


def explained() -> QLabel:
    """What a merge does, in a few sentences."""
    label = QLabel(
        _(
            "Contact persons, contacts and complaints of both come together; both names and numbers still find the"
            " customer. Where only one value can stay and you leave the choice as it is, the other one is noted in the"
            " remarks. Undo gives both back."
        )
    )
    label.setWordWrap(True)
    label.setProperty("tone", "muted")
    return label
