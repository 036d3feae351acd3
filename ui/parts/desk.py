"""Who is at the keyboard, and the one way a window writes: in the store thread, said in the bar, with its way back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject

from crm_desktop import merging
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import Record
from crm_desktop.store import file, history, traces
from crm_desktop.store.attempt import Attempt, Saved
from crm_desktop.store.change import Change
from ui import errors, tasks
from ui.parts import under_way
from ui.parts.message_bar import MessageBar
from ui.parts.persisting import until_saved
from ui.parts.waiting import line

R = TypeVar("R")
log = logging.getLogger("crm_desktop.desk")


@dataclass(frozen=True)
class AtDesk:
    """The colleague at this keyboard, as a Change needs one."""

    id: int
    name: str


_now: AtDesk | None = None
_done: list[int] = []
"""The changes made in this window, last at the end: what Ctrl+Z takes back."""
_taken_back: list[int] = []
"""The undos that nothing new has followed, last at the end: what Ctrl+Y does again."""


def sit_down(id: int, name: str) -> None:
    """Somebody is at the keyboard from now on."""
    global _now
    _now = AtDesk(id, name)


def user() -> AtDesk | None:
    """Who is at the keyboard."""
    return _now


def last() -> tuple[int | None, int | None]:
    """The change that Ctrl+Z would take back, and the undo whose change Ctrl+Y would do again."""
    return (_done[-1] if _done else None), (_taken_back[-1] if _taken_back else None)


def forget() -> None:
    """Another file: nothing to take back."""
    _done.clear()
    _taken_back.clear()
    under_way.forget()


def write(
    parent: QObject,
    action: str,
    work: Callable[[Change], R],
    then: Callable[[R], object] | None = None,
    *,
    said: Callable[[R], str] | str = "",
    failed: Callable[[Exception], object] | None = None,
    ended: Callable[[], object] | None = None,
    waits: Callable[[], object] | None = None,
    follow: MessageBar | None = None,
) -> None:
    """Write in the store thread; afterwards `said` stands in the message bar, with Undo beside it.

    `work` gets the Change; its result goes to `then`. Trouble goes to `failed`, or else to the message bar; `ended` is
    called after either, and after a bug. While a colleague is saving or the drive is away it is tried again by itself,
    so `work` may be called several times, and keeps nothing; `waits` is told each time. What may take long is shown in
    the bar `follow` with how far it is, and can be cancelled there: nothing is written then.
    """
    progress, token, written = None if follow is None else tasks.Progress(), under_way.begin(), list[bool]()
    if follow is not None and progress is not None:
        follow.follow(progress, _(action))

    def here() -> bool:
        return shiboken6.isValid(parent)

    def end() -> None:
        try:
            if ended is not None and here():
                ended()
        finally:
            under_way.over(token, bool(written))

    def refused(trouble: Exception, given_up: bool) -> None:
        if failed is not None and here():
            failed(trouble)
        elif isinstance(trouble, UserError) and not given_up:
            errors.tell(parent if here() else None, trouble)

    def got(saved: Saved[R]) -> None:
        result, number = saved
        written.append(True)
        done(parent if here() else line, number, said(result) if callable(said) else said)
        if then is not None and here():
            then(result)

    until_saved(
        action,
        Attempt(_now, action, work, progress).go,
        got=got,
        refused=refused,
        stopped=lambda: stopped(parent, follow) if here() else None,
        ended=end,
        waits=lambda: waits() if waits is not None and here() else None,
        progress=progress,
    )


def stopped(parent: QObject, followed: MessageBar | None = None) -> None:
    """Say that a Cancel came in time, where it was clicked."""
    bar = followed if followed is not None and shiboken6.isValid(followed) else bar_near(parent)
    if bar is not None:
        bar.say(_("Cancelled: nothing was changed."), tone="muted")


def trace(action: str, note: str) -> None:
    """Remember in the operation log what changes no record: the file opened, an export, a print.

    A file that cannot be written just now keeps nobody from it, so the line is left out then.
    """
    who, program = _now, QCoreApplication.instance()
    if program is not None:
        tasks.run(
            program,
            lambda: traces.leave(who, action, note),
            failed=lambda trouble: log.info("not in the operation log: %s", trouble),
            background=True,
        )


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


def sign(who: AtDesk | None, action: str) -> None:
    """In the store thread: the log says that somebody comes to the open file or leaves it, if it can be written now."""
    if who is not None and file.is_open():
        try:
            traces.leave(who, action)
        except UserError as trouble:
            log.info("not in the operation log: %s", trouble)


def done(parent: QObject, number: int | None, said: str) -> None:
    """A change was made (None: nothing had to be written): remember it for Ctrl+Z and say so, with Undo beside it."""
    if number is not None:
        _done.append(number)
        _taken_back.clear()  # another way was taken
    bar = bar_near(parent)
    if bar is None or not said:
        return
    if number is None:
        bar.say(said)
    else:
        bar.say(said, action=_("Undo"), do=lambda: undo(parent, number))


def undo(parent: QObject, number: int | None = None, then: Callable[[history.Undone], object] | None = None) -> None:
    """Take back a change, or the last one of this window; what a colleague changed since is kept and named."""
    if number is None and _waits(parent, lambda: undo(parent, None, then)):
        return
    chosen = number if number is not None else _done[-1] if _done else None
    if chosen is not None:
        _take_back(parent, chosen, then)
    elif (bar := bar_near(parent)) is not None:
        bar.say(_("There is nothing to undo."), tone="muted")


def redo(parent: QObject, number: int | None = None, then: Callable[[history.Undone], object] | None = None) -> None:
    """Do again what an undo took back, or what the last one did."""
    if number is None and _waits(parent, lambda: redo(parent, None, then)):
        return
    chosen = number if number is not None else _taken_back[-1] if _taken_back else None
    if chosen is not None:
        _take_back(parent, chosen, then, again=True)
    elif (bar := bar_near(parent)) is not None:
        bar.say(_("There is nothing to do again."), tone="muted")


def _waits(parent: QObject, do: Callable[[], object]) -> bool:
    """Whether something is being written first; where that takes long, it is said."""
    waits = under_way.waits(do)
    if waits and line.waiting and (bar := bar_near(parent)) is not None:
        bar.say(_("It is not saved yet; as soon as it is, it is taken back."), tone="muted")
    return waits


def _take_back(
    parent: QObject, number: int, then: Callable[[history.Undone], object] | None = None, again: bool = False
) -> None:
    """Undo a change, or do it `again` by undoing its undo; a large one shows how far it is and can be cancelled."""
    bar, token, told = bar_near(parent), under_way.begin(), list[history.Undone]()
    stack = _taken_back if again else _done
    waiting = number in stack
    if waiting:
        stack.remove(number)  # a second Ctrl+Z is for the change before, also while this one is under way
    host = parent if bar is None else bar  # a part of the window may be gone by the time its message is clicked
    progress = tasks.Progress()
    if bar is not None:
        bar.follow(progress, _("Undoing"))

    def here() -> bool:
        return shiboken6.isValid(host)

    def end() -> None:
        progress.deleteLater()
        under_way.over(token, bool(told))

    def back() -> None:
        if waiting:
            stack.append(number)

    def refused(trouble: Exception, given_up: bool) -> None:
        if not isinstance(trouble, history.NothingToUndo):
            back()
        if isinstance(trouble, UserError) and not given_up:
            errors.tell(host if here() else None, trouble)

    def stopped_it() -> None:
        back()
        stopped(host if here() else line)

    def got(undone: history.Undone) -> None:
        told.append(undone)
        _undone(host if here() else line, undone, again)
        if then is not None:
            then(undone)

    until_saved(
        N_("Redo") if again else N_("Undo"),
        merging.undoing(_now, number, progress),
        got=got,
        refused=refused,
        stopped=stopped_it,
        ended=end,
        progress=progress,
    )


def _undone(parent: QObject, undone: history.Undone, again: bool) -> None:
    """Say what was taken back, with the way to do it again, or the other way round."""
    if undone.change:
        (_done if again else _taken_back).append(undone.change)
    bar = bar_near(parent)
    if bar is None:
        return
    if not undone.change:
        bar.say(undone.in_words())
    elif again:
        bar.say(undone.in_words(), action=_("Undo"), do=lambda: undo(parent, undone.change))
    else:
        bar.say(undone.in_words(), action=_("Redo"), do=lambda: redo(parent, undone.change))


def bar_near(parent: QObject | None) -> MessageBar | None:
    """The message bar of the window a part stands in, or of the window in front."""
    bar = errors.nearest_bar(parent)
    return bar if isinstance(bar, MessageBar) else None
