"""One record: read as text, typed on demand in the same place, saved with everything colleagues did meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.models import Record
from ui import refresh, tasks
from ui.parts import record_heads
from ui.parts.notice import Notice
from ui.parts.others import Others
from ui.parts.pulse import pulse
from ui.parts.record_frame import Header, scrolled
from ui.parts.record_loading import Loaded, called, load
from ui.parts.record_view import RecordView

__all__ = ["RecordPanel", "scrolled"]


if TYPE_CHECKING:
    from ui.parts.form import Form
    from ui.parts.record_typing import Typing


class RecordPanel(QWidget):
    """Shows records of one model; F2 or a double-click types, Ctrl+S saves, Esc leaves and never throws typing away."""

    shown = Signal(object)
    """A record (as loaded) stands here now, or None."""
    saved = Signal(object)
    """The id of the record that was saved."""
    opened = Signal(str, object)
    """Somebody wants to see another record: table and id."""
    editing = Signal(bool)
    """Typing began or ended."""

    def __init__(
        self,
        model: type[Record],
        parent: QWidget | None = None,
        header: bool = True,
        leave_out: tuple[str, ...] = (),
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.loaded: Loaded | None = None
        self.typing: Typing | None = None
        self._wanted: int | None = None
        self._edit_next: str | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.header = Header(self.edit, self.show_changes)
        self._column.addWidget(self.header)  # first: without a parent it would flash as a window of its own
        self.header.setVisible(header)
        self.head = record_heads.head(model, self)
        if self.head is not None:
            self._column.addWidget(self.head)
            self.head.opened.connect(self.opened)
        self.others = Others(model.table()) if header else None  # else it stands in the page around
        self.notice = Notice()
        notices = QVBoxLayout()
        notices.setContentsMargins(16, 4, 16, 4)
        if self.others is not None:
            notices.addWidget(self.others)
        notices.addWidget(self.notice)
        self._column.addLayout(notices)
        self.view = RecordView(model, leave_out)
        self.view.edit_asked.connect(self.edit)
        self.view.opened.connect(self.opened)
        self.view.hide()
        self._reading = scrolled(_text(self.head, self.view))
        self._column.addWidget(self._reading, 1)
        self._tell_header()
        refresh.signal.changed.connect(self._changed_somewhere)

    @property
    def record(self) -> Record | None:
        """The record shown; None while nothing is, or while a new one is typed."""
        return self.loaded.record if self.loaded else None

    @property
    def wanted(self) -> int | None:
        """The id of the record that is shown or on its way; None for nothing, or while a new one is typed."""
        return self._wanted

    @property
    def form(self) -> Form | None:
        """The form, while somebody types."""
        return self.typing.form if self.typing else None

    def show_record(self, id: int | None) -> None:
        """Show the record of that id, or nothing; asks first when something typed would be left behind."""
        self.leave(lambda: self._show(id))

    def new(self, presets: Mapping[str, Any] | None = None) -> None:
        """Start a new record with these values."""
        self.leave(lambda: self._begin(None, presets or {}))

    def edit(self, field: str = "") -> None:
        """Type, beginning with a field."""
        if self.typing is not None:
            self.typing.focus(field)
        elif self.record is not None and self.record.id == self._wanted:
            self._begin(self.record, {}, field)
        elif self._wanted is not None:
            self._edit_next = field  # as soon as the record is here

    def show_changes(self) -> None:
        """Show who changed what of the record, and when."""
        if self.record is not None:
            from ui.parts.changes import ChangesDialog  # lazily: few look, and the start does not wait for it

            ChangesDialog(self.window(), self.model.table(), self.record.id, called(self.record)).open()

    def reload(self) -> None:
        """Read the record again."""
        if self._wanted is not None and self.typing is None:
            self._show(self._wanted)

    def is_dirty(self) -> bool:
        """Whether something typed here is not saved."""
        return self.typing is not None and self.typing.form.is_dirty()

    def save(self) -> None:
        """Save what was typed; what is wrong is said at its field."""
        if self.typing is not None:
            self.typing.save()

    def leave(self, then: Callable[[], object] | None = None) -> None:
        """Stop typing and go on with `then`; asks in place when something typed is not saved."""
        if self.typing is not None:
            self.typing.leave(then)
        elif then is not None:
            then()

    def _show(self, id: int | None) -> None:
        if id != self._wanted:
            self._edit_next = None
        self._wanted = id
        if id is None:
            self._shown(None)
            return
        model = self.model
        tasks.run(self, lambda: load(model, id), self._shown, place="record", reading=True)

    def _shown(self, loaded: Loaded | None) -> None:
        if self.typing is not None:
            return
        if loaded is None and self._wanted is not None:
            self.notice.say(_("This record was deleted."), (), "muted")
        elif self.loaded is None or loaded is None or loaded.record.id != self.loaded.record.id:
            self.notice.hide()
            self._reading.verticalScrollBar().setValue(0)
        self.loaded = loaded
        self.view.setVisible(loaded is not None)
        if loaded is not None:
            self.view.show_record(loaded.record, loaded.titles)
        if self.head is not None:
            self.head.show_record(loaded.record if loaded else None)
        self._tell_header()
        self._tell_colleagues()
        self.shown.emit(loaded.record if loaded else None)
        field, self._edit_next = self._edit_next, None
        if field is not None and loaded is not None:
            self._begin(loaded.record, {}, field)

    def _begin(self, record: Record | None, presets: Mapping[str, Any], field: str = "") -> None:
        """Turn the text into a form."""
        if record is None:
            self.loaded, self._wanted = None, None
        # the editors are a tenth of the start-up time: they come with the first letter typed
        from ui.parts.record_typing import Typing

        self.typing = Typing(self.model, record, presets, self.notice, self)
        self.typing.opened.connect(self.opened)
        self.typing.ended.connect(self._end)
        self.typing.saved.connect(self._saved)
        self._column.addWidget(self.typing, 1)
        self._reading.hide()
        if self.head is not None:
            self.head.hide()
        self._tell_header()
        self._tell_colleagues()
        self.typing.focus(field)
        self.editing.emit(True)

    def _end(self) -> None:
        """Turn the form back into text."""
        typing, self.typing = self.typing, None
        if typing is not None:
            self._column.removeWidget(typing)
            typing.hide()
            typing.deleteLater()
        self._reading.show()
        self.view.setVisible(self.loaded is not None)
        self.notice.hide()
        self._tell_header()
        self.setFocus()
        self.editing.emit(False)
        self.reload()

    def _tell_colleagues(self) -> None:
        """Colleagues see which record is open here, and we who else types in it."""
        pulse.show_record(self.model.table(), self._wanted, self.typing is not None)
        if self.others is not None:
            self.others.show_record(self._wanted)

    def _saved(self, record: Record) -> None:
        self._wanted = record.id
        self._end()
        self.saved.emit(record.id)

    def _tell_header(self) -> None:
        new = _("New: {kind}").format(kind=_(self.model.title)) if self.typing is not None else ""
        self.header.tell(called(self.record) if self.record else new, self.record is not None and self.typing is None)

    def _changed_somewhere(self, changed: frozenset[tuple[str, int]] | None) -> None:
        """A colleague, another window or an undo wrote: show it, or say it while typing."""
        if self._wanted is None or (changed is not None and (self.model.table(), self._wanted) not in changed):
            return
        if self.typing is None:
            self.reload()
            return
        model, wanted = self.model, self._wanted
        tasks.run(self, lambda: load(model, wanted), self._hear, place="record", reading=True)

    def _hear(self, loaded: Loaded | None) -> None:
        if self.typing is None or self.typing.saving:
            return
        self.loaded = loaded or self.loaded
        self.typing.hear(loaded)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # no shortcuts: the main window has the same keys in its menus, and two claims would cancel each other
        key, control = event.key(), event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_F2:
            self.edit()
        elif key == Qt.Key.Key_Escape and self.typing is not None:
            self.leave()
        elif control and self.typing is not None and key in (Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)


def _text(head: record_heads.Head | None, view: RecordView) -> QWidget:
    """The record's text, with what its head puts above it."""
    if head is None or head.below is None:
        return view
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(head.below)
    column.addWidget(view, 1)
    return page
