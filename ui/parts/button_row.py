"""What can be done with a page, as a row of buttons below it; Enter in a dialog presses none of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from ui import theme


class ButtonRow(QHBoxLayout):
    """Buttons from the left, each with icon, words (translated) and what it does."""

    def __init__(self, *ways: tuple[str, str, Callable[[], object]]) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []
        for icon, words, do in ways:
            button = QPushButton(theme.icon(icon), words)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, do=do: do())
            self.buttons.append(button)
            self.addWidget(button)
        self.addStretch()
