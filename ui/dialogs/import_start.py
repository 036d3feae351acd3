"""Where an import begins: files, a text that was copied, an empty list to fill in, or what was imported before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_desktop.i18n import _
from ui import dialogs, theme
from ui.parts.empty import Empty


class StartPage(QWidget):
    """One large button, and the other ways below."""

    def __init__(self, choose: Callable[[], object], paste: Callable[[], object]) -> None:
        super().__init__()
        sentence = _(
            "Drop Excel, CSV or vCard files here: customers, contact persons, contact history, complaints, "
            "service requests.\n"
            "You see what becomes of every row before anything is saved."
        )
        column = QVBoxLayout(self)
        column.addWidget(Empty("file-spreadsheet", sentence, _("Choose files…"), choose), 1)
        line = QHBoxLayout()
        line.addStretch()
        for icon, text, tip, do in (
            ("copy", _("Paste what was copied"), _("A table, a contact from a chat, an invoice title (Ctrl+V)"), paste),
            ("file-spreadsheet", _("Empty list to fill in…"), _("An Excel file with our headings"), self._offer_empty),
            ("history", _("Earlier imports…"), _("What was imported, when, by whom; take it back"), self._show_earlier),
        ):
            button = QPushButton(theme.icon(icon), text)
            button.setToolTip(tip)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, do=do: do())
            line.addWidget(button)
        line.addStretch()
        column.addLayout(line)

    def _offer_empty(self) -> None:
        dialogs.exchange.EmptyList(self.window()).open()

    def _show_earlier(self) -> None:
        dialogs.operations.Operations(self.window(), "imported").open()
