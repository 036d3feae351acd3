"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from crm_desktop.errors import UserError
from crm_desktop.exchange.xlsx import Book
from crm_desktop.i18n import _


def finished(path: Path, write: Callable[[Path], None]) -> Path:
    """Write beside the target and put it in its place when it is whole."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(part)
        os.replace(part, path)
    except PermissionError:
        raise UserError(
            _("“{file}” cannot be written. Close it in Excel, or choose another name or folder.").format(file=path.name)
        ) from None
    except OSError as error:
        raise UserError(
            _("“{file}” cannot be written: {reason}. Choose another folder.").format(
                file=path.name, reason=error.strerror or error
            )
        ) from None
    finally:
        with suppress(OSError):
            part.unlink()
    return path


def workbook(path: Path, fill: Callable[[Book], object]) -> Path:
    """Write an .xlsx; nothing is left of one that could not be finished. Raises UserError."""

    def write(target: Path) -> None:
        with target.open("wb") as stream:  # first of all: an unwritable place is known before any work
            book = Book(stream)
            try:
                fill(book)
            finally:  # also what was stopped: a half workbook must not be finished when nobody looks
                book.close()

    return finished(path, write)
