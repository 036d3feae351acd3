"""Readings that take long: on a network drive they work on a private copy of the file, and say as of when they are."""

import logging
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel

from crm_desktop.i18n import _
from crm_desktop.store import file, nearby, snapshot
from ui import tasks

T = TypeVar("T")

_SLICE = 1.0
"""Seconds after which other work in the background has its turn, such as a look at what colleagues saved."""

log = logging.getLogger("crm_desktop.copy")


def read(
    parent: QObject,
    work: Callable[[], T],
    then: Callable[[T, datetime | None], object],
    *,
    place: str,
    background: bool = False,
) -> None:
    """As `tasks.run` for questions; `then` is told the answer and as of when it is, None for this moment."""

    def ask() -> tuple[T, datetime | None]:
        with snapshot.instead() as at:
            return work(), at

    tasks.run(parent, ask, lambda found: then(*found), place=place, reading=True, background=background)
    prepare()


def prepare() -> None:
    """Have a copy made for the next time, when nothing else is to be done; the questions of now do not wait for it."""
    program = QApplication.instance()

    def step(*_how_far: object) -> None:
        let_through()

    def make() -> None:
        if snapshot.is_wanted():
            snapshot.refresh(step)

    if program is not None:
        # nobody asked for it: without it, reading takes longer
        tasks.run(program, make, failed=lambda why: log.info("%s", why), place="private copy", background=True)


def gather() -> None:
    """Have all customers of a file on a network drive on this computer, too, while nobody asks for anything.

    It stops when somebody does, and is begun again with the next look at what colleagues saved: who types into the
    search box waits for one step, not for one after each key.
    """

    def some() -> bool:
        until = time.monotonic() + _SLICE
        while nearby.step():
            if let_through():
                return False
            if time.monotonic() > until:
                return True
        return False

    def more(undisturbed: bool) -> None:
        if undisturbed:
            gather()

    if (program := QApplication.instance()) is not None:
        tasks.run(program, some, more, failed=lambda why: log.info("%s", why), place="nearby", background=True)


def let_through() -> bool:
    """Between two steps of a long copy, do what waits; whether there was anything.

    Cancelled when another file was opened, or this one anew.
    """
    source = file.connection()
    did = tasks.make_way()
    if not file.is_open() or file.connection() is not source:
        raise tasks.Cancelled
    return did


def tell(label: QLabel, at: datetime | None) -> None:
    """Say as of when what is shown is; nothing when it is of this moment."""
    label.setVisible(at is not None)
    if at is not None:
        time = f"{at:%H:%M}" if at.date() == date.today() else f"{at:%m-%d %H:%M}"
        label.setText(_("As of {time}").format(time=time))
        label.setToolTip(
            _("Read from a copy on this computer, so that colleagues are not held up. F5 reads the file itself.")
        )
