"""What a file really is, whatever its name says, and whether it can be read at all."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import limits

Kind = Literal["xlsx", "xls", "xlsb", "ods", "text", "vcard", "page", "xml", "dbf", "fods"]

MAX_UNPACKED: Final = 1024**3  # a list of 300,000 rows unpacks to about 0.5 GB
MAX_RATIO: Final = 100  # lists pack ten to forty times smaller; what packs far better is a zip bomb
_SMALL: Final = 50 * 1024**2  # that much may unpack from however little

_PROTECTED: Final = re.compile(  # BOF, perhaps "write-protected", then FILEPASS
    rb"(?:\x09\x08\x10\x00\x00\x06.{14}|\x09\x08\x08\x00\x00\x05.{6})(?:\x86\x00\x00\x00)?\x2f\x00", re.S
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES: Final = (
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"RIFF",
)
_APPLE_PICTURES: Final = frozenset([b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"])
_TEXT_DOCUMENT: Final = N_("“{file}” is a text document, not a list. Save its table as .xlsx.")
_PRESENTATION: Final = N_("“{file}” is a presentation, not a list. Copy its table into a sheet and save that as .xlsx.")
_NUMBERS: Final = N_("“{file}” is a document of Apple Numbers. Open it there and choose File > Export To > Excel.")
_PACKED_UP: Final = N_("“{file}” is packed. Unpack it and choose the list inside.")
_NO_LIST: Final = N_("“{file}” is not a list that can be read. Save it as .xlsx or .csv.")
_SIGN: Final = N_("“{file}” only shows that somebody has the list open. Choose the file of the same name without ~$.")
_JSON: Final = N_("“{file}” is data of a program (JSON). Have that program write the list as .xlsx or .csv.")
_OTHER_DOCUMENTS: Final = (
    ("WordDocument", _TEXT_DOCUMENT),
    ("PowerPoint Document", _PRESENTATION),
    ("__nameid_version1.0", _NO_LIST),
    ("VisioDocument", _NO_LIST),
)
"""What an old Office file holds by the name of a stream in it."""
_DBF: Final = frozenset([0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8E, 0xCB, 0xF5, 0xFB])
DBF_FIELDS: Final = frozenset(b"CNFDLMIBTYGPVQW0+@O")
"""What columns of a table of dBase or FoxPro can hold."""
_OTHERS: Final = (
    (b"%PDF", N_("“{file}” is a PDF. Open the list it was made from, or save it as .xlsx first.")),
    (b"Rar!", _PACKED_UP),
    (b"7z\xbc\xaf", _PACKED_UP),
    (b"\x1f\x8b", _PACKED_UP),
    (b"SQLite format 3\0", N_("“{file}” is a database, not a list. Customer files are opened with File > Open.")),
)


def content(path: Path) -> bytes:
    """The bytes of a file, read at once so that nobody (Excel, a network drive) is kept waiting; raises UserError."""
    try:
        if path.is_dir():
            raise UserError(_("“{file}” is a folder. Choose a file.").format(file=path.name))
        most = limits.most(limits.MEGABYTES)
        if path.stat().st_size > most * 1024**2:
            raise UserError(
                _("“{file}” is larger than {limit} MB. Split it into smaller files.").format(file=path.name, limit=most)
            )
        with path.open("rb") as stream:
            data = stream.read(most * 1024**2)  # a device has no size and no end
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
    if _is_dbf(data):
        return "dbf"
    if name.startswith("~$") and len(data) < 1000:
        raise UserError(_(_SIGN).format(file=name))
    if data[4:8] == b"ftyp" and data[8:12] in _APPLE_PICTURES:
        raise UserError(_("“{file}” is a picture, not a list.").format(file=name))
    if data.startswith(_PICTURES) and not (data.startswith((b"BM", b"RIFF")) and b"\0" not in head):
        raise UserError(_("“{file}” is a picture, not a list.").format(file=name))
    if b"\0" in head and not looks_utf16(data):
        raise UserError(_(_NO_LIST).format(file=name))
    return _textual(path, data[:20000])


def _is_dbf(data: bytes) -> bool:
    """Whether the bytes begin like a table of dBase or FoxPro."""
    if len(data) < 65 or data[0] not in _DBF:
        return False
    head, width = struct.unpack_from("<HH", data, 8)
    return (
        data[2] <= 12
        and data[3] <= 31
        and 65 <= head <= min(len(data), 20_000)
        and width > 1
        and data[43] in DBF_FIELDS
        and b"\r" in data[64:head]
    )


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
    if start.startswith((b"<?xml", b"<workbook", b"<ss:workbook", b"<office:document")):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
            return "xml"
        if b"opendocument.spreadsheet" in start:
            return "fods"
        if b"<html" in start:
            return "page"
        raise UserError(
            _("“{file}” is an XML file. Open it in Excel or WPS and save it as .xlsx.").format(file=path.name)
        )
    if start.startswith(b"mime-version:"):
        raise web_page(path.name)
    if start.startswith(b"{\\rtf"):
        raise UserError(_(_TEXT_DOCUMENT).format(file=path.name))
    if re.match(rb"\[\s*\{\s*\"|\{\s*\"", start):
        raise UserError(_(_JSON).format(file=path.name))
    return "vcard" if path.suffix.lower() == ".vcf" else "text"


def _ole(name: str, data: bytes) -> Kind:
    if _PROTECTED.search(data):
        raise protected(name)
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise protected(name)
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook\0", "Book\0")):
        return "xls"
    for stream, sentence in _OTHER_DOCUMENTS:
        if stream.encode("utf-16-le") in data:
            raise UserError(_(sentence).format(file=name))
    raise damaged(name)


def _packed(name: str, data: bytes) -> Kind:
    """The kind of a zip, after its sizes and its list of contents were found in order."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise damaged(name) from None
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise _enormous(name)
    check_unpacking(name, members, sum(member.compress_size for member in members))
    names = {member.filename.replace("\\", "/").lower() for member in members}
    if any(member.startswith("xl/") and member.endswith("workbook.bin") for member in names):
        return "xlsb"
    if any(member.startswith("xl/") and member.endswith(".xml") for member in names):
        return "xlsx"
    if "content.xml" in names:
        if b"encryption-data" in _member(data, "META-INF/manifest.xml"):
            raise protected(name)
        described = _member(data, "mimetype")
        if b"opendocument.text" in described or b"opendocument.presentation" in described:
            sentence = _TEXT_DOCUMENT if b".text" in described else _PRESENTATION
            raise UserError(_(sentence).format(file=name))
        return "ods"
    for beginning, sentence in (("word/", _TEXT_DOCUMENT), ("ppt/", _PRESENTATION), ("index/", _NUMBERS)):
        if any(member.startswith(beginning) for member in names):
            raise UserError(_(sentence).format(file=name))
    raise UserError(_(_PACKED_UP).format(file=name))


