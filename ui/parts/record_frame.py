"""What stands around a record: its title with the Edit button above, Save and Cancel below while it is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.i18n import _
from ui import theme


class Header(QWidget):
    """What is shown, and the buttons to edit it and to see its history."""

    def __init__(self, edit: Callable[[], object], changes: Callable[[], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 14, 16, 6)
        row.setSpacing(8)
        self.title = QLabel()
        self.title.setFont(theme.title_font())
        self.title.setWordWrap(True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self.title, 1)
        self.changes = QPushButton(_("Changes"))
        self.changes.setIcon(theme.icon("history"))
        self.changes.setToolTip(_("Who changed what, and when"))
        self.changes.clicked.connect(lambda: changes())
        row.addWidget(self.changes, 0, Qt.AlignmentFlag.AlignTop)
        self.button = QPushButton(_("Edit"))
        self.button.setIcon(theme.icon("edit"))
        self.button.setToolTip(_("Edit (F2)"))
        self.button.clicked.connect(lambda: edit())
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def tell(self, title: str, may_edit: bool) -> None:
        """Say what is shown now, and whether it can be edited."""
        self.title.setText(title)
        self.button.setVisible(may_edit)
        self.changes.setVisible(may_edit)


class Footer(QFrame):
    """Save and Cancel, always in sight while typing; left what colleagues do meanwhile."""

    def __init__(self, save: Callable[[], object], cancel: Callable[[], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 16, 8)
        row.setSpacing(8)
        self.label = QLabel()
        self.label.setProperty("tone", "due")
        self.label.setWordWrap(True)
        row.addWidget(self.label, 1)
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.setToolTip(_("Stop editing (Esc)"))
        self.cancel.clicked.connect(lambda: cancel())
        row.addWidget(self.cancel)
        self.save = QPushButton(_("Save"))
        self.save.setProperty("primary", True)
        self.save.setToolTip(_("Save (Ctrl+S)"))
        self.save.clicked.connect(lambda: save())
        row.addWidget(self.save)

    def say(self, text: str) -> None:
        """What a colleague did meanwhile."""
        self.label.setText(text)


def scrolled(page: QWidget, side: int = 16, wide: bool = False) -> QScrollArea:
    """A page that scrolls up and down, with the page's margins around it; a `wide` one also from side to side."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    if not wide:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    around = QWidget()
    column = QVBoxLayout(around)
    column.setContentsMargins(side, 4, 16, 16)
    column.addWidget(page)
    area.setWidget(around)
    return area
