"""Why a list shows only some of its records, with the way back to all of them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from crm_desktop.i18n import _


class ListBanner(QWidget):
    """Hidden until there is something to say; `back` is for the list to connect."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.text = QLabel()
        self.text.setWordWrap(True)
        row.addWidget(self.text, 1)
        self.back = QPushButton(_("Show all"))
        self.back.setProperty("link", True)
        row.addWidget(self.back)
        self.hide()
