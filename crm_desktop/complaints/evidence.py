"""Files beside complaints and news: small ones lie in the customer file and travel with it, of others the place."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Final, NamedTuple

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import ComplaintFile, NewsFile, Record
from crm_desktop.store import file
from crm_desktop.store.change import Change

SMALL: Final = 2 << 20
"""Up to so many bytes a file is kept in the customer file: everybody copies and backs up the whole of it."""

Kind = type[ComplaintFile] | type[NewsFile]
_LINKS: Final[dict[Kind, str]] = {ComplaintFile: "complaint", NewsFile: "news"}


class Evidence(NamedTuple):
    """One file."""

    id: int
    name: str
    size: int
    place: str
    """Where it lies; empty when it is kept in the customer file."""


def read(path: Path) -> dict[str, object]:
    """A file as it is to be written down (no customer file needed); UserError when it cannot be read."""
    try:
        size = path.stat().st_size
        content = base64.b64encode(path.read_bytes()).decode("ascii") if size <= SMALL else ""
    except OSError as error:
        raise UserError(
            _("{file} cannot be read: {reason}.").format(file=path, reason=error.strerror or error)
        ) from error
    return {"name": path.name, "size": size, "content": content, "place": "" if content or not size else str(path)}


def add(c: Change, owner: int, values: dict[str, object], kind: Kind = ComplaintFile) -> Record:
    """Write down a file that `read` has read; with a complaint, or with a piece of news (`kind` NewsFile)."""
    return c.save(kind, {**values, _LINKS[kind]: owner})


def of(owner: int, kind: Kind = ComplaintFile) -> list[Evidence]:
    """The files of a complaint or a piece of news, without what is in them."""
    return [
        Evidence(i, name, size or 0, place)
        for i, name, size, place in file.ask(
            f"SELECT id, name, size, place FROM {kind.table()} WHERE {_LINKS[kind]} = ? ORDER BY id", (owner,)
        )
    ]


def content(evidence: int, kind: Kind = ComplaintFile) -> bytes:
    """What is in a file that is kept in the customer file; UserError when it is gone."""
    stored = file.one(f"SELECT content FROM {kind.table()} WHERE id = ?", (evidence,))
    if stored is None:
        raise UserError(_("This file was deleted in the meantime."))
    return base64.b64decode(stored)
