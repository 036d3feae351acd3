"""The bar at the bottom of a window: what just happened and its way back; errors stay until they are read."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QToolButton, QWidget

from crm_desktop.i18n import _
from ui import theme
from ui.tasks import Progress

SECONDS = 8
"""How long good news stay."""
SHORT = 40
"""Letters that are read in that time; what is longer stays longer."""
LATE = 1000
"""Milliseconds before a job that goes on is shown with how far it is."""
SIGNS: dict[theme.Tone, str] = {"good": "circle-check", "overdue": "alert-triangle", "due": "alert-circle"}


@dataclass(frozen=True)
class Message:
    """A sentence, its tone, and what can be done about it."""

    text: str
    tone: theme.Tone = "good"
    action: str = ""
    do: Callable[[], object] | None = None

    @property
    def stays(self) -> bool:
        """Whether somebody has to put it away."""
        return self.tone == "overdue"


class MessageBar(QFrame):
    """Always there, so that nothing jumps: message left, standing information (`status`) right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Message] = deque()
        self._shown: Message | None = None
        self.setAccessibleName(_("Messages"))
        self.setFixedHeight(38)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 8, 0)
        layout.setSpacing(8)
        self._sign = QToolButton()
        self._sign.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addWidget(self._sign)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)  # two lines fit
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(self.label, 1)
        self.action = QPushButton()
        self.action.setProperty("link", True)
        self.action.clicked.connect(self._act)
        layout.addWidget(self.action)
        self.close_button = QToolButton()
        self.close_button.setIcon(theme.icon("x", "muted"))
        self.close_button.setToolTip(_("Put away"))
        self.close_button.setAccessibleName(_("Put away"))
        self.close_button.clicked.connect(self.next)
        layout.addWidget(self.close_button)
        self._progress = _ProgressLine()
        layout.addWidget(self._progress)
        self._status = QLabel()
        self._status.setProperty("tone", "muted")
        layout.addWidget(self._status)
        self._right = layout
        self._fade = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self._fade.timeout.connect(self.next)
        self._show(None)

    def say(
        self, text: str, *, tone: theme.Tone = "good", action: str = "", do: Callable[[], object] | None = None
    ) -> None:
        """Tell what happened, with a way back such as Undo; newer news replace older ones, errors wait to be read."""
        self._add(Message(text, tone, action, do))

    def error(self, text: str, action: str = "", do: Callable[[], object] | None = None) -> None:
        """Tell what went wrong; it stays until it is put away."""
        message = Message(text, "overdue", action, do)
        if message.text not in [known.text for known in (self._shown, *self._waiting) if known]:
            self._add(message)

    def status(self, text: str) -> None:
        """What stands at the right end: all saved, the time, how many colleagues."""
        self._status.setText(text)

    def add_right(self, widget: QWidget) -> None:
        """Something that always stands at the right end."""
        self._right.addWidget(widget)

    def follow(self, progress: Progress, text: str) -> None:
        """Show a job that takes longer than a second: what, how far, and Cancel."""
        self._progress.follow(progress, text)

    def next(self) -> None:
        """Put the message away and show the next one."""
        self._show(self._waiting.popleft() if self._waiting else None)

    def _add(self, message: Message) -> None:
        if self._shown is None or not self._shown.stays:
            self._show(message)
            return
        if not message.stays:
            self._waiting = deque(waiting for waiting in self._waiting if waiting.stays)
        self._waiting.append(message)
        self._count_waiting()

    def _show(self, message: Message | None) -> None:
        self._fade.stop()
        self._shown = message
        self._sign.setVisible(message is not None)
        self.label.setText(message.text if message else "")
        self.label.setToolTip(message.text if message else "")
        self.action.setVisible(bool(message and message.action))
        self.close_button.setVisible(message is not None)
        if message is None:
            return
        self._sign.setIcon(theme.icon(SIGNS.get(message.tone, "info-circle"), message.tone))
        theme.set_property(self.label, "tone", message.tone if message.stays else "")
        self.label.setAccessibleName(message.text)
        self.action.setText(message.action)
        self._count_waiting()
        if not message.stays:
            self._fade.start(int(1000 * (SECONDS + max(0, len(message.text) - SHORT) / 8)))
        # screen readers read it out although the keyboard is elsewhere
        QAccessible.updateAccessibility(QAccessibleEvent(self.label, QAccessible.Event.Alert))

    def _count_waiting(self) -> None:
        more = len(self._waiting)
        self.close_button.setToolTip(_("Put away; {n} more").format(n=more) if more else _("Put away"))

    def _act(self) -> None:
        do = self._shown.do if self._shown else None
        self.next()
        if do is not None:
            do()


class _ProgressLine(QWidget):
    """What is being done, how far it is, and Cancel; comes after a second, goes when the job ends."""

    def __init__(self) -> None:
        super().__init__()
        self._job: Progress | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        self._text = QLabel()
        layout.addWidget(self._text)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(140)
        layout.addWidget(self._bar)
        self._cancel = QPushButton(_("Cancel"))
        self._cancel.setProperty("link", True)
        self._cancel.clicked.connect(self._stop)
        layout.addWidget(self._cancel)
        self._late = QTimer(self, singleShot=True, interval=LATE)
        self._late.timeout.connect(self.show)
        self.hide()

    def follow(self, progress: Progress, text: str) -> None:
        self._job = progress
        self._text.setText(text)
        self._bar.setAccessibleName(text)
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        progress.moved.connect(self._move)
        progress.ended.connect(self._end)
        self._late.start()

    def _move(self, done: int, total: int, text: str) -> None:
        if self.sender() is not self._job:
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if text:
            self._text.setText(text)

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        if self._job is not None:
            self._job.cancel()

    def _end(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self._late.stop()
            self.hide()
