"""The line one searches in: a magnifier in front, a cross to clear it behind."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from ui import theme


class SearchLine(QLineEdit):
    """`hint` stands in the empty line, `name` is what a screen reader calls it; both are translated already."""

    def __init__(self, hint: str, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
