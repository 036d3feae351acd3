"""Editors that choose one: an entry of a list, a colleague, another record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import lists, people
from crm_desktop.models.fields import Choice, Field, Link
from ui import tasks, theme
from ui.parts import links
from ui.parts.editors_base import Editor, LineEditor
from ui.parts.picker import Picker
from ui.parts.suggestions import Option, Suggestions, fitting, is_escape

Options = Callable[[], Sequence[Option]]


class ChoosingLine(QLineEdit):
    """A line with a list under it: a click or Down shows all, typing narrows it down, Enter takes one."""

    chosen = Signal(object)
    """The Option that was taken."""
    entered = Signal(str)
    """Enter was pressed on a text that is none of the options."""

    def __init__(self, options: Options, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = options
        self._popup: Suggestions | None = None
        self.eager = True
        """Whether Enter and Tab take the best hit; where anything may be written, only what was typed by its sound."""
        self._typing = False
        arrow = QAction(theme.icon("chevron-down", "muted"), "", self)
        arrow.triggered.connect(lambda: self.show_all())
        self.addAction(arrow, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(self.narrow)

    def narrow(self, text: str) -> None:
        """Offer what fits the text."""
        typed = text.strip()
        found = fitting(self._options(), typed)
        sure = self.eager or (bool(found) and typed.casefold() not in found[0].label.casefold())
        self._typing = True
        self._suggestions().offer(found, 0 if typed and sure else -1)

    def show_all(self) -> None:
        """Offer everything, the one that is written chosen beforehand."""
        options = list(self._options())
        at = next((i for i, option in enumerate(options) if option.label == self.text()), -1)
        self.setFocus()
        self._typing = False
        self._suggestions().offer(options, at)

    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._popup is not None and self._popup.isVisible()

    def close_list(self) -> None:
        """Put the list away."""
        if self._popup is not None:
            self._popup.hide()

    def _suggestions(self) -> Suggestions:
        if self._popup is None:
            self._popup = Suggestions(self)
            self._popup.taken.connect(self._take)
        return self._popup

    def _take(self, option: Option) -> None:
        self.close_list()
        self.chosen.emit(option)

    @override
    def event(self, event: QEvent) -> bool:
        if is_escape(event) and self.is_open():
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.is_open():
            assert self._popup is not None
            if key == Qt.Key.Key_Escape:
                self.close_list()
                return
            plain_enter = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain_enter:
                if (option := self._popup.current()) is not None:
                    self._take(option)
                else:
                    self.close_list()
                    self.entered.emit(self.text())
                return
            if self._popup.key(event):
                return
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_F4):
            self.show_all()
            return
        super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.is_open():
            self.show_all()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        going_on = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if going_on and self._typing and self._popup is not None and (option := self._popup.current()) is not None:
            self._take(option)
        self.close_list()
        super().focusOutEvent(event)


class _OneOf(LineEditor):
    """One of several things, by its label."""

    @override
    def make_line(self) -> QLineEdit:
        line = ChoosingLine(self.options)
        line.chosen.connect(self._chosen)
        return line

    def options(self) -> list[Option]:
        """What can be chosen now, an empty entry first where the field may be empty."""
        found = self.all_options()
        return found if self.field.required else [Option(self.field.empty, ""), *found]

    def all_options(self) -> list[Option]:
        """What can be chosen."""
        raise NotImplementedError

    @override
    def read(self, text: str) -> Any:
        for option in self.all_options():
            if option.label == text.strip():
                return option.key
        try:
            return super().read(text)
        except UserError:
            found = fitting(self.all_options(), text)
            if len(found) == 1:
                return found[0].key
            raise

    def _chosen(self, option: Option) -> None:
        self._settle(option.key)
        self.show_problem("")
        self.edited.emit()
        self.left.emit()


class ChoiceEditor(_OneOf):
    """An entry of one of the office's lists; entries out of use are offered only where they are written already."""

    @override
    def all_options(self) -> list[Option]:
        assert isinstance(self.field, Choice)
        found = [e for e in lists.entries(self.field.list_name, inactive=True) if e.active or e.code == self._value]
        labels = {e.code: e.label for e in found}
        return [
            Option(e.code, e.label, "", f"{e.code} {e.zh} {e.en} {e.words}", 1 if e.parent in labels else 0)
            for e in found
        ]


class PersonEditor(_OneOf):
    """A colleague."""

    @override
    def all_options(self) -> list[Option]:
        found = [Option(p.id, p.name) for p in people.everybody(inactive=True) if p.active or p.id == self._value]
        # a name that is no colleague's stands as it was written
        return [*found, Option(self._value, self._value)] if isinstance(self._value, str) else found


class LinkEditor(Editor):
    """Another record, found while one types."""

    new_asked = Signal(str)

    def __init__(self, field: Field[Any], parent: QWidget | None = None, may_create: bool = False) -> None:
        super().__init__(field, parent)
        assert isinstance(field, Link)
        self.picker = Picker(links.finder(field.target), _(field.label), may_create)
        self.picker.picked.connect(self._picked)
        self.picker.textEdited.connect(self._typed)
        self.picker.new_asked.connect(self.new_asked)
        self.picker.editingFinished.connect(self._leave)
        self.place(self.picker)
        self._target = field.target
        self._start = [None, ""]

    @override
    def value(self) -> Any:
        if self.picker.unfinished():
            raise UserError(
                _("“{text}” is not chosen yet. Choose one of the list, or empty the line.").format(
                    text=self.picker.text().strip()
                )
            )
        return self.picker.value()

    @override
    def set_value(self, value: Any, title: str = "") -> None:
        self.picker.set_value(value, title)
        self.begun()
        if value is not None and not title:
            target = self._target
            tasks.run(self, lambda: links.title(target, value), self._name, place="title", reading=True)

    @override
    def raw(self) -> Any:
        id = self.picker.value()
        # the title is a mere decoration of an id
        return [id, "" if id is not None else self.picker.text()]

    @override
    def set_raw(self, raw: Any) -> None:
        id, text = raw or (None, "")
        self.picker.set_value(id, text)
        if id is not None:
            target = self._target
            tasks.run(self, lambda: links.title(target, id), self._name, place="title", reading=True)

    @override
    def is_empty(self) -> bool:
        return self.picker.value() is None and not self.picker.text().strip()

    def _name(self, title: str) -> None:
        if self.picker.value() is not None and not self.picker.text():
            self.picker.set_value(self.picker.value(), title)

    def _picked(self, _id: object) -> None:
        self.show_problem("")
        self.edited.emit()
        if _id is not None:
            self.left.emit()

    def _typed(self) -> None:
        self.show_problem("")
        self.edited.emit()

    def _leave(self) -> None:
        self.check()
        self.left.emit()
