"""vCards 2.1, 3.0 and 4.0 as phones write them, card by card: one bad card does not lose the others.

An own parser: the library reads nothing more once a folded or quoted-printable line is broken, and phones break them.
Sources: vCard 2.1 (versit), RFC 2426 (3.0), RFC 6350 (4.0).
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from crm_desktop.errors import UserError
from crm_desktop.values import clean, read_birthday, read_phones

HEADINGS: Final = {
    "name": "Name",
    "org": "Company",
    "department": "Department",
    "title": "Title",
    "phones": "Phones",
    "emails": "E-mail",
    "wechat": "WeChat",
    "qq": "QQ",
    "url": "Website",
    "address": "Address",
    "birthday": "Birthday",
    "note": "Notes",
}
_LINE: Final = re.compile(rb"(?:[\w\-]+\.)?([A-Za-z][\w\-]*)((?:;[^:\"\r\n]*(?:\"[^\"]*\"[^:\"\r\n]*)*)?):(.*)", re.S)
_CODECS: Final = {
    "GB2312": "gb18030",
    "GBK": "gb18030",
    "CHINESE": "gb18030",
    "X-GBK": "gb18030",
    "BIG5": "big5",
    "ISO-8859-1": "latin-1",
}
_MESSENGERS: Final = frozenset(["X-WECHAT", "X-WEIXIN", "X-QQ", "X-TENCENT", "IMPP", "X-SOCIALPROFILE"])
_EXTENSION: Final = re.compile(r"\s*(?:[,pw]+|;(?:ext=)?)\s*(\d{1,6})#?$", re.I)
"""A pause or what follows it, as phones dial an extension."""
_DATE_ONLY: Final = re.compile(r"(\d{4}-?\d\d-?\d\d|--\d\d-?\d\d)")


class _Line(NamedTuple):
    name: str
    parameters: list[str]  # upper case, types without "TYPE="
    value: str


def parse(data: bytes, encoding: str | None = None) -> list[dict[str, Any]]:
    """The cards of a file: name, org, department, title, phones (type, number, note), emails, address, birthday,
    wechat, url, note.

    A phone or birthday that cannot be read goes to the note. Cards without a name, company, phone or e-mail
    are left out.
    """
    data = (
        data.decode("utf-16", "replace").encode()
        if data.startswith((b"\xff\xfe", b"\xfe\xff"))
        else data.removeprefix(b"\xef\xbb\xbf")
    )
    found = (_card([_line(raw, encoding) for raw in _lines(block)]) for block in _blocks(data))
    return [card for card in found if card.get("name") or card.get("org") or card.get("phones") or card.get("emails")]


def as_rows(found: list[dict[str, Any]]) -> list[list[str | None]]:
    """The cards as a sheet: a heading and one row a card."""
    rows: list[list[str | None]] = [list(HEADINGS.values())]
    for card in found:
        phones = "、".join(" ".join(filter(None, [it["number"], it.get("note")])) for it in card.get("phones", []))
        row = {**card, "phones": phones, "emails": ";".join(card.get("emails", []))}
        rows.append([str(row[key]) if row.get(key) else None for key in HEADINGS])
    return rows


def _blocks(data: bytes) -> Iterator[bytes]:
    """What stands between BEGIN and END of each card; a card without its END stops at the next BEGIN."""
    for block in re.split(rb"(?im)^[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*\r?$", data.replace(b"\r\r\n", b"\r\n"))[1:]:
        yield re.split(rb"(?im)^[ \t]*END[ \t]*:[ \t]*VCARD", block)[0]


def _lines(block: bytes) -> list[bytes]:
    """The logical lines of a card: folds and quoted-printable breaks undone, text without an own name joined to the
    line before.
    """
    lines: list[bytes] = []
    for raw in re.split(rb"\r\n|\n|\r", block):
        if lines and raw[:1] in (b" ", b"\t"):
            quoted = _quoted(lines[-1]) and lines[-1].endswith(b"=")
            lines[-1] = lines[-1].removesuffix(b"=") + raw[1:] if quoted else lines[-1] + raw[1:]
        elif lines and _quoted(lines[-1]) and lines[-1].endswith(b"="):
            lines[-1] = lines[-1][:-1] + raw
        elif lines and raw.strip() and not _LINE.fullmatch(raw):
            joined = (
                b"=0A"
                if _quoted(lines[-1])
                else b""
                if re.search(rb"ENCODING=(?:B|BASE64)\b", lines[-1][:200], re.I)
                else b"\\n"
            )
            lines[-1] += joined + raw.strip()  # a note continued without indent
        elif raw.strip():
            lines.append(raw.strip(b"\0"))
    return lines


def _quoted(line: bytes) -> bool:
    return b"QUOTED-PRINTABLE" in line.split(b":", 1)[0].upper()


def _line(raw: bytes, encoding: str | None) -> _Line:
    parts = _LINE.fullmatch(raw)
    if not parts:
        return _Line("", [], "")
    parameters = [
        part.strip().strip('"')
        for part in re.split(r"[;,]", parts[2].decode("latin-1").upper().replace('"', ""))
        if part.strip()
    ]
    charset = next((part.removeprefix("CHARSET=") for part in parameters if part.startswith("CHARSET=")), "")
    value = quopri.decodestring(parts[3]) if _quoted(raw) else parts[3]
    return _Line(
        parts[1].decode("ascii").upper(),
        [part.removeprefix("TYPE=") for part in parameters],
        _decoded(value, charset, encoding),
    )


def _decoded(value: bytes, charset: str, encoding: str | None) -> str:
    """As declared, if the bytes agree; else as UTF-8, else as GB18030: phones declare one and write another."""
    for codec in (encoding, _CODECS.get(charset, charset.lower() or None), "utf-8", "gb18030"):
        try:
            if codec:
                return value.decode(codec)
        except (ValueError, LookupError):  # a damaged name of an encoding is both
            continue
    return value.decode("gb18030", errors="replace")


def _parts(value: str) -> list[str]:
    """The parts of a structured value (N, ADR, ORG)."""
    return [_unescaped(part) for part in re.split(r"(?<!\\);", value)]


def _unescaped(value: str) -> str:
    return re.sub(r"\\([\\,;:nN])", lambda sign: "\n" if sign[1] in "nN" else sign[1], value).strip()


_TEXTS: Final = ("name", "org", "department", "title", "wechat", "qq", "url", "address", "birthday", "note")
"""What a card says once."""


def _card(lines: list[_Line]) -> dict[str, Any]:
    card: dict[str, Any] = {**dict.fromkeys(_TEXTS, ""), "phones": [], "emails": []}
    if any(line.name.endswith("KIND") and line.value.strip().lower() == "group" for line in lines):
        return {}  # a list of people, nobody
    notes: list[str] = []
    structured = nickname = address = ""
    for name, parameters, value in lines:
        text = clean(_unescaped(value))
        if not text:
            continue
        if name == "FN":
            card["name"] = card["name"] or text
        elif name == "N":
            structured = structured or _full_name(_parts(value))
            address = clean((_parts(value) + [""] * 4)[3])
        elif name == "NICKNAME":
            nickname = text
        elif name == "TEL":
            _add_phone(card, notes, text, parameters)
        elif name == "EMAIL":
            card["emails"] += [] if text in card["emails"] else [text]
        elif name == "ADR":
            card["address"] = card["address"] or _address(_parts(value))
        elif name == "NOTE":
            notes.append(clean(_unescaped(value), lines=True))
        else:
            _add_rest(card, notes, name, parameters, value)
    card["name"] = card["name"].removeprefix(address).strip() or structured or nickname  # Mr. Bob Li
    if not card["name"] and not card["org"] and not card["phones"]:
        card["name"] = next(iter(card["emails"]), "")
    card["note"] = "\n".join(notes)
    return {key: value for key, value in card.items() if value}


def _add_rest(card: dict[str, Any], notes: list[str], name: str, parameters: list[str], value: str) -> None:
    text = clean(_unescaped(value))
    if name == "ORG":
        company, *department = _parts(value)
        card["org"], card["department"] = (
            card["org"] or clean(company),
            card["department"] or clean(" ".join(department)),
        )
    elif name in ("TITLE", "ROLE"):
        card["title"] = card["title"] or text
    elif name == "URL":
        card["url"] = card["url"] or text
    elif name in _MESSENGERS:
        _add_messenger(card, name, parameters, text)
    elif name == "BDAY":
        day = _DATE_ONLY.match(text)
        try:
            card["birthday"] = read_birthday(day[1] if day else text).value
        except UserError:
            notes.append(text)


def _add_messenger(card: dict[str, Any], name: str, parameters: list[str], text: str) -> None:
    """WeChat and QQ as each program calls them: X-WECHAT, IMPP:wechat:…, IMPP;X-SERVICE-TYPE=QQ, a social profile."""
    service = " ".join([name, *parameters, text.partition(":")[0]]).upper()
    which = "wechat" if re.search(r"WECHAT|WEIXIN|微信", service) else "qq" if re.search(r"\bX?-?QQ\b", service) else ""
    if which:
        card[which] = card[which] or re.sub(r"^[A-Za-z][\w\-]*:", "", text)


def _full_name(parts: list[str]) -> str:
    """N is family;given;additional: written together for Chinese, given name first for others."""
    family, given, additional = ([*parts, "", "", ""])[:3]
    if re.search(r"[\u3400-\u9fff]", family + given):
        return clean(family + additional + given)
    return clean(" ".join(part for part in (given, additional, family) if part))


def _address(parts: list[str]) -> str:
    """ADR is box;extended;street;city;region;postcode;country: joined from large to small, as Chinese addresses are."""
    box, extended, street, city, region, _postcode, country = (parts + [""] * 7)[:7]
    large = [] if country in ("中国", "China", "CN", "中华人民共和国", "") else [country]
    chinese = re.search(r"[\u3400-\u9fff]", street + city + region)
    large += [part for part in (region, city) if part and not street.startswith(part)]
    words = [*large, street, extended, box]
    words = list(dict.fromkeys(clean(word) for word in words if word))
    return "".join(words) if chinese else ", ".join(reversed(words))


def _add_phone(card: dict[str, Any], notes: list[str], text: str, parameters: list[str]) -> None:
    try:
        phones = read_phones(_EXTENSION.sub(r"转\1", re.sub(r"(?i)^tel:", "", text))).value
    except UserError:
        notes.append(text)
        return
    for phone in phones:
        if "FAX" in parameters and phone["type"] == "phone":
            phone["type"] = "fax"
        if phone["number"] not in [other["number"] for other in card["phones"]]:
            card["phones"].append(phone)
