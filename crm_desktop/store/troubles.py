"""Troubles with the disk, the locks or the network, in plain words; those that pass are told from those that stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import peewee

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import wrong_files


class Passing(UserError):
    """Nothing was written, and the same may be tried again in a while."""


class Busy(Passing):
    """Somebody else is saving."""

    who = ""
    """The sentence about whoever that is; "" when it cannot be told."""


class Away(Passing):
    """The file cannot be reached just now."""


class Unsettled(Away):
    """The connection broke while a change was saved: whether it arrived is not known before it can be looked up."""

    committed: Any = None
    """What is to be told of the change if it arrived (change.Committed)."""


class ReadOnly(UserError):
    """The file can only be read here; the sentence says why and what to do."""


class Damaged(UserError):
    """The content of the file is broken."""


_BROKEN = ("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_PROTOCOL", "SQLITE_READONLY_DBMOVED", "SQLITE_READONLY_ROLLBACK")
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


def code(error: BaseException) -> str:
    """SQLite's name for an error, "" when it is none of SQLite's."""
    cause = error.__context__ if isinstance(error, peewee.PeeweeException) else error
    return getattr(cause, "sqlite_errorname", "") or ""


def is_broken(error: BaseException) -> bool:
    """Whether the way to the file broke: the connection is not to be trusted any more."""
    return code(error).startswith(_BROKEN)


def is_damage(error: BaseException) -> bool:
    """Whether the content looked broken; over a network that may pass."""
    return code(error).startswith(_DAMAGED)


def is_unreadable(error: BaseException) -> bool:
    """Whether an error, as it came or already told, means that what was asked could not be read."""
    why = error.__cause__ if isinstance(error, UserError) else error
    return why is not None and (is_broken(why) or is_damage(why))


def told(error: Exception, target: object) -> UserError | None:
    """What a database error means for the user, or None when it is a bug of ours."""
    name = code(error)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return busy(target)
    if name.startswith("SQLITE_FULL"):
        return UserError(_("The disk with {file} is full. Free some space, then save again.").format(file=target))
    if is_broken(error):
        return away(target)
    if name.startswith("SQLITE_READONLY"):
        return UserError(
            _("{file} has become read-only. Check its write protection, then save again.").format(file=target)
        )
    if is_damage(error):
        return Damaged(wrong_files.damaged(Path(str(target))))
    if name == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return UserError(
            _("Something this belongs to was deleted in the meantime. Nothing was saved; look again and choose.")
        )
    if name == "SQLITE_CONSTRAINT_UNIQUE":
        return UserError(
            _("There is another entry with this number or name already. Nothing was saved; choose another one.")
        )
    return None


def busy(target: object, who: str = "") -> Busy:
    """Somebody else is saving, and who that may be."""
    text = _("{file} is being saved by somebody else. Nothing is lost; try again in a moment.").format(file=target)
    found = Busy(f"{text} {who}".rstrip())
    found.who = who
    return found


def away(target: object) -> Away:
    """The file cannot be reached."""
    return Away(
        _("{file} cannot be reached just now. Check the drive or the network, then try again.").format(file=target)
    )
