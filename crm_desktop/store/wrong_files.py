"""Files that are no customer file, or cannot be worked in: each is refused with its own sentence, and not touched."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import lock_proof, migrations

APPLICATION_ID = 0x43524D44  # "CRMD"
_OURS = ("change", "change_entry", "counter", "customer", "customer_hay", "interaction")
"""Tables that no other program has side by side."""


class DamagedHeader(UserError):
    """The first bytes of a customer file are not what they were."""


def inspect(target: Path) -> int:
    """The version of a customer file, without touching it; UserError with its own sentence for everything else."""
    version = version_of(target)
    _refuse_read_only(target)
    return version


def _header(target: Path) -> bytes:
    try:
        with target.open("rb") as stream:
            return stream.read(100)
    except OSError as error:  # a drive may go away between two looks
        raise _unreadable(target, error) from error


def _refuse_what_is_no_file(target: Path) -> bytes:
    """The first 100 bytes of a customer file; UserError with the sentence that fits what it is instead."""
    if not os.path.isdir(target.parent):  # pathlib lets some errors of a vanished network drive fly
        raise UserError(
            _("The folder {folder} cannot be reached. Check that the drive is connected, then try again.").format(
                folder=target.parent
            )
        )
    if not os.path.exists(target):
        raise UserError(_("There is no file {file}. Choose another one or create a new file.").format(file=target))
    if os.path.isdir(target):
        raise UserError(_("{file} is a folder. Choose the customer file inside it.").format(file=target))
    header = _header(target)
    if not header:
        raise UserError(empty(target))
    if not header.startswith(b"SQLite format 3\0"):
        raise UserError(
            _("{file} is not a customer file ({kind}). To bring in a list, use Import instead.").format(
                file=target, kind=_kind_of(header, target)
            )
        )
    return header


def _unreadable(target: Path, error: OSError) -> UserError:
    return UserError(
        _("{file} cannot be read: {reason}. Ask whoever looks after the computers for access to it.").format(
            file=target, reason=error.strerror or error
        )
    )


def _kind_of(header: bytes, target: Path) -> str:
    """What a stranger's file seems to be, in words."""
    for start, kind in (
        (b"\xff\xd8\xff", _("a photo")),
        (b"\x89PNG", _("a picture")),
        (b"GIF8", _("a picture")),
        (b"%PDF", _("a PDF document")),
        (b"PK\x03\x04", _("an Excel workbook or a zip archive")),
        (b"\xd0\xcf\x11\xe0", _("an old Excel or Word file")),
    ):
        if header.startswith(start):
            return kind
    text = not any(byte < 9 for byte in header)
    return _("a text file") if text else _("an unknown kind of file, or a damaged one")


def _refuse_strangers(target: Path, header: bytes) -> int:
    """The file's version; UserError for another program's database or a file from the future."""
    application, version = int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big")
    if len(header) < 100 or (application == APPLICATION_ID and version < migrations.FIRST):
        raise DamagedHeader(damaged(target))
    if application != APPLICATION_ID:
        if _has_our_tables(target):
            raise DamagedHeader(damaged(target))
        raise UserError(
            _("{file} is a database of another program, not a customer file. It was left as it is.").format(file=target)
        )
    if version > migrations.version():
        raise UserError(
            _(
                "{file} was made by a newer version of this program "
                "(file version {theirs}, this program knows {ours}). "
                "Update the program on this computer, then open it again."
            ).format(file=target, theirs=version, ours=migrations.version())
        )
    return version


def _has_our_tables(target: Path) -> bool:
    """Whether a database whose mark is not ours holds a customer file's tables all the same."""
    try:
        address = lock_proof.address_of(target)
        with closing(sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True)) as raw:
            marks = ",".join("?" * len(_OURS))
            found = raw.execute(f"SELECT count(*) FROM sqlite_master WHERE name IN ({marks})", _OURS).fetchone()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False
    return bool(found == (len(_OURS),))


def _refuse_read_only(target: Path) -> None:
    # the mode bits, too: an administrator may write anything, and a file marked read-only was marked on purpose
    try:
        writable = os.access(target, os.W_OK) and stat.S_IMODE(target.stat().st_mode) & 0o222
    except OSError as error:  # the drive went away between the last look and this one
        raise _unreadable(target, error) from error
    if not writable or not os.access(target.parent, os.W_OK):
        raise UserError(
            _(
                "{file} is read-only, so nothing could be saved in it. "
                "Remove the write protection of the file and its folder, or copy it to another place."
            ).format(file=target)
        )


def refuse_wal(target: Path) -> None:
    """Over a network a file is never worked in that somebody has switched to a write-ahead log (shared-drive.md)."""
    if _header(target)[18:20] == b"\2\2":
        raise UserError(
            _(
                "{file} was changed by another program in a way that is not safe on a network drive. Copy it to this "
                "computer, open it here once, and copy it back while nobody else has it open."
            ).format(file=target)
        )


def version_of(target: Path) -> int:
    """The version of a customer file that may be read-only; UserError with its own sentence for everything else."""
    return _refuse_strangers(target, _refuse_what_is_no_file(target))


def empty(target: Path) -> str:
    """The sentence for a customer file with nothing in it."""
    return _(
        "{file} is empty (0 bytes), so it is not a customer file. Look for a backup, or create a new file."
    ).format(file=target)


def damaged(target: Path) -> str:
    """The sentence for a customer file whose content is broken."""
    return _("{file} is damaged. Close the program, copy the file to a safe place and restore a backup.").format(
        file=target
    )
