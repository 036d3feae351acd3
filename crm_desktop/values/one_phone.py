"""One phone number, whole: a mobile, a landline with its area code and extension, a hotline, or a foreign number."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_EXTENSION: Final = re.compile(r"\s*(?:转|轉|分机号?|ext\.?|x|#)\s*:?\s*(\d{1,6})$", re.I)
_DASH_EXTENSION: Final = re.compile(r"^(.*\d{6,}.*)-(\d{1,5})$")
_FORMATTED: Final = re.compile(r"[\s\-.()_]+")
MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_HOTLINE: Final = re.compile(r"[48]00\d{7}|9[56]\d{3,6}|1[02]\d{3}|12\d{3}")
_LOCAL: Final = re.compile(r"[2-9]\d{6,7}")
_AMERICAN: Final = re.compile(r"\([2-9]\d\d\) ?\d{3}[-. ]\d{4}|[2-9]\d\d([-. ])\d{3}\1\d{4}", re.ASCII)
_LONG_DISTANCE: Final = re.compile(r"1[-. ][2-9]\d\d[-. ]\d{3}[-. ]?\d{4}", re.ASCII)
"""1-917-555-0100: an American number, not a mobile of ours."""
_TAIWAN: Final = re.compile(r"\(0[2-8]\) ?\d{3,4}-?\d{4}|0[2-8]-\d{3,4}-?\d{4}|09\d\d-?\d{3}-?\d{3}", re.ASCII)
_AREA: Final = re.compile(r"(010|02\d|0[3-9]\d\d)([2-9]\d{6,7})")


class Phone(NamedTuple):
    """One number: its type (mobile, phone, hotline, fax, foreign), whether it was guessed, and words beside it."""

    type: str
    number: str
    doubtful: bool = False
    note: str = ""


def one(text: str) -> Phone | None:
    """The phone a text is, whole; None if it is none or several."""
    text = text.strip()
    if not re.fullmatch(r"\+?[\d\s\-.()_]+(?:\s*(?:转|轉|分机号?|ext\.?|x|#)\s*:?\s*\d{1,6})?", text, re.I):
        return None
    extension = _EXTENSION.search(text)
    body = text[: extension.start()] if extension else text
    digits = _FORMATTED.sub("", body)
    if digits.startswith(("+", "00")):
        return _abroad(digits.removeprefix("+").removeprefix("00"), body, extension[1] if extension else "")
    phone = _domestic(digits, body)
    if phone is None and not extension and (dashed := _DASH_EXTENSION.match(body.replace(" ", ""))):
        phone, extension = _domestic(_FORMATTED.sub("", dashed[1]), dashed[1]), None
        return _extended(phone, dashed[2]) if phone else None
    if digits.startswith("86") and len(digits) >= 12 and (phone is None or phone.doubtful):
        return _abroad(digits, body, extension[1] if extension else "")
    return _extended(phone, extension[1]) if phone and extension else phone


def _extended(phone: Phone, extension: str) -> Phone:
    """A number with its extension; that of a mobile (as platforms veil their buyers' numbers) stands beside it."""
    if phone.type != "mobile":
        return phone._replace(number=f"{phone.number}-{extension}")
    return phone._replace(note=f"转{extension}", doubtful=True)


def _abroad(digits: str, body: str, extension: str) -> Phone | None:
    """A number with a country code: 86 is home, others are kept with their plus."""
    if not digits.startswith("86"):
        if not 7 <= len(digits) <= 15 or not digits.isdigit() or digits.startswith("0"):
            return None
        abroad = Phone("foreign", f"+{digits}")
        return abroad._replace(note=f"转{extension}", doubtful=True) if extension else abroad
    home = digits[2:]
    if dashed := re.search(r"\d{7,8}-(\d{1,5})$", body):
        home, extension = home[: -len(dashed[1])], dashed[1]
    phone = _domestic(home, home) if home.startswith(("0", "1", "4", "8")) else None
    phone = phone or _domestic(f"0{home}", home)
    if phone and phone.doubtful:  # abroad the area code is written without its zero, so nothing was guessed
        phone = phone._replace(doubtful=False)
    return _extended(phone, extension) if phone and extension else phone


def _domestic(digits: str, body: str) -> Phone | None:
    if not (digits.isascii() and digits.isdigit()):
        return None
    if _LONG_DISTANCE.fullmatch(body.strip()):
        return Phone("foreign", f"+{digits}", doubtful=True)
    if MOBILE.fullmatch(digits):
        return Phone("mobile", digits)
    if digits.startswith("01") and MOBILE.fullmatch(digits[1:]) and not _AREA.fullmatch(digits):
        return Phone("mobile", digits[1:])
    if _HOTLINE.fullmatch(digits) and not (len(digits) in (7, 8) and "-" not in body and not digits.startswith("9")):
        return Phone("hotline", digits, doubtful=len(digits) in (7, 8))
    if _TAIWAN.fullmatch(body.strip()):
        return Phone("foreign", f"+886{digits[1:]}", doubtful=True)
    if area := _AREA.fullmatch(digits):
        return Phone("phone", f"{area[1]}-{area[2]}")
    if _LOCAL.fullmatch(digits) and not re.fullmatch(r"20\d\d[-.]\d\d?[-.]\d\d?", body):
        return Phone("phone", digits, doubtful=True)
    if _AMERICAN.fullmatch(body.strip()):
        return Phone("foreign", f"+1{digits}", doubtful=True)
    if digits[0] in "123456789" and (area := _AREA.fullmatch(f"0{digits}")) and len(digits) >= 10:
        return Phone("phone", f"{area[1]}-{area[2]}", doubtful=True)  # Excel dropped the zero in front
    return None
