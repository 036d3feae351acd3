"""The whole office with its attached files: one packed file (.zip) that holds the workbook, and beside it the files
under names a person understands.

A workbook cannot hold files well; a folder would be a hundred files to lose one of.
"""

from __future__ import annotations

import re
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple, Self

from crm_desktop.complaints import evidence
from crm_desktop.errors import UserError
from crm_desktop.exchange import kinds
from crm_desktop.exchange.finishing import finished
from crm_desktop.exchange.xlsx import Book
from crm_desktop.i18n import N_, _
from crm_desktop.models import limits
from crm_desktop.models.base import Record
from crm_desktop.models.complaint_step import ComplaintFile
from crm_desktop.models.news import NewsFile
from crm_desktop.store import file

SUFFIX: Final = ".zip"
_FOLDER: Final = N_("Attached files")
_SQL: Final[dict[evidence.Kind, str]] = {
    ComplaintFile: "SELECT f.id, f.name, f.size, u.name, k.code FROM complaint_file f"
    " JOIN complaint k ON k.id = f.complaint JOIN customer u ON u.id = k.customer",
    NewsFile: "SELECT f.id, f.name, f.size, '', k.name FROM news_file f JOIN news k ON k.id = f.news",
}
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    LookupError,
    ValueError,
    OverflowError,
)


class Attached(NamedTuple):
    """A file that is kept in the customer file, and where it lies in the package."""

    kind: evidence.Kind
    id: int
    size: int
    place: str


def attached() -> list[Attached]:
    """The files that go along: those that are kept in the customer file; of larger ones it knows the place alone."""
    found: list[Attached] = []
    taken: set[str] = set()
    for kind in _SQL:
        for i, name, size, customer, owner in file.ask(f"{_SQL[kind]} WHERE f.place = '' AND f.size > 0 ORDER BY f.id"):
            folders = (_(_FOLDER), customer or _("News"), owner)
            place = _free("/".join(_name(part) for part in folders), name, taken)
            found.append(Attached(kind, i, size, place))
    return found


def places(files: Iterable[Attached]) -> dict[type[Record], dict[int, str]]:
    """Where each file lies in the package, by kind and id."""
    found: dict[type[Record], dict[int, str]] = {kind: {} for kind in _SQL}
    for each in files:
        found[each.kind][each.id] = each.place
    return found


def write(path: Path, fill: Callable[[Book], object], files: Iterable[tuple[str, bytes]]) -> Path:
    """Write the package: a workbook, then files (place, content) as they come; nothing is left of one that could not be
    finished. Raises UserError.
    """

    def pack(target: Path) -> None:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive, tempfile.TemporaryFile() as stream:
            book = Book(stream)
            try:
                fill(book)
            finally:
                book.close()
            stream.seek(0)
            with archive.open(f"{_name(path.stem)}.xlsx", "w", force_zip64=True) as part:
                shutil.copyfileobj(stream, part)
            for place, content in files:
                archive.writestr(place, content)

    return finished(path, pack)


def workbook(path: Path) -> bytes | None:
    """The workbook in a package; None for every other file. Raises UserError for one that would fill the memory."""
    if path.suffix.lower() != SUFFIX:
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            books = [m for m in archive.infolist() if re.fullmatch(r"[^/\\]+\.xlsx", m.filename, re.I)]
            if len(books) != 1:
                return None
            kinds.check_unpacking(path.name, archive.infolist(), path.stat().st_size)
            try:
                return _read(path.name, archive, books[0], limits.most(limits.MEGABYTES) * 1024**2)
            except _BROKEN:
                raise kinds.damaged(path.name) from None
    except _BROKEN:
        return None  # whoever reads the file says what is wrong


class Package:
    """The files beside a workbook, if it came in a package; entered, then asked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._archive: zipfile.ZipFile | None = None

    def __enter__(self) -> Self:
        if self._path.suffix.lower() == SUFFIX:
            try:
                self._archive = zipfile.ZipFile(self._path)
                kinds.check_unpacking(self._path.name, self._archive.infolist(), self._path.stat().st_size)
            except _BROKEN:
                self._archive = None
        return self

    def __exit__(self, *_trouble: object) -> None:
        if self._archive is not None:
            self._archive.close()

    def has(self, place: str) -> bool:
        """Whether a file is there."""
        return self._archive is not None and place in self._archive.NameToInfo

    def read(self, place: str, most: int) -> bytes:
        """What is in a file of at most so many bytes; raises UserError."""
        assert self._archive is not None
        try:
            return _read(PurePosixPath(place).name, self._archive, self._archive.getinfo(place), most)
        except _BROKEN:
            raise kinds.damaged(self._path.name) from None


def _read(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    with archive.open(member) as part:
        data = part.read(most + 1)
    if len(data) > most:
        raise UserError(_("“{file}” is larger than {limit} MB.").format(file=name, limit=most >> 20))
    return data


def _free(folder: str, name: str, taken: set[str]) -> str:
    """A place that no other file has, also where capitals and small letters are the same."""
    whole = PurePosixPath(_name(name))
    stem, suffix = whole.stem[:80], whole.suffix[:12]
    place, number = f"{folder}/{stem}{suffix}", 1
    while place.casefold() in taken:
        number += 1
        place = f"{folder}/{stem} {number}{suffix}"
    taken.add(place.casefold())
    return place


def _name(text: str) -> str:
    """A text as a name that every system takes."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", text).strip(" .")[:100].strip(" .") or "_"
