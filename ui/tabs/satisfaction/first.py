"""Where nothing was asked yet: what surveys are good for, and the ready-made questionnaires to begin with."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.i18n import _, language, ngettext
from crm_desktop.satisfaction.ready import Ready, ready
from ui import theme


class FirstUse(QScrollArea):
    """A sentence, four cards, and the way to a questionnaire of one's own."""

    chosen = Signal(str)
    """Key of a ready-made questionnaire."""
    own_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        self.setWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 16, 16)
        column.setSpacing(12)
        title = QLabel(_("How content are the customers?"))
        title.setFont(theme.title_font())
        column.addWidget(title)
        words = QLabel(
            _(
                "A survey asks a part of your customers the same questions: by phone with a script, on a printed form"
                " or in an Excel sheet. The answers become figures that open their records and show what matters most"
                " to customers; a low score is brought to Today. Choose a questionnaire to begin with; it can be"
                " changed."
            )
        )
        words.setWordWrap(True)
        words.setProperty("tone", "muted")
        column.addWidget(words)
        grid = QGridLayout()
        grid.setSpacing(12)
        self.buttons: dict[str, QPushButton] = {}
        for number, (key, each) in enumerate(ready().items()):
            grid.addWidget(self._card(key, each), number // 2, number % 2)
        for half in (0, 1):
            grid.setColumnStretch(half, 1)
        column.addLayout(grid)
        self.own = QPushButton(theme.icon("edit"), _("Write a questionnaire of our own…"))
        self.own.clicked.connect(self.own_asked)
        line = QHBoxLayout()
        line.addWidget(self.own)
        line.addStretch()
        column.addLayout(line)
        column.addStretch()

    def _card(self, key: str, each: Ready) -> QWidget:
        card = QFrame()
        card.setProperty("card", True)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        english = language() == "en"
        name = QLabel(each.en if english else each.zh)
        name.setFont(theme.title_font(11))
        column.addWidget(name)
        purpose = QLabel(each.purpose_en if english else each.purpose_zh)
        purpose.setWordWrap(True)
        purpose.setProperty("tone", "muted")
        column.addWidget(purpose, 1, Qt.AlignmentFlag.AlignTop)
        line = QHBoxLayout()
        n = len(each.items)
        line.addWidget(QLabel(ngettext("{n} question", "{n} questions", n).format(n=n)), 1)
        button = self.buttons[key] = QPushButton(_("Ask this…"))
        button.setProperty("primary", number_one(key))
        button.setAccessibleName(_("Ask this: {name}").format(name=name.text()))
        button.clicked.connect(partial(self.chosen.emit, key))
        line.addWidget(button)
        column.addLayout(line)
        return card


def number_one(key: str) -> bool:
    """Whether this is the one most offices begin with."""
    return key == next(iter(ready()))
