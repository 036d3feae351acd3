"""The essentials of a customer in one line that wraps: a click copies what one dials or pastes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from crm_desktop import values
from crm_desktop.i18n import _
from crm_desktop.models import Customer
from ui import theme
from ui.parts import desk
from ui.parts.flow import Flow

PHONES = 2
"""How many numbers are shown; the others stand among all fields."""


class Essentials(QWidget):
    """Phones, WeChat, main contact person, region, next contact."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(16)
        self.setLayout(self._flow)
        self._widgets: list[QWidget] = []

    def show_customer(self, customer: Customer) -> None:
        """Show another customer's."""
        for widget in self._widgets:
            self._flow.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._widgets = []
        numbers = [str(row.get("number", "")) for row in customer.phones or ()]
        main = str(customer.main_phone or "")
        if main and main not in numbers:
            self._add(str(customer.main_contact) or _("Phone"), values.show_phone(main), main)
        elif customer.main_contact:
            self._add(_("Contact person"), str(customer.main_contact))
        for number in numbers[:PHONES]:
            self._add(_("Phone"), values.show_phone(number), number)
        if customer.wechat:
            self._add(_("WeChat"), str(customer.wechat), str(customer.wechat))
        if customer.email:
            self._add(_("E-mail"), str(customer.email), str(customer.email))
        if customer.region:
            self._add(_("Region"), str(customer.region))
        if customer.next_contact_at:
            when = values.show_datetime(str(customer.next_contact_at), near=True)
            self._add(_("Next contact"), f"{when} {customer.next_contact_what}".strip())
        self.setVisible(bool(self._widgets))

    def _add(self, label: str, text: str, copied: str = "") -> None:
        piece = QLabel(f"{label}  {text}") if not copied else CopyButton(label, text, copied)
        if not copied:
            piece.setToolTip(label)
            piece.setMinimumHeight(28)  # as high as its neighbours that can be clicked
        self._flow.addWidget(piece)
        self._widgets.append(piece)
        piece.show()


class CopyButton(QToolButton):
    """A label and a value; a click copies the value without spaces."""

    def __init__(self, label: str, text: str, copied: str) -> None:
        super().__init__()
        self.setText(f"{label}  {text}")
        self.setIcon(theme.icon("copy", "muted"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setToolTip(_("Copy {text}").format(text=copied))
        self.setAccessibleName(_("Copy {text}").format(text=copied))
        self._copied = copied
        self.clicked.connect(self.copy)

    def copy(self) -> None:
        """Put it on the clipboard and say so."""
        QGuiApplication.clipboard().setText(self._copied.replace(" ", ""))
        bar = desk.bar_near(self)
        if bar is not None:
            bar.say(_("Copied: {text}").format(text=self._copied))
