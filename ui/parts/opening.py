"""In the store thread: a customer file is opened or made, and who is at the keyboard is known in it."""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop import paths
from crm_desktop.errors import UserError
from crm_desktop.models import office, people
from crm_desktop.store import file, traces
from crm_desktop.store.address import Address, Place
from crm_desktop.store.wrong_files import DamagedHeader
from ui import preferences
from ui.parts import desk
from ui.parts.fileinfo import FileInfo


class Opening(NamedTuple):
    """What is to be opened, or made."""

    path: Place
    create: bool = False
    office_name: str = ""
    invented: bool = False


def opened(wish: Opening, who: str, leaving: desk.AtDesk | None, damaged: list[bool]) -> FileInfo:
    """Open (or make) the file for `who`; `leaving` signs off in the one that was open before.

    When that fails, `damaged` is told whether the file is, and the one before is open again.
    """
    path = wish.path
    before = file.place() if file.is_open() else None
    if before != path:
        desk.sign(leaving, traces.CLOSED)
    try:
        if wish.invented:
            make_demo(path)
        elif wish.create:
            file.create(path)
            office.found_office(wish.office_name)
        else:
            file.open_file(path)
            if not office.is_founded():
                office.found_office()
        person = people.find(who) if who else None
        if person is None and who and not file.read_only():
            person = office.colleague(None, who).id
        return FileInfo.read(person)
    except Exception as trouble:
        damaged.append(is_damaged(trouble, path))
        if before is not None and not (file.is_open() and file.place() == before):
            file.open_file(before)  # the window that is there goes on with its own file
        if before != path:
            desk.sign(leaving, traces.OPENED)
        raise


def is_damaged(trouble: Exception, path: Place) -> bool:
    """In the store thread: whether our own file is damaged, and not somebody's photo that was called so."""
    if isinstance(path, Address) or not isinstance(trouble, UserError):
        return False
    from crm_desktop.store import restore  # only who needs it waits for what restores

    known = str(path) == preferences.LAST_FILE.get() or path == paths.default_file()
    return restore.is_damaged(trouble, path) and (
        known or trouble.__cause__ is not None or isinstance(trouble, DamagedHeader)
    )


def make_demo(path: Place) -> None:
    """Fill a new file with an invented office."""
    # only who asks for it pays for it at start-up
    from crm_desktop import demo

    demo.make(path)
