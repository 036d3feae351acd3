"""What all editors share: a value, what was written, a hint and one red sentence under it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models.fields import Field
from ui import theme


class Editor(QWidget):
    """One field being typed: `value()` is what it means, `raw()` what is written, also where that means nothing yet."""

    edited = Signal()
    """Something was typed or chosen by hand."""
    left = Signal()
    """The cursor went elsewhere; what was typed has been read."""

    grown = Signal()
    """It has other stops for the Tab key than before."""

    wide = False
    """Whether it wants the whole width of a form."""
    labelled = False
    """Whether it says its label itself."""

    def __init__(self, field: Field[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._start: Any = None
        self._main: QWidget = self
        self._hint: QLabel | None = None
        self._problem: QLabel | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)

    def value(self) -> Any:
        """What is written, as a value; UserError with the reason when it is none."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value, as the one that is stored: the editor is not dirty after it."""
        raise NotImplementedError

    def raw(self) -> Any:
        """What is written, as JSON can keep it."""
        raise NotImplementedError

    def set_raw(self, raw: Any) -> None:
        """Write it again as somebody left it."""
        raise NotImplementedError

    def is_dirty(self) -> bool:
        """Whether something else is written than what was stored."""
        return bool(self.raw() != self._start)

    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not self.raw()

    def problem(self) -> str:
        """Why what is written cannot be kept, or nothing."""
        try:
            self.field.check(self.value())
        except UserError as trouble:
            return str(trouble)
        return ""

    def check(self) -> str:
        """Show the problem, if there is one, and return it."""
        problem = self.problem()
        self.show_problem(problem)
        return problem

    def show_problem(self, sentence: str) -> None:
        """One red sentence under the field, or none."""
        if not sentence and self._problem is None:
            return
        if self._problem is None:
            self._problem = self._under("overdue")
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        if self._hint is not None:
            self._hint.setVisible(bool(self._hint.text()) and not sentence)
        theme.set_property(self._main, "wrong", bool(sentence))
        self._main.setAccessibleDescription(sentence)

    def shown_problem(self) -> str:
        """The sentence under the field."""
        return self._problem.text() if self._problem is not None else ""

    def hint(self, text: str) -> None:
        """A quiet remark under the field, or none."""
        if not text and self._hint is None:
            return
        if self._hint is None:
            self._hint = self._under("muted")
        self._hint.setText(text)
        self._hint.setVisible(bool(text) and not self.shown_problem())

    def place(self, widget: QWidget) -> None:
        """Put in the widget that is typed into."""
        self._main = widget
        self.column.addWidget(widget)
        self.setFocusProxy(widget)
        widget.setAccessibleName(_(self.field.label))
        self.setAccessibleName(_(self.field.label))
        if self.field.help:
            widget.setToolTip(_(self.field.help))

    def stops(self) -> list[QWidget]:
        """Where the Tab key stops, in reading order."""
        return [self._main.focusProxy() or self._main]

    def compact(self) -> None:
        """Stand in a row of cells: the label is said by the placeholder."""
        if isinstance(self._main, QLineEdit):
            self._main.setPlaceholderText(_(self.field.label))
            self._main.setToolTip(_(self.field.label))

    def begun(self) -> None:
        """What is written now is what was stored."""
        self._start = self.raw()

    def _under(self, tone: str) -> QLabel:
        label = QLabel()
        label.setProperty("tone", tone)
        label.setWordWrap(True)
        label.setContentsMargins(2, 0, 0, 0)
        self.column.addWidget(label)
        return label


class SelectAll(QObject):
    """Selects a line's text when the keyboard comes to it, so that typing replaces it."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        line.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and event.reason() in (  # type: ignore[attr-defined]
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        ):
            QTimer.singleShot(0, self._line, self._line.selectAll)
        return False


class LineEditor(Editor):
    """One line of text, read by the field: numbers, money, e-mail, phones and plain text."""

    def __init__(self, field: Field[Any], parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._value: Any = field.empty
        self._shown = ""
        self.line = self.make_line()
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self.leave)
        self.selecting = SelectAll(self.line)
        if field.align == "right":
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.place(self.line)
        self._start = ""

    def make_line(self) -> QLineEdit:
        """The line that is typed into."""
        return QLineEdit()

    def read(self, text: str) -> Any:
        """What a text means; UserError when nothing."""
        return self.field.read(text).value

    def written(self, value: Any) -> str:
        """A value as it stands in the line; reading it gives the value again."""
        return self.field.show(value)

    @override
    def value(self) -> Any:
        text = self.line.text()
        if text == self._shown:
            # what is not touched keeps even what the text does not show, such as seconds
            return self._value
        if not text.strip():
            return self.field.empty
        return self.read(text)

    @override
    def set_value(self, value: Any) -> None:
        self._settle(value)
        self.show_problem("")
        self.begun()

    @override
    def raw(self) -> Any:
        return self.line.text()

    @override
    def set_raw(self, raw: Any) -> None:
        self.line.setText(str(raw or ""))
        self.line.setCursorPosition(0)

    @override
    def is_empty(self) -> bool:
        return not self.line.text().strip()

    def leave(self) -> None:
        """The cursor left: say what is wrong, or show the value the way it is always shown."""
        if not self.check():
            self._settle(self.value())
        self.left.emit()

    def _settle(self, value: Any) -> None:
        self._value = value
        self._shown = "" if self.field.is_empty(value) else self.written(value)
        if self.line.text() != self._shown:
            self.line.setText(self._shown)
            if not self.line.hasFocus():
                self.line.setCursorPosition(0)

    def _typed(self) -> None:
        self.show_problem("")
        self.edited.emit()
