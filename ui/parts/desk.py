"""Who is at the keyboard, and the one way a window writes: in the store thread, said in the bar, with its way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from crm_desktop.i18n import _, ngettext
from crm_desktop.models import Record
from crm_desktop.store import change, history
from crm_desktop.store.change import Change
from ui import tasks
from ui.parts.message_bar import MessageBar

R = TypeVar("R")


@dataclass(frozen=True)
class AtDesk:
    """The colleague at this keyboard, as a Change needs one."""

    id: int
    name: str


_now: AtDesk | None = None
_done: list[int] = []
"""The changes made in this window, last at the end: what Ctrl+Z takes back."""


def sit_down(id: int, name: str) -> None:
    """Somebody is at the keyboard from now on."""
    global _now
    _now = AtDesk(id, name)


def user() -> AtDesk | None:
    """Who is at the keyboard."""
    return _now


def forget() -> None:
    """Another file: nothing to take back."""
    _done.clear()


def write(
    parent: QObject,
    action: str,
    work: Callable[[Change], R],
    then: Callable[[R], object] | None = None,
    *,
    said: Callable[[R], str] | str = "",
    failed: Callable[[Exception], object] | None = None,
) -> None:
    """Write in the store thread; afterwards `said` stands in the message bar, with Undo beside it.

    `work` gets the Change; its result goes to `then`. Trouble goes to `failed`, or else to the message bar.
    """
    who = _now

    def in_store() -> tuple[R, int]:
        with change.change(who, action) as c:
            result = work(c)
        return result, c.id

    def written(answer: tuple[R, int]) -> None:
        result, number = answer
        done(parent, number, said(result) if callable(said) else said)
        if then is not None:
            then(result)

    tasks.run(parent, in_store, written, failed=failed)


def save(
    parent: QObject,
    action: str,
    target: Record | type[Record],
    values: dict[str, Any],
    then: Callable[[Record], object] | None = None,
    *,
    seen: dict[str, Any] | None = None,
    said: Callable[[Record], str] | str = "",
    failed: Callable[[Exception], object] | None = None,
) -> None:
    """Write one record."""
    write(parent, action, lambda c: c.save(target, values, seen), then, said=said, failed=failed)


def done(parent: QObject, number: int, said: str) -> None:
    """A change was made: remember it for Ctrl+Z and say so, with Undo beside it."""
    _done.append(number)
    bar = bar_near(parent)
    if bar is not None and said:
        bar.say(said, action=_("Undo"), do=lambda: undo(parent, number))


def undo(
    parent: QObject, number: int | None = None, then: Callable[[history.Undone], object] | None = None
) -> None:
    """Take back a change, or the last one of this window; what a colleague changed since is kept and named."""
    if number is None:
        if not _done:
            bar = bar_near(parent)
            if bar is not None:
                bar.say(_("There is nothing to undo."), tone="muted")
            return
        number = _done[-1]
    chosen = number
    who = _now

    def undone(result: history.Undone) -> None:
        _undone(parent, chosen, result)
        if then is not None:
            then(result)

    tasks.run(parent, lambda: history.undo(who, chosen), undone)


def _undone(parent: QObject, number: int, undone: history.Undone) -> None:
    if number in _done:
        _done.remove(number)
    bar = bar_near(parent)
    if bar is None:
        return
    bar.say(in_words(undone), action=_("Redo"), do=lambda: undo(parent, undone.change))


def in_words(undone: history.Undone) -> str:
    """What an undo did, kept records and their writers named."""
    text = ngettext("{n} record restored.", "{n} records restored.", undone.restored).format(n=undone.restored)
    if undone.kept:
        who = _(", ").join(dict.fromkeys(f"{k.who} {k.when[11:16]}".strip() for k in undone.kept[:3]))
        text += " " + ngettext(
            "{n} kept, because it was changed since ({who}).",
            "{n} kept, because they were changed since ({who}).",
            len(undone.kept),
        ).format(n=len(undone.kept), who=who)
    return text


def bar_near(parent: QObject | None) -> MessageBar | None:
    """The message bar of the window a part stands in, or of the window in front."""
    place = parent
    while place is not None and shiboken6.isValid(place):
        bar = getattr(place, "message_bar", None)
        if isinstance(bar, MessageBar):
            return bar
        place = place.parent()
    for window in [QApplication.activeWindow(), *QApplication.topLevelWidgets()]:
        bar = getattr(window, "message_bar", None)
        if isinstance(bar, MessageBar) and window is not None and window.isVisible():
            return bar
    return None
