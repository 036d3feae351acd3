"""Phone numbers: one or several in a cell, as mobiles, landlines with their area code, hotlines or foreign numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.values.one_phone import MOBILE, Phone, one
from crm_desktop.values.text import Reading, as_text, clean, is_blank, plain

_LABEL: Final = re.compile(
    r"(手机号?码?|移动电话|联系电话|办公电话|固定电话|电话号?码?|固话|座机|传真号?码?|热线|微信同号|mobile|cell|phone|tel|fax|(?<![a-z])[tmf](?=\s*[:.]))\s*[:.]?\s*",
    re.I,
)
_HANDLE: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:QQ号?\s*:?\s*[1-9]\d{4,10}(?!\d)"
    r"|(?!(?:ext|tel|fax|mob|mobile|cell|phone)\.?\d|[A-Za-z_\-]*\d{7})[A-Za-z][A-Za-z_\-]{2,}\d[A-Za-z0-9_\-]*)",
    re.I,
)
"""A name somebody has in a messenger: zhang001, QQ 12345678."""
_SEPARATOR: Final = re.compile(r"(?<=[^\d\s()]\))\s*(?=\d{7})|[、,;/|\n\r&]+|(?<=\d)\s*[或和及]\s*(?=\d)")
_FEWEST: Final = 5
"""Digits the shortest number has."""
_AS_STORED: Final = re.compile(r"1[3-9]\d{9}|(?:010|02\d|0[3-9]\d\d)-[2-9]\d{6,7}", re.ASCII)


def read_phone(written: object) -> Reading:
    """One phone as it is stored: 13800001234, 0571-66880001, 0571-66880001-801, 4008108888, +4930123456. Raises
    UserError.
    """
    if isinstance(written, str) and _AS_STORED.fullmatch(written):
        return Reading(written)
    if is_blank(written):
        return Reading("")
    shown = clean(_shown(written))
    phones = _several(shown)
    if not phones:
        raise UserError(_invalid(shown))
    if len(phones) > 1:
        raise UserError(_("“{text}” holds several phones; write one here.").format(text=shown))
    doubtful = phones[0].doubtful
    return Reading(
        phones[0].number, f"{shown} → {phones[0].number}" if doubtful or "e+" in shown.lower() else None, doubtful
    )


def read_phones(written: object) -> Reading:
    """All phones of a cell as dicts of type (mobile, phone, hotline, fax, foreign), number and, where words stood
    beside it, note.

    Raises UserError where no phone is found at all; an odd piece beside a good number is kept as its note, doubtful.
    """
    if isinstance(written, str) and _AS_STORED.fullmatch(written):
        return Reading([{"type": "phone" if written.startswith("0") else "mobile", "number": written}])
    if is_blank(written):
        return Reading([])
    shown = clean(_shown(written, lines=True), lines=True)
    phones = _several(shown)
    if not phones:
        raise UserError(_invalid(shown))
    unique = {phone.number: phone for phone in reversed(phones)}
    rows = [
        {"type": phone.type, "number": phone.number} | ({"note": phone.note} if phone.note else {})
        for phone in reversed(unique.values())
    ]
    doubtful = any(phone.doubtful for phone in phones)
    note = (
        f"{clean(shown)} → {', '.join(row['number'] for row in rows)}"
        if doubtful or len(rows) > 1 or "e+" in shown.lower()
        else None
    )
    return Reading(rows, note, doubtful)


def show_phone(number: str) -> str:
    """A stored phone grouped for the eye: 138 0000 1234, 0571-6688 0001, 400-810-8888."""
    if MOBILE.fullmatch(number):
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    if re.fullmatch(r"[48]00\d{7}", number):
        return f"{number[:3]}-{number[3:6]}-{number[6:]}"
    if landline := re.fullmatch(r"(?:(0\d{2,3})-)?(\d{3,4})(\d{4})(-\d+)?", number):
        area, head, tail, extension = landline.groups("")
        return f"{area}{'-' if area else ''}{head} {tail}{extension}"
    return number


def phone_digits(number: object) -> str:
    """The digits by which a phone is looked up: without country code 86, extension and signs."""
    text = plain(_shown(number))
    phone = one(text)
    if phone is None:
        return re.sub(r"\D", "", text)
    if phone.type in ("phone", "fax"):
        return "".join(phone.number.split("-")[:2] if phone.number.startswith("0") else phone.number.split("-")[:1])
    return phone.number.removeprefix("+").split("-")[0]


def _shown(written: object, lines: bool = False) -> str:
    """The cell as text; 1.38E+10 as digits, if they are all there."""
    text = re.sub(r"(?<=\d{7})\.0(?=\s*$)", "", as_text(written))  # how other programs print Excel's numbers
    if re.fullmatch(r"\s*\d(\.\d+)?[eE]\+?(9|1[0-3])\s*", text):
        number = Decimal(text.strip())
        if len(number.as_tuple().digits) < 9:
            raise UserError(
                _("“{text}” has lost its last digits in Excel; type the whole number.").format(text=text.strip())
            )
        return str(int(number))
    if isinstance(written, float) and not written.is_integer():
        raise UserError(_invalid(text))
    return text


def _invalid(text: str) -> str:
    return _("“{text}” is not a phone number.").format(text=text)


def _several(shown: str) -> list[Phone]:
    """The phones of a cell in the order written."""
    phones: list[Phone] = []
    waiting = ""
    for piece in _SEPARATOR.split("\n".join(plain(line) for line in shown.split("\n"))):
        found, before, after = _pieces(piece.strip())
        if not found:
            odd = " ".join(part for part in (before, after) if part)
            variant = _variant(phones[-1], odd) if phones else None
            if variant:
                phones.append(variant)
            elif phones and odd:
                phones[-1] = _noted(phones[-1], odd, bool(re.search(r"\d{3}", odd)))
            else:
                waiting = " ".join(part for part in (waiting, odd) if part)
            continue
        found[0] = _noted(
            found[0], " ".join(part for part in (waiting, before) if part), bool(re.search(r"\d{5}", waiting))
        )
        found[-1], waiting = _noted(found[-1], after, False), ""
        phones += [_with_area(phone, phones) for phone in found]
    return phones


def _noted(phone: Phone, words: str, doubtful: bool) -> Phone:
    words = words.strip(" :.()-'\"")
    return phone._replace(
        note=" ".join(part for part in (phone.note, words) if part), doubtful=phone.doubtful or doubtful
    )


def _variant(last: Phone, digits: str) -> Phone | None:
    """0571-66880001/02 and /66880002: the end of the number before, spoken shorter."""
    if last.type != "phone" or not re.fullmatch(r"\d{1,4}", digits) or last.number.count("-") > 1:
        return None
    return last._replace(number=last.number[: -len(digits)] + digits, doubtful=True, note="")


def _with_area(phone: Phone, before: list[Phone]) -> Phone:
    """A local number takes the area code of the landline written before it."""
    if phone.type != "phone" or phone.number.startswith("0"):
        return phone
    area = next(
        (other.number.split("-")[0] for other in before if other.type == "phone" and other.number.startswith("0")), ""
    )
    return phone._replace(number=f"{area}-{phone.number}", doubtful=False) if area else phone


def _pieces(piece: str) -> tuple[list[Phone], str, str]:
    """The phones of a piece without separators, and the words before and behind them."""
    fax = bool(re.search(r"传真|fax|(?<![a-z])f\s*[:.]", piece, re.I))
    text = _LABEL.sub(lambda label: " " if label[1] != "微信同号" else label[0], piece).replace("(+86)", "+86").strip()
    handles = " ".join(_HANDLE.findall(text))
    if handles:
        rest = _HANDLE.sub(" ", text).strip()
        some, before, after = _pieces(rest) if len(re.sub(r"\D", "", rest)) >= _FEWEST else ([], rest, "")
        return some, f"{before} {handles}".strip(), after
    whole = one(text)
    if whole:
        return [_as_fax(whole, fax)], "", ""
    framed = re.fullmatch(r"([^\d+(]*)(.*?\d)([^\d]*)", text)
    if not framed:
        return [], text, ""
    before, core, after = framed[1], framed[2], framed[3]
    if twice := re.fullmatch(r"(1[3-9]\d{9})\s*[-~]?\s*(1[3-9]\d{9})", core):
        found: list[Phone] | None = [Phone("mobile", twice[1]), Phone("mobile", twice[2])]
    else:
        found = _chunks(core.split(" "), bool(before.strip(" :.")))
    if found is None:
        return [], text, ""
    return [_as_fax(phone, fax) for phone in found], before, after


def _as_fax(phone: Phone, fax: bool) -> Phone:
    return phone._replace(type="fax") if fax and phone.type == "phone" else phone


def _chunks(chunks: list[str], names_first: bool) -> list[Phone] | None:
    """Phones whose groups are parted by blanks: as long as possible first, words between them as notes; None if a
    rest stays.

    With `names_first` the words belong to the phone behind them (张三 138… 李四 139…), else to the one before.
    """
    if len(chunks) > 24:
        return None
    start, words = 0, ""
    found: list[Phone] = []
    while start < len(chunks):
        end = next((end for end in range(len(chunks), start, -1) if one(" ".join(chunks[start:end]))), None)
        if end is None and (re.search(r"\d{3}", chunks[start]) is None or _tail(found, chunks[start])):
            if _tail(found, chunks[start]):
                found[-1] = found[-1]._replace(number=f"{found[-1].number}-{chunks[start]}", doubtful=True)
            elif found and not names_first:
                found[-1] = _noted(found[-1], chunks[start], False)
            else:
                words = f"{words} {chunks[start]}"
            start += 1
            continue
        phone = one(" ".join(chunks[start:end])) if end else None
        if phone is None or end is None:
            return None
        found.append(_noted(phone, words, False))
        start, words = end, ""
    return found or None


def _tail(found: list[Phone], chunk: str) -> bool:
    """Whether a short number behind a landline is its extension."""
    return (
        bool(found)
        and found[-1].type == "phone"
        and found[-1].number.count("-") == 1
        and re.fullmatch(r"\d{2,5}", chunk) is not None
    )
