"""One record being typed: the form in its place, its draft, and what may happen when it is saved or left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import shiboken6
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop import duplicates
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import Record, people
from crm_desktop.models.base import Invalid
from crm_desktop.store.change import Change, Conflict
from ui import errors
from ui.parts import desk
from ui.parts.conflict import ConflictDialog
from ui.parts.drafts import Keeper
from ui.parts.form import Form
from ui.parts.notice import Notice, Way
from ui.parts.record_frame import Footer, scrolled
from ui.parts.record_loading import ACTIONS, Loaded, changed_fields, changed_meanwhile, saved_in_words

Then = Callable[[], object]

SETTLED = 30
"""Milliseconds until a new form has found its heights."""


class Typing(QWidget):
    """Lives as long as somebody types; questions are asked in `notice`, never in a box."""

    ended = Signal()
    """Nothing is typed any more: left, put aside or thrown away."""
    saved = Signal(object)
    """The record that was written."""
    opened = Signal(str, object)
    """Somebody wants to see another record: table and id."""

    def __init__(
        self, model: type[Record], record: Record | None, presets: Mapping[str, Any], notice: Notice, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.model, self.record, self.notice = model, record, notice
        self.saving = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.form = Form(model, record, presets)
        self.area = scrolled(self.form, 20)
        column.addWidget(self.area, 1)
        self.footer = Footer(self.save, self.leave)
        column.addWidget(self.footer)
        self.keeper = Keeper(self, model.table(), record.id if record else None, self.form.raw)
        self.form.edited.connect(self.keeper.touch)
        self.form.asked.connect(self.opened)
        self.form.save_anyway.connect(self.save)
        notice.hide()
        self.keeper.offer(notice, self.form.set_raw)

    def focus(self, field: str = "") -> None:
        """Put the cursor into a field, in sight."""
        self.form.focus(field)
        # a form that was just made gets its heights when it is first laid out: later on a busy computer
        for wait in (SETTLED, 10 * SETTLED):
            QTimer.singleShot(wait, self, self._show_cursor)

    def _show_cursor(self) -> None:
        cursor = self.form.focusWidget()
        if cursor is not None:
            self.area.ensureWidgetVisible(cursor, 0, 80)

    def save(self, then: Then | None = None) -> None:
        """Save what was typed and go on with `then`; what is wrong is said at its field."""
        if self.saving:
            return
        try:
            problems = self.form.problems()
            values = {} if problems else self.form.values()
        except Invalid as trouble:
            problems, values = trouble.problems, {}
        if problems:
            self.form.show_problems(problems)
        elif not values and self.record is not None:
            self.discard()
            if then is not None:
                then()
        else:
            self._write(values, self.form.seen, then)

    def leave(self, then: Then | None = None) -> None:
        """Stop typing and go on with `then`; asks in place when something typed is not saved."""
        if self.form.is_dirty():
            self._ask(then or (lambda: None))
            return
        self.ended.emit()
        if then is not None:
            then()

    def discard(self) -> None:
        """Throw away what was typed."""
        self.keeper.drop()
        self.ended.emit()

    def put_aside(self) -> None:
        """Stop typing and keep what was typed as a draft."""
        self.keeper.write()
        self.ended.emit()

    def hear(self, loaded: Loaded | None) -> None:
        """The record was written elsewhere: say by whom, and show what does not touch our own typing."""
        if self.saving or self.record is None:
            return
        if loaded is None:
            self.footer.say(_("This record was deleted meanwhile; what you typed is still here."))
            return
        if loaded.record.values() != self.record.values():
            who = people.name(loaded.record.updated_by) or _("Somebody else")
            time = (loaded.record.updated_at or "")[11:16]
            what = _(", ").join(changed_fields(self.record, loaded.record))
            self.footer.say(
                _("{who} changed this at {time}: {fields}. What you typed stays.").format(
                    who=who, time=time, fields=what)
                if what else _("{who} changed this at {time}.").format(who=who, time=time)
            )  # fmt: skip
        self.record = loaded.record
        self.form.merge(loaded.record)

    def _ask(self, then: Then) -> None:
        def after(do: Then) -> Then:
            def both() -> None:
                do()
                then()

            return both

        def save() -> None:
            self.notice.hide()
            self.save(then)

        ways: list[Way] = [(_("Save"), save)]
        if self.record is None:
            ways.append((_("Keep as draft"), after(self.put_aside)))
        ways += [(_("Discard"), after(self.discard)), (_("Keep editing"), self._go_on)]
        self.notice.say(_("What you typed is not saved yet."), ways)
        self.notice.buttons[0].setFocus()

    def _go_on(self) -> None:
        self.notice.hide()
        self.form.focus()

    def _write(self, values: dict[str, Any], seen: dict[str, Any], then: Then | None) -> None:
        self.saving = True
        self.footer.save.setEnabled(False)
        typed = self.form.raw()
        target: Record | type[Record] = self.record or self.model
        known = frozenset(self.form.known)
        new, edit = ACTIONS.get(self.model.table(), (self.model.title, self.model.title))

        def ended() -> None:
            if shiboken6.isValid(self):
                self.footer.save.setEnabled(True)
                self.saving = False  # after a bug, too: what was typed can be saved again

        def work(c: Change) -> tuple[Record, list[str]]:
            theirs = changed_meanwhile(target, values) if isinstance(target, Record) else []
            return duplicates.save(c, target, values, seen if isinstance(target, Record) else None, known), theirs

        def written(done: tuple[Record, list[str]]) -> None:
            record, _theirs = done
            if not shiboken6.isValid(self):
                return
            self.saving = False
            if self.record is not None and self.form.raw() != typed:
                self._go_on_after(record)
                return
            self.keeper.drop()
            self.saved.emit(record)
            if then is not None:
                then()

        # the panel outlives the typing: Undo in the message bar comes later
        desk.write(
            self.parentWidget() or self,
            edit if self.record else new,
            self.keeper.saving(work),
            written,
            said=lambda done: saved_in_words(*done),
            failed=lambda trouble: self._refused(trouble, values, seen, then),
            ended=ended,
            waits=lambda: self.footer.say(_("Not saved yet: it is tried again by itself. You can go on typing.")),
        )

    def _go_on_after(self, record: Record) -> None:
        """It was saved late, and somebody typed on meanwhile: the rest is still to be saved."""
        self.record = record
        self.form.take_as_saved(record)
        self.keeper.touch()
        self.footer.say(_("Saved; what you typed since then is not saved yet."))

    def _refused(self, trouble: Exception, values: dict[str, Any], seen: dict[str, Any], then: Then | None) -> None:
        if not shiboken6.isValid(self):
            return
        self.saving = False
        if isinstance(trouble, Conflict):

            def chosen(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
                rest = {name: value for name, value in values.items() if name not in theirs}
                self._write(rest | mine, seen | theirs, then)

            ConflictDialog(self, self.model, trouble, chosen).open()
        elif isinstance(trouble, Invalid):
            self.form.show_problems(trouble.problems)
        elif isinstance(trouble, duplicates.Similar):
            self.form.ask_anyway(trouble)
            self.area.verticalScrollBar().setValue(0)
        elif isinstance(trouble, UserError):
            errors.tell(self, trouble)
