"""The question before something is deleted: asked once, in place, with room for the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from crm_desktop.i18n import _
from crm_desktop.store.change import Change
from ui.parts import desk
from ui.parts.notice import Notice


def ask(notice: Notice, question: str, verb: str, delete: Callable[[str], object]) -> None:
    """Ask in the notice; `delete` is told the reason, if one was typed."""

    def go() -> None:
        why = notice.answer.text().strip()
        notice.hide()
        delete(why)

    notice.say(question, ((verb, go), (_("Keep"), notice.hide)), "overdue", answer=_("Why? (may stay empty)"))


def write(parent: QObject, action: str, why: str, work: Callable[[Change], Any], said: str) -> None:
    """Delete in the store thread; the reason stands in the recycle bin."""

    def delete(c: Change) -> None:
        c.note = why
        work(c)

    desk.write(parent, action, delete, said=said, follow=desk.bar_near(parent))
