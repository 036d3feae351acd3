"""What stands where nothing is yet: an icon, a sentence that says what to do, and the button that does it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme


class Empty(QWidget):
    """Icon, sentence and primary button, in the middle of the place they fill; texts are translated already."""

    def __init__(
        self,
        icon: str,
        sentence: str,
        action: str = "",
        do: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addStretch(2)
        self._sign = _Sign(icon)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setProperty("tone", "muted")
        layout.addWidget(self.sentence)
        self.button = QPushButton()
        self.button.setProperty("primary", True)
        self._do: Callable[[], object] | None = None
        self.button.clicked.connect(lambda: self._do() if self._do else None)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.say(icon, sentence, action, do)

    def say(self, icon: str, sentence: str, action: str = "", do: Callable[[], object] | None = None) -> None:
        """Say something else: no customers at all is another matter than none that fit the search."""
        self._sign.icon = icon
        self._sign.update()
        self.sentence.setText(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self._do = do


class _Sign(QWidget):
    """A large quiet icon."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.icon = icon
        self.setFixedSize(40, 40)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).drawPixmap(0, 0, theme.pixmap(self.icon, 40, "muted", self.devicePixelRatioF()))
