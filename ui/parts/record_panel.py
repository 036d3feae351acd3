"""One record: read as text, typed on demand in the same place, saved with everything colleagues did meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop import duplicates
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import Record
from crm_desktop.models.base import Invalid
from crm_desktop.models.people import name as person_name
from crm_desktop.store.change import Conflict
from ui import errors, refresh, tasks, theme
from ui.parts import desk
from ui.parts.conflict import ConflictDialog
from ui.parts.drafts import Keeper
from ui.parts.form import Form
from ui.parts.notice import Notice
from ui.parts.record_loading import ACTIONS, Loaded, called, load
from ui.parts.record_view import RecordView

Then = Callable[[], object]


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
        self.form: Form | None = None
        self._keeper: Keeper | None = None
        self._wanted: int | None = None
        self._saving = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = _Header(self)
        self.header.setVisible(header)
        column.addWidget(self.header)
        self.notice = Notice()
        notices = QVBoxLayout()
        notices.setContentsMargins(16, 4, 16, 4)
        notices.addWidget(self.notice)
        column.addLayout(notices)
        self.view = RecordView(model, leave_out)
        self.view.edit_asked.connect(self.edit)
        self.view.opened.connect(self.opened)
        self._reading = scrolled(self.view)
        column.addWidget(self._reading, 1)
        self._typing: QScrollArea | None = None
        self._column = column
        self.footer = _Footer(self)
        self.footer.hide()
        column.addWidget(self.footer)
        self.view.hide()
        refresh.signal.changed.connect(self._changed_somewhere)

    @property
    def record(self) -> Record | None:
        """The record shown; None while nothing is, or while a new one is typed."""
        return self.loaded.record if self.loaded else None

    def show_record(self, id: int | None) -> None:
        """Show the record of that id, or nothing; asks first when something typed would be left behind."""
        self.leave(lambda: self._show(id))

    def new(self, presets: Mapping[str, Any] | None = None) -> None:
        """Start a new record with these values."""
        self.leave(lambda: self._begin(None, presets or {}))

    def edit(self, field: str = "") -> None:
        """Type, beginning with a field."""
        if self.form is not None:
            self.form.focus(field)
        elif self.record is not None:
            self._begin(self.record, {}, field)

    def reload(self) -> None:
        """Read the record again."""
        if self._wanted is not None and self.form is None:
            self._show(self._wanted)

    def is_dirty(self) -> bool:
        """Whether something typed here is not saved."""
        return self.form is not None and self.form.is_dirty()

    def save(self) -> None:
        """Save what was typed; what is wrong is said at its field."""
        if self.form is None or self._saving:
            return
        try:
            problems = self.form.problems()
            values = {} if problems else self.form.values()
        except Invalid as trouble:
            problems, values = trouble.problems, {}
        if problems:
            self.form.show_problems(problems)
        elif not values and self.record is not None:
            self._stop_typing()
        else:
            self._write(values, self.form.seen)

    def leave(self, then: Then | None = None) -> None:
        """Stop typing and go on with `then`; asks in place when something typed is not saved."""
        if not self.is_dirty():
            self._stop_typing()
            if then is not None:
                then()
            return
        self._ask(then)

    def discard(self) -> None:
        """Throw away what was typed."""
        if self._keeper is not None:
            self._keeper.drop()
        self._stop_typing()

    def put_aside(self) -> None:
        """Stop typing and keep what was typed as a draft."""
        if self._keeper is not None and self.is_dirty():
            self._keeper.write()
        self._stop_typing()

    def _ask(self, then: Then | None) -> None:
        def after(do: Then) -> Then:
            def both() -> None:
                do()
                if self.form is None and then is not None:
                    then()

            return both

        def save_first() -> None:
            self.notice.hide()
            self._then = then
            self.save()

        ways: list[tuple[str, Callable[[], object]]] = [(_("Save"), save_first)]
        if self.record is None:
            ways.append((_("Keep as draft"), after(self.put_aside)))
        ways += [(_("Discard"), after(self.discard)), (_("Keep editing"), self._keep_on)]
        self.notice.say(_("What you typed is not saved yet."), ways)
        self.notice.buttons[0].setFocus()

    _then: Then | None = None

    def _keep_on(self) -> None:
        self.notice.hide()
        if self.form is not None:
            self.form.focus()

    def _show(self, id: int | None) -> None:
        self._wanted = id
        if id is None:
            self._shown(None)
            return
        model = self.model
        tasks.run(self, lambda: load(model, id), self._shown, place="record", reading=True)

    def _shown(self, loaded: Loaded | None) -> None:
        if self.form is not None:
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
        self.header.tell()
        self.shown.emit(loaded.record if loaded else None)

    def _begin(self, record: Record | None, presets: Mapping[str, Any], field: str = "") -> None:
        """Turn the text into a form."""
        if record is None:
            self.loaded, self._wanted = None, None
        self.form = Form(self.model, record, presets)
        self.form.asked.connect(self.opened)
        self.form.save_anyway.connect(self.save)
        self._keeper = Keeper(self.form, self.model.table(), record.id if record else None, self.form.raw)
        self.form.edited.connect(self._typed)
        self._typing = scrolled(self.form, 20)
        self._column.insertWidget(self._column.indexOf(self._reading), self._typing, 1)
        self._reading.hide()
        self.footer.show()
        self.notice.hide()
        self._keeper.offer(self.notice, self.form.set_raw)
        self.header.tell()
        self.form.focus(field)
        self._typing.ensureWidgetVisible(self.form.focusWidget() or self.form, 0, 80)
        self.editing.emit(True)

    def _typed(self) -> None:
        if self._keeper is not None:
            self._keeper.touch()

    def _stop_typing(self) -> None:
        """Turn the form back into text."""
        if self.form is None or self._typing is None:
            return
        area, self._typing, self.form, self._keeper = self._typing, None, None, None
        self._column.removeWidget(area)
        area.hide()
        area.deleteLater()
        self._reading.show()
        self.footer.hide()
        self.footer.say("")
        self.notice.hide()
        self.header.tell()
        self.setFocus()
        self.editing.emit(False)
        self.reload()

    def _write(self, values: dict[str, Any], seen: dict[str, Any]) -> None:
        assert self.form is not None
        self._saving = True
        target: Record | type[Record] = self.record or self.model
        known = frozenset(self.form.known)
        action = ACTIONS.get(self.model.table(), (self.model.title,) * 2)[self.record is not None]
        desk.write(
            self,
            action,
            lambda c: duplicates.save(c, target, values, seen if self.record is not None else None, known),
            self._saved,
            said=lambda record: _("Saved: {name}.").format(name=called(record)),
            failed=lambda trouble: self._refused(trouble, values, seen),
        )

    def _saved(self, record: Record) -> None:
        self._saving = False
        if self._keeper is not None:
            self._keeper.drop()
        self._wanted = record.id
        self._stop_typing()
        then, self._then = self._then, None
        self.saved.emit(record.id)
        if then is not None:
            then()

    def _refused(self, trouble: Exception, values: dict[str, Any], seen: dict[str, Any]) -> None:
        self._saving, self._then = False, None
        if self.form is None:
            return
        if isinstance(trouble, Conflict):

            def chosen(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
                rest = {name: value for name, value in values.items() if name not in theirs}
                self._write(rest | mine, seen | theirs)

            ConflictDialog(self, self.model, trouble, chosen).open()
        elif isinstance(trouble, Invalid):
            self.form.show_problems(trouble.problems)
        elif isinstance(trouble, duplicates.Similar):
            self.form.ask_anyway(trouble)
            if self._typing is not None:
                self._typing.ensureWidgetVisible(self.form.twins)
        elif isinstance(trouble, UserError):
            errors.tell(self, trouble)

    def _changed_somewhere(self, changed: frozenset[tuple[str, int]] | None) -> None:
        """A colleague, another window or an undo wrote: show it, or say it while typing."""
        if self._wanted is None or self._saving:
            return
        if changed is not None and (self.model.table(), self._wanted) not in changed:
            return
        if self.form is None:
            self.reload()
            return
        model, wanted = self.model, self._wanted
        tasks.run(self, lambda: load(model, wanted), self._changed_while_typing, place="record", reading=True)

    def _changed_while_typing(self, loaded: Loaded | None) -> None:
        if self.form is None or self.record is None or self._saving:
            return
        if loaded is None:
            self.footer.say(_("This record was deleted meanwhile; what you typed is still here."))
            return
        if loaded.record.updated_at != self.record.updated_at:
            who = person_name(loaded.record.updated_by) or _("Somebody else")
            at = (loaded.record.updated_at or "")[11:16]
            self.footer.say(_("{who} changed this at {time}.").format(who=who, time=at))
        self.loaded = loaded
        self.form.merge(loaded.record)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # no shortcuts: the main window has the same keys in its menus, and two claims would cancel each other
        key, control = event.key(), event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_F2:
            self.edit()
        elif key == Qt.Key.Key_Escape and self.form is not None:
            self.leave()
        elif control and self.form is not None and key in (Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)


class _Header(QWidget):
    """What is shown, and the button to edit it."""

    def __init__(self, panel: RecordPanel) -> None:
        super().__init__()
        self._panel = panel
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 14, 16, 6)
        row.setSpacing(8)
        self.title = QLabel()
        self.title.setFont(theme.title_font())
        self.title.setWordWrap(True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self.title, 1)
        self.button = QPushButton(_("Edit"))
        self.button.setIcon(theme.icon("edit"))
        self.button.setToolTip(_("Edit (F2)"))
        self.button.clicked.connect(lambda: panel.edit())
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.tell()

    def tell(self) -> None:
        record, form = getattr(self._panel, "loaded", None), getattr(self._panel, "form", None)
        new = _("New: {kind}").format(kind=_(self._panel.model.title)) if form is not None else ""
        self.title.setText(called(record.record) if record else new)
        self.button.setVisible(record is not None and form is None)


class _Footer(QFrame):
    """Save and Cancel, always in sight while typing; left what colleagues do meanwhile."""

    def __init__(self, panel: RecordPanel) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        self.label = QLabel()
        self.label.setProperty("tone", "due")
        self.label.setWordWrap(True)
        row.addWidget(self.label, 1)
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.setToolTip(_("Stop editing (Esc)"))
        self.cancel.clicked.connect(lambda: panel.leave())
        row.addWidget(self.cancel)
        self.save = QPushButton(_("Save"))
        self.save.setProperty("primary", True)
        self.save.setToolTip(_("Save (Ctrl+S)"))
        self.save.clicked.connect(lambda: panel.save())
        row.addWidget(self.save)

    def say(self, text: str) -> None:
        self.label.setText(text)


def scrolled(page: QWidget, side: int = 16) -> QScrollArea:
    """A page that scrolls up and down, with the page's margins around it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    around = QWidget()
    column = QVBoxLayout(around)
    column.setContentsMargins(side, 4, 16, 16)
    column.addWidget(page)
    area.setWidget(around)
    return area
