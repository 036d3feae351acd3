"""What a file really is, whatever its name says, and whether it can be read at all."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _

Kind = Literal["xlsx", "xls", "xlsb", "ods", "text", "vcard", "page", "xml"]

MAX_BYTES: Final = 300 * 1024**2
MAX_UNPACKED: Final = 2 * 1024**3  # a list of 300,000 rows unpacks to about 0.5 GB; a zip bomb to far more
MAX_ROWS: Final = 300_000
MAX_COLUMNS: Final = 500
MAX_CELLS: Final = 20_000_000  # a table in memory takes a place for every cell up to the last used row and column

# these two may find too much, never too little; they begin with plain letters, which is ten times faster
_ROW: Final = re.compile(rb'row\b[^>]*?\br="(\d+)"')
_WIDE: Final = re.compile(rb'r="([A-Z]{2,3})\d')
_CELL: Final = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*[^/]>\s*<(?:\w+:)?(?:v|is|f)\b')
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES: Final = (
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"RIFF",
    b"\0\0\0\x18ftyp",
    b"\0\0\0\x1cftyp",
    b"\0\0\0 ftyp",
    b"\0\0\0$ftyp",
)
_OTHERS: Final = (
    (b"%PDF", N_("“{file}” is a PDF. Open the list it was made from, or save it as .xlsx first.")),
    (b"Rar!", N_("“{file}” is packed. Unpack it and choose the list inside.")),
    (b"7z\xbc\xaf", N_("“{file}” is packed. Unpack it and choose the list inside.")),
    (b"\x1f\x8b", N_("“{file}” is packed. Unpack it and choose the list inside.")),
    (b"SQLite format 3\0", N_("“{file}” is a database, not a list. Customer files are opened with File > Open.")),
)


def content(path: Path) -> bytes:
    """The bytes of a file, read at once so that nobody (Excel, a network drive) is kept waiting; raises UserError."""
    try:
        if path.is_dir():
            raise UserError(_("“{file}” is a folder. Choose a file.").format(file=path.name))
        if path.stat().st_size > MAX_BYTES:
            raise UserError(
                _("“{file}” is larger than {limit} MB. Split it into smaller files.").format(
                    file=path.name, limit=MAX_BYTES // 1024**2
                )
            )
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES)  # a device has no size and no end
    except FileNotFoundError:
        raise UserError(_("“{file}” is not there any more.").format(file=path.name)) from None
    except PermissionError:
        raise UserError(
            _("“{file}” may not be read. Close it in other programs or ask who may open it.").format(file=path.name)
        ) from None
    except OSError:
        raise UserError(_("“{file}” could not be read. Is the drive still connected?").format(file=path.name)) from None
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise UserError(_("“{file}” is empty.").format(file=path.name))
    return data


def kind(path: Path, data: bytes) -> Kind:
    """What the content is, judged by the bytes; raises UserError for what is no list."""
    name = path.name
    if data.startswith(b"PK"):
        return _packed(name, data)
    if data.startswith(_OLE):
        return _ole(name, data)
    for start, sentence in _OTHERS:
        if data.startswith(start):
            raise UserError(_(sentence).format(file=name))
    head = data[:4096]
    if data.startswith(_PICTURES) and not (data.startswith((b"BM", b"RIFF")) and b"\0" not in head):
        raise UserError(_("“{file}” is a picture, not a list.").format(file=name))
    if b"\0" in head and not looks_utf16(data):
        raise UserError(_("“{file}” is not a list that can be read. Save it as .xlsx or .csv.").format(file=name))
    return _textual(path, data[:20000])


def looks_utf16(data: bytes) -> str | None:
    """The UTF-16 flavour of a text, with or without its mark; None for other texts."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for codec, ascii_sign in (
        ("utf-16-le", rb"(?s)(?:..)*?[\t\r\n -~]\0"),
        ("utf-16-be", rb"(?s)(?:..)*?\0[\t\r\n -~]"),
    ):
        if b"\0" not in data or len(data) % 2 or not re.match(ascii_sign, data):
            continue
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if all(sign.isprintable() or sign in "\t\r\n\u3000\xa0" for sign in text[:4000]):
            return codec
    return None


def _textual(path: Path, head: bytes) -> Kind:
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"").lower()
    if start.startswith(b"begin:vcard"):
        return "vcard"
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<head", b"<style", b"<div", b"<body")):
        return "page"
    if start.startswith((b"<?xml", b"<workbook", b"<ss:workbook")):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
            return "xml"
        if b"<html" in start:
            return "page"
        raise UserError(
            _("“{file}” is an XML file. Open it in Excel or WPS and save it as .xlsx.").format(file=path.name)
        )
    if start.startswith(b"mime-version:"):
        raise web_page(path.name)
    if start.startswith(b"{\\rtf"):
        raise UserError(_("“{file}” is a text document, not a list. Save its table as .xlsx.").format(file=path.name))
    return "vcard" if path.suffix.lower() == ".vcf" else "text"


