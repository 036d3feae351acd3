"""A survey by telephone: one customer at a time, question by question; the call is written down at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext, sentences
from crm_desktop.models import SurveyAsked
from crm_desktop.models.survey_asked import ENDED
from crm_desktop.satisfaction import answering, asking, script
from crm_desktop.satisfaction.script import Script
from crm_desktop.store.change import Change
from ui import errors, tasks, theme
from ui.dialogs.contact_log import about
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.survey_call_page import CallPage
from ui.parts.tab import Show

KEYS = {
    Qt.Key.Key_F6: "back_button",
    Qt.Key.Key_F7: "skip_button",
    Qt.Key.Key_F8: "missed_button",
    Qt.Key.Key_F9: "declined_button",
}


class CallDialog(Dialog):
    """Goes through those still to ask; with `only` this one customer, whatever it answered so far."""

    asked = Signal(object)
    """A Show: the customer file is wanted beside the questions."""

    def __init__(
        self, parent: QWidget, run: int, first: int | None = None, only: bool = False, how: str = "phone"
    ) -> None:
        title = _("Ask by phone") if how == "phone" else _("Write down answers")
        super().__init__(parent, title, "survey_call", QSize(860, 660))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)  # one looks things up while one talks
        self._only, self._forced, self._first = only, first is not None, first
        self._queue: list[int] = []
        self._before: list[int] = []
        self._saving = False
        self._called = 0
        self.heading.hide()  # the window says it; the room is for the questions
        self.progress = QLabel()
        self.progress.setProperty("tone", "muted")
        self.content.addWidget(self.progress)
        self.pages = QStackedWidget()
        self.content.addWidget(self.pages, 1)
        self.page = CallPage(how)
        self.page.head.opened.connect(lambda id: self.asked.emit(Show("customer", id)))
        self.page.ended.connect(lambda: self.save_button.setFocus())
        self.pages.addWidget(self.page)
        self.end = Empty("circle-check", "", _("Close"), self.reject)
        self.pages.addWidget(self.end)
        self._buttons_below()
        self._enable(False)
        parent.window().installEventFilter(self)
        user = desk.user()
        if only and first is not None:
            self._came([first])
        else:
            tasks.run(self, lambda: asking.queue(run, user.id if user else None), self._came, place="q", reading=True)

    def _buttons_below(self) -> None:
        self.back_button = self._key_button(_("Back"), "F6", "chevron-left", self.go_back)
        self.skip_button = self._key_button(_("Later"), "F7", "chevron-right", self.skip)
        self.declined_button = self._key_button(_("Declined"), "F9", "x", lambda: self._end(asking.declined))
        self.missed_button = self._key_button(_("Not reached"), "F8", "phone", lambda: self._end(asking.not_reached))
        words = _("Save") if self._only else _("Save and next")
        self.save_button = self.add_button(words, self.save, primary=True)
        self.save_button.setToolTip(_("Save (Ctrl+S)"))
        for button in (self.back_button, self.skip_button):
            button.setVisible(not self._only)

    def _key_button(self, words: str, key: str, icon: str, do: Callable[[], object]) -> QPushButton:
        button = self.add_button(f"{words}  {key}", do)
        button.setIcon(theme.icon(icon))
        return button

    def _enable(self, ready: bool) -> None:
        for button in (self.skip_button, self.declined_button, self.missed_button, self.save_button):
            button.setEnabled(ready)
        self.back_button.setEnabled(bool(self._before))

    # one after the other

    def _came(self, queue: list[int]) -> None:
        first = [self._first] if self._first is not None else []
        self._queue = [*first, *(i for i in queue if i != self._first)]
        self._next()

    def _next(self) -> None:
        """The next customer, or the end."""
        self.page.script = None
        self._enable(False)
        if self._queue:
            number = self._queue.pop(0)
            tasks.run(self, lambda: script.script(number), self._show, failed=self._gone, place="script", reading=True)
            return
        done = self._called
        said = ngettext("{n} customer was called.", "{n} customers were called.", done).format(n=done)
        nobody = _("Nobody is left to ask in this survey.")
        self.end.say("circle-check", sentences([nobody, said]) if done else nobody, _("Close"), self.reject)
        self.pages.setCurrentWidget(self.end)
        self.progress.setText("")
        if self._only:
            self.accept()

    def _gone(self, trouble: Exception) -> None:
        """Taken out of the survey meanwhile: the next one."""
        if isinstance(trouble, UserError):
            errors.tell(self, trouble)
            self._next()

    def _show(self, found: Script) -> None:
        if found.asked.state in ENDED and not self._forced:
            self._next()  # a colleague was quicker
            return
        self._forced = False
        self.page.show_script(found, "\n".join(about(found.briefing.customer)))
        self.pages.setCurrentWidget(self.page)
        left = len(self._queue)
        told = [found.run.name, found.asked.code]
        if not self._only:
            told.append(ngettext("{n} more after this one", "{n} more after this one", left).format(n=left))
        if found.asked.attempts:
            n = found.asked.attempts
            told.append(ngettext("tried {n} time", "tried {n} times", n).format(n=n))
        self.progress.setText(" · ".join(told))
        self._enable(True)
        self.page.questions.begin()

    def go_back(self) -> None:
        """The customer before, to change what was written down."""
        if self._before and not self._saving:
            self.page.keep()
            if self.page.script is not None:
                self._queue.insert(0, self.page.script.asked.id)
            self._queue.insert(0, self._before.pop())
            self._forced = True
            self._next()

    def skip(self) -> None:
        """The next one; this one stays to be asked, and what was typed is kept."""
        if self.page.script is not None and not self._saving:
            self.page.keep()
            self._before.append(self.page.script.asked.id)
            self._next()

    # what is written

    @override
    def is_dirty(self) -> bool:
        return self.page.is_dirty()

    def save(self) -> None:
        """Write the answers and the contact, and go on."""
        if self.page.script is None or self._saving:
            return
        answers = self.page.questions.answers()
        try:
            answering.checked(self.page.script.template.items, answers)
        except UserError as trouble:
            self.message_bar.error(str(trouble))
            self.page.questions.begin()
            return
        how, contact, note = str(self.page.how.currentData()), self.page.head.contact(), self.page.note.text().strip()
        number = self.page.script.asked.id
        said = _("{customer}: answers saved.")
        self._write(
            asking.ANSWER, lambda c: answering.answer(c, number, answers, how, contact=contact, note=note), said
        )

    def _end(self, how: Callable[[Change, int, str], SurveyAsked]) -> None:
        """Not reached, or declined: with the note, and on to the next."""
        if self.page.script is None or self._saving:
            return
        number, note = self.page.script.asked.id, self.page.note.text().strip()
        missed = how is asking.not_reached
        said = _("{customer}: not reached.") if missed else _("{customer}: declined.")
        if missed:
            self.page.keep()
        self._write(asking.MISSED if missed else asking.REFUSED, lambda c: how(c, number, note), said, keep=missed)

    def _write(self, action: str, work: Callable[[Change], SurveyAsked], said: str, keep: bool = False) -> None:
        assert self.page.script is not None
        assert self.page.keeper is not None
        self._saving = True
        self._enable(False)
        seen = self.page.script.asked
        guarded = partial(unless_answered, seen, work)
        desk.write(
            (self.parent() if self._only else None) or self,
            action,
            guarded if keep else self.page.keeper.saving(guarded),
            partial(self._written, keep),
            said=said.format(customer=self.page.script.briefing.customer.name),
            failed=self._refused,
            ended=self._ended,
        )

    def _written(self, keep: bool, row: SurveyAsked) -> None:
        if self.page.keeper is not None and not keep:
            self.page.keeper.drop()
        self._before.append(row.id)
        self._called += 1
        self._saving = False
        self._next()

    def _refused(self, trouble: Exception) -> None:
        if isinstance(trouble, UserError):
            self.message_bar.error(str(trouble))

    def _ended(self) -> None:
        self._saving = False
        self._enable(self.page.script is not None)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close:
            self.page.keep()  # the main window goes, and this one with it
        return super().eventFilter(watched, event)

    @override
    def reject(self) -> None:
        if not self._saving:
            self.page.keep()  # offered again the next time
            super(Dialog, self).reject()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        name = KEYS.get(Qt.Key(event.key()))
        if name is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            getattr(self, name).click()
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in keys:
            self.save()
        else:
            super().keyPressEvent(event)


def unless_answered(seen: SurveyAsked, work: Callable[[Change], SurveyAsked], c: Change) -> SurveyAsked:
    """Write, unless a colleague was quicker with the same customer: nobody's answers are written over unseen."""
    now = asking.row_of(seen.id)
    if (now.state, now.answered_at) != (seen.state, seen.answered_at):
        said = _("A colleague has just written down this customer: {state}. Nothing was overwritten.")
        raise UserError(said.format(state=now.shown("state")))
    return work(c)
