"""One step of a case's course: what it must bring is asked here, and written with it in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.courses import Move
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import Record
from crm_desktop.models.base import Invalid
from crm_desktop.store.change import Conflict, now
from ui import tasks
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.form import Form
from ui.parts.notice import Notice
from ui.parts.record_frame import scrolled


@dataclass(frozen=True)
class Course:
    """The course of one kind of case: its records, and what its steps do."""

    action: str
    """What taking a step is called in the log (msgid)."""
    record: type[Record]
    step: type[Record]
    presets: Callable[[Any, Move, int | None, str], dict[str, Any]]
    """What a step fills in by itself: record, step, who, when; in the store thread."""
    make: Callable[..., Any]
    """Takes a step: Change, id, key, values, why, until, seen; returns what it made of the case."""
    tells: str
    """The step whose reason is what the customer was told."""
    said: Callable[[Any], str]
    """What the message bar says about what was made."""
    warns: Callable[[Any, Move], str] = lambda _record, _move: ""
    """What one should know before a step of a case is taken; "" for nothing."""
    instead: Callable[[Any, Exception], Move | None] = lambda _record, _trouble: None
    """The step that takes the same details where one was refused; None for none."""


Then = Callable[[Any], object]


def said(done: Any) -> str:
    """What most steps say: the number, and how the case stands now."""
    return _("{code}: {state}.").format(code=done.code, state=done.shown("state"))


def take(
    parent: QWidget,
    course: Course,
    record: Record,
    move: Move,
    then: Then | None = None,
    ended: Callable[[], object] | None = None,
) -> bool:
    """Take a step: at once where nothing is to be asked (True, and `ended` is called), else in a dialog."""
    if not (move.needs or move.asks or move.why):
        write(parent, course, record, move, {}, then=then, ended=ended)
        return True
    user = desk.user()

    def ready(presets: dict[str, Any]) -> None:
        MoveDialog(parent.window(), course, record, move, presets, parent, then).open()

    tasks.run(parent, lambda: course.presets(record, move, user.id if user else None, now()), ready, place="presets")
    return False


def write(
    parent: QWidget,
    course: Course,
    record: Record,
    move: Move,
    values: dict[str, Any],
    why: str = "",
    until: str | None = None,
    then: Then | None = None,
    failed: Callable[[Exception], object] | None = None,
    waits: Callable[[], object] | None = None,
    ended: Callable[[], object] | None = None,
) -> None:
    """Write a step in the store thread; the bar says so, with Undo beside it."""
    seen = {name: getattr(record, name) for name in values}
    desk.write(
        parent,
        course.action,
        lambda c: course.make(c, record.id, move.key, values, why, until, seen),
        then,
        said=course.said,
        failed=failed,
        waits=waits,
        ended=ended,
    )


class MoveDialog(Dialog):
    """The fields a step asks for; what must be filled carries a star."""

    def __init__(
        self,
        parent: QWidget,
        course: Course,
        record: Any,
        move: Move,
        presets: dict[str, Any],
        near: QWidget,
        then: Then | None = None,
    ) -> None:
        title = _("{code} · {step}").format(code=record.code, step=_(move.title))
        super().__init__(
            parent,
            title,
            f"move/{move.key}",
            QSize(660, min(620, 330 + 40 * len(move.needs + move.asks) + 60 * move.until)),
        )
        self.course, self.record, self.move_, self._presets, self._near = course, record, move, presets, near
        self._then = then
        self.form = self._form() if move.needs or move.asks else None
        self.reason = self._reason() if move.why else None
        hint = QLabel(" ".join(record.description.split())[:160])
        hint.setWordWrap(True)
        hint.setProperty("tone", "muted")
        self.content.addWidget(hint)
        self.warning = Notice()
        self.content.addWidget(self.warning)
        if warning := course.warns(record, move):
            self.warning.say(warning)
        self.content.addWidget(scrolled(self._page(), 0), 1)
        self.add_button(_("Cancel"), self.reject)
        self.button = self.add_button(_(move.title), self.take, primary=True)
        if self.form is not None and (self.reason is None or move.needs):
            self.form.focus(self._first_empty())
        elif self.reason is not None:
            self.reason.focus()

    def _page(self) -> QWidget:
        """What is asked, below each other."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        needed_first = (self.form, self.reason) if self.move_.needs else (self.reason, self.form)
        for form in needed_first:
            if form is not None:
                column.addWidget(form)
        column.addStretch()
        return page

    def _form(self) -> Form:
        """The fields of the case the step asks for."""
        record, move = self.course.record, self.move_
        shown = record.from_row(record.stored({**self.record.__data__, **self._presets}))
        return Form(record, shown, fields=[*move.needs, *move.asks], needed=move.needs)

    def _reason(self) -> Form:
        """Why the step is taken, and until when it lasts."""
        asked = ["why", "until"] if self.move_.until else ["why"]
        form = Form(self.course.step, None, {}, asked, needed=["why"])
        if self.move_.key == self.course.tells:
            form.call("why", _("What was told"))
        if self.move_.until:
            form.call("until", _("Probably until"))
        return form

    def _first_empty(self) -> str:
        described = self.course.record.described()
        known = {**self.record.__data__, **self._presets}
        return next((name for name in self.move_.needs if described[name].is_empty(known.get(name))), "")

    @override
    def is_dirty(self) -> bool:
        return any(form is not None and form.is_dirty() for form in (self.form, self.reason))

    def take(self) -> None:
        """Write the step; what is missing is said at its field."""
        values: dict[str, Any] = dict(self._presets)
        said: dict[str, Any] = {}
        for form, into in ((self.form, values), (self.reason, said)):
            if form is None:
                continue
            try:
                problems = form.problems()
                into |= {} if problems else form.values()
            except Invalid as trouble:
                problems = trouble.problems
            if problems:
                form.show_problems(problems)
                return
        self.button.setEnabled(False)
        write(
            self._near, self.course, self.record, self.move_, values, str(said.get("why", "")), said.get("until"),
            self._done, self._refused, self._wait,
        )  # fmt: skip

    def _wait(self) -> None:
        if shiboken6.isValid(self):
            self.message_bar.say(_("Not saved yet: it is tried again by itself."), tone="due")

    def _done(self, made: Any) -> None:
        if shiboken6.isValid(self):
            self.accept()
        if self._then is not None:
            self._then(made)

    def _refused(self, trouble: Exception) -> None:
        if not shiboken6.isValid(self):
            return
        self.button.setEnabled(True)
        if isinstance(trouble, Invalid) and self.form is not None:
            known = {n: p for n, p in trouble.problems.items() if n in (*self.move_.needs, *self.move_.asks)}
            self.form.show_problems(known)
            if len(known) == len(trouble.problems) and self.course.instead(self.record, trouble) is None:
                return
        if isinstance(trouble, Conflict):
            self.message_bar.error(
                _("A colleague changed the same details meanwhile. Close this, look again, and take the step anew.")
            )
        elif isinstance(trouble, UserError):
            other = self.course.instead(self.record, trouble)
            if other is None:
                self.message_bar.error(str(trouble))
            else:
                self.message_bar.error(str(trouble), _(other.title), lambda: self._take_instead(other))

    def _take_instead(self, other: Move) -> None:
        """Take another step with what was typed for this one; what it asks for besides is asked."""
        if (other.needs, other.asks) != (self.move_.needs, self.move_.asks):
            typed = self.form.values() if self.form is not None else {}
            presets = {name: typed[name] for name in (*other.needs, *other.asks) if name in typed}
            self.accept()
            MoveDialog(self._near.window(), self.course, self.record, other, presets, self._near, self._then).open()
            return
        title = _("{code} · {step}").format(code=self.record.code, step=_(other.title))
        self.setWindowTitle(title)
        self.heading.setText(title)
        self.button.setText(_(other.title))
        self.move_ = other
        self.take()