def _ole(name: str, data: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UserError(
            _("“{file}” is protected by a password. Open it in Excel, remove the password and save it.").format(
                file=name
            )
        )
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook\0", "Book\0")):
        return "xls"
    if "WordDocument".encode("utf-16-le") in data:
        raise UserError(_("“{file}” is a text document, not a list. Save its table as .xlsx.").format(file=name))
    raise damaged(name)


def _packed(name: str, data: bytes) -> Kind:
    """The kind of a zip, after its sizes and its list of contents were found in order."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise damaged(name) from None
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise UserError(_("“{file}” would unpack to an enormous size and is not opened.").format(file=name))
    names = {member.filename.replace("\\", "/").lower() for member in members}
    if any(member.startswith("xl/") and member.endswith("workbook.bin") for member in names):
        return "xlsb"
    if any(member.startswith("xl/") and member.endswith(".xml") for member in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    if any(member.startswith("word/") for member in names):
        raise UserError(_("“{file}” is a text document, not a list. Save its table as .xlsx.").format(file=name))
    raise UserError(_("“{file}” is packed. Unpack it and choose the list inside.").format(file=name))


def web_page(name: str) -> UserError:
    """The sentence for a web page that holds no table."""
    return UserError(_("“{file}” is a web page. Open it in Excel or WPS and save it as .xlsx.").format(file=name))


def too_many_rows(name: str) -> UserError:
    """The sentence for a list longer than `MAX_ROWS`."""
    sentence = _("“{file}” has more than {limit} rows. Split it into smaller files.")
    return UserError(sentence.format(file=name, limit=MAX_ROWS))


def damaged(name: str) -> UserError:
    """The sentence for a file cut short or broken."""
    return UserError(
        _("“{file}” is damaged or was not copied completely. Get it again, or open and save it in Excel.").format(
            file=name
        )
    )


def check_extent(name: str, data: bytes) -> None:
    """Refuse an .xlsx whose cells lie so far apart that the table would not fit into memory; raises UserError.

    The reader makes room for every cell up to the last used one, so one stray sign in XFD1048576 would need hundreds
    of gigabytes.
    Sheets usually tell their extent at the top; where it is large or missing the cells are looked at themselves
    (formats alone do not count).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sheets = [member for member in archive.namelist() if re.search(r"worksheets/[^/]+\.xml$", member, re.I)]
            rows, columns = max(
                (_extent(archive, member) for member in sheets), key=lambda it: it[0] * it[1], default=(0, 0)
            )
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise damaged(name) from None
    if rows * columns > MAX_CELLS:
        sentence = _("“{file}” has cells far apart (up to row {row}). Delete what lies far below or right of the list.")
        raise UserError(sentence.format(file=name, row=rows))


def _extent(archive: zipfile.ZipFile, member: str) -> tuple[int, int]:
    """How many rows and columns a sheet says it has, or has if that is many or not said."""
    with archive.open(member) as sheet:
        told = re.search(rb'<(?:\w+:)?dimension ref="[A-Z]+\d+:([A-Z]+)(\d+)"', sheet.read(4096))
    if told and int(told[2]) * _column(told[1]) <= MAX_CELLS:
        return int(told[2]), _column(told[1])
    return _used(archive, member)


def _used(archive: zipfile.ZipFile, member: str) -> tuple[int, int]:
    """The last row and column of a sheet that hold something; a quick look first, which takes formats for content."""
    rows, columns = 0, 26
    for text in _chunks(archive, member):
        rows = max(rows, *(int(number) for number in _ROW.findall(text)), 0)
        columns = max(columns, *(_column(letters) for letters in set(_WIDE.findall(text))), 0)
    if rows * columns <= MAX_CELLS:
        return rows, columns
    rows = columns = 0
    for text in _chunks(archive, member):
        for found in _CELL.finditer(text):
            rows, columns = max(rows, int(found[2])), max(columns, _column(found[1]))
    return rows, columns


def _chunks(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """A sheet in pieces that overlap by the length of a cell's beginning."""
    rest = b""
    with archive.open(member) as sheet:
        while chunk := sheet.read(1 << 20):
            yield rest + chunk
            rest = chunk[-300:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