def check_unpacking(name: str, members: Sequence[zipfile.ZipInfo], packed: int) -> None:
    """Refuse a file of `packed` bytes that would become far larger than lists and photos do; raises UserError."""
    unpacked = sum(member.file_size for member in members)
    if unpacked > _SMALL and unpacked > packed * MAX_RATIO:
        raise _enormous(name)


def _enormous(name: str) -> UserError:
    return UserError(_("“{file}” would unpack to an enormous size and is not opened.").format(file=name))


def _member(data: bytes, name: str) -> bytes:
    """The beginning of a part of a packed file, empty where it cannot be had."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as part:
            return part.read(200_000)
    except (KeyError, ValueError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        return b""


def protected(name: str) -> UserError:
    """The sentence for a file nobody can read without its password."""
    sentence = _("“{file}” is protected by a password. Open it in Excel, remove the password and save it.")
    return UserError(sentence.format(file=name))


def web_page(name: str) -> UserError:
    """The sentence for a web page that holds no table."""
    return UserError(_("“{file}” is a web page. Open it in Excel or WPS and save it as .xlsx.").format(file=name))


def too_many_rows(name: str) -> UserError:
    """The sentence for a list longer than `MAX_ROWS`."""
    sentence = _("“{file}” has more than {limit} rows. Split it into smaller files.")
    return UserError(sentence.format(file=name, limit=limits.most(limits.ROWS)))


def damaged(name: str) -> UserError:
    """The sentence for a file cut short or broken."""
    return UserError(
        _("“{file}” is damaged or was not copied completely. Get it again, or open and save it in Excel.").format(
            file=name
        )
    )


def too_many_columns(name: str) -> UserError:
    """The sentence for a list wider than the limit."""
    sentence = _("“{file}” has more than {limit} columns. Delete those that are not needed.")
    return UserError(sentence.format(file=name, limit=limits.most(limits.COLUMNS)))
