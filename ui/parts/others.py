"""Who else is typing in the record that stands here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import _
from ui.parts.notice import Notice
from ui.parts.pulse import pulse


class Others(Notice):
    """Hidden while nobody else types in the record."""

    def __init__(self, table: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._record: int | None = None
        pulse.changed.connect(self.tell)

    def show_record(self, record: int | None) -> None:
        """Another record stands here; None for none, or for a new one."""
        self._record = record
        self.tell()

    def tell(self, _state: object = None) -> None:
        """Say it anew."""
        who = pulse.editors(self._table, self._record) if self._record is not None else []
        if who:
            self.say(_("{who} is editing this just now.").format(who=_(", ").join(who)), (), "accent")
        else:
            self.hide()
