"""Numbers and amounts as Chinese offices write them: 12.5万, ¥1,250.00, 三万五千元, (300)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final, NamedTuple

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.values.text import Reading, arrow, as_text, clean, is_blank, plain

_DIGITS: Final = {
    sign: value
    for value, signs in enumerate(("〇零○", "一壹", "二贰两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for sign in signs
}
_SMALL: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE: Final = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_UNITS: Final = {
    "亿": 10**8,
    "億": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "萬": 10**4,
    "w": 10**4,
    "千": 10**3,
    "仟": 10**3,
    "k": 10**3,
    "百": 10**2,
}
_UNIT: Final = "亿|億|千万|百万|十万|万|萬|千|仟|百|[wkWK](?![a-zA-Z])"
_PART: Final = re.compile(rf"([\d,. ']*\d\.?)\s*({_UNIT})?")
_CURRENCY: Final = re.compile(r"人民币|RMB|CNY|CN¥|[¥￥]|元整|元正|圆整|块钱|[元圆块整]", re.I)
_FOREIGN: Final = re.compile(
    r"[$€£₩฿]|\b(?:US|HK|NT)D?\b|USD|HKD|EUR|JPY|GBP|TWD|美元|美金|港币|港元|欧元|日元|英镑|台币", re.I
)
_ABOUT: Final = re.compile(
    r"^(?:大约|大概|约|近|超过|超|不到|>=?|<=?|≥|≤|~)\s*|\s*(?:左右|上下|以上|以内|以下|多|余|几|\+|不等)$"
)
_RANGE: Final = re.compile(r"^([\d.,]+)\s*([^\d\s]*?)\s*(?:-|~|至|到)\s*([\d.,]+)\s*(.*)$")
_LIMIT: Final = 2**63 - 1


class _Found(NamedTuple):
    number: Decimal
    scaled: bool  # it was written with 万, 亿 or in Chinese numerals
    doubtful: bool


def chinese_number(text: str) -> int | None:
    """The whole number written in Chinese numerals (三十一, 廿三, 二〇二四, 壹拾万), None if it is not one."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not text:
        return None
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    if not any(sign in _DIGITS or sign in _SMALL for sign in text):
        return None
    total = section = 0
    digit: int | None = None
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign] or None
        elif sign in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[sign]
            digit = None
        elif sign in _LARGE:
            total = (
                (total + section + (digit or 0)) * _LARGE[sign]
                if _LARGE[sign] > 10_000
                else total + (section + (digit or 0)) * 10_000
            )
            section, digit = 0, None
        else:
            return None
    return total + section + (digit or 0)


def read_money(written: object, unit: str = "") -> Reading:
    """An amount in fen, rounded half up. `unit` is the column's ("万元"): it counts where the cell names none itself.

    Raises UserError for text that is no amount and for foreign currencies.
    """
    if is_blank(written):
        return Reading(None)
    shown = clean(as_text(written))
    text = plain(shown)
    if _FOREIGN.search(text):
        raise UserError(_("“{text}” is not in yuan; write the amount in yuan.").format(text=shown))
    try:
        remark = re.sub(r"\s*\([^\d()]+\)$", "", text)
        found = _money(re.sub(r"\s*/\s*[年月季天次]$", "", remark))
        found = found._replace(doubtful=found.doubtful or remark != text)
    except UserError:
        raise UserError(_("“{text}” is not an amount; write it like 1250.00 or 12.5万.").format(text=shown)) from None
    factor = 1 if found.scaled else unit_factor(unit)
    if abs(found.number * factor) > _LIMIT // 100:
        raise UserError(_("“{text}” is too large an amount.").format(text=shown))
    fen = int((found.number * factor * 100).quantize(Decimal(1), ROUND_HALF_UP))
    note = arrow(shown, f"{Decimal(fen) / 100:,.2f}") if found.scaled or found.doubtful or factor != 1 else None
    return Reading(fen, note, found.doubtful)


def unit_factor(unit: str) -> int:
    """How many times larger a unit is than one: 万元 10,000, 千元 1,000, 元 or nothing 1."""
    name = _CURRENCY.sub("", plain(unit)).strip().lower()
    return _UNITS.get(name, 1)


def read_number(written: object) -> Reading:
    """A number, int when whole, else float; a trailing unit or % is dropped (85% is 85). Raises UserError."""
    if is_blank(written):
        return Reading(None)
    shown = clean(as_text(written))
    found = _counted(shown)
    value = int(found.number) if found.number == found.number.to_integral_value() else float(found.number)
    if abs(value) > _LIMIT:
        raise UserError(_("“{text}” is too large a number.").format(text=shown))
    return Reading(
        value, arrow(shown, show_plain(found.number)) if found.scaled or found.doubtful else None, found.doubtful
    )


def read_integer(written: object) -> Reading:
    """A whole number; 30人 is 30, 约30 and 20-99 are doubtful (the lower end), 3.5 is rounded half up and doubtful.
    Raises UserError.
    """
    if is_blank(written):
        return Reading(None)
    shown = clean(as_text(written))
    found = _counted(shown)
    whole = found.number.quantize(Decimal(1), ROUND_HALF_UP) if abs(found.number) < 10**20 else found.number
    if abs(whole) > _LIMIT:
        raise UserError(_("“{text}” is too large a number.").format(text=shown))
    doubtful = found.doubtful or whole != found.number
    return Reading(int(whole), arrow(shown, int(whole)) if found.scaled or doubtful else None, doubtful)


def show_plain(number: Decimal) -> str:
    """A decimal with thousands separators and no more places than it needs."""
    return f"{number.normalize():,f}"


def _counted(shown: str) -> _Found:
    """A number with a unit behind it that does not matter (30人, 85%, 3 台)."""
    text = re.sub(r"(?<=\d)\s*%$", "", plain(shown))
    try:
        return _amount(text)
    except UserError:
        pass
    about = _ABOUT.sub("", text)
    bare = re.sub(
        rf"([\d.)]|{_UNIT}|[十一二三四五六七八九两])\s*([多余+])?\s*(?!{_UNIT}|[十一二三四五六七八九两多余+])(?:[^\W\d_]{{1,4}}|[A-Za-z]{{2,12}})$",
        r"\1\2",
        about,
    )
    try:
        found = _amount(bare)
    except UserError:
        raise UserError(_("“{text}” is not a number.").format(text=shown)) from None
    return found._replace(doubtful=found.doubtful or about != text)


def _money(text: str) -> _Found:
    """An amount of yuan, with or without 元, 角 and 分 behind the numbers."""
    small = re.fullmatch(r"(.*?[元圆块])(?:(\S)角)?(?:(\S)分)?", text)
    if small and (small[2] or small[3]):
        yuan = _amount(_CURRENCY.sub("", small[1]).strip())
        cents = [_amount(part).number if part else Decimal(0) for part in (small[2], small[3])]
        return _Found(yuan.number + cents[0] / 10 + cents[1] / 100, True, yuan.doubtful)
    return _amount(" ".join(_CURRENCY.sub(" ", text).split()))


def _amount(text: str) -> _Found:
    """The number a text stands for, with sign, range and "about"; raises UserError without a sentence (the caller
    knows it).
    """
    about = _ABOUT.sub("", _ABOUT.sub("", text))
    doubtful, text = about != text, about.strip()
    if negative := re.fullmatch(r"\((.+)\)|(?:负|-)\s*(.+)|([\d.,\s]+)-", text):
        inner = _positive(next(part for part in negative.groups() if part))
        return _Found(-inner.number, inner.scaled, doubtful or inner.doubtful)
    found = _positive(text.removeprefix("+").strip())
    return found._replace(doubtful=doubtful or found.doubtful)


def _positive(text: str) -> _Found:
    if between := _RANGE.match(text):
        low = _positive(between[1] + (between[2] or between[4]))
        _positive(between[3] + between[4])
        return low._replace(doubtful=True)
    if re.fullmatch(r"\d+(\.\d*)?[eE]\+?\d{1,2}|\.\d+|\d+(\.\d*)?[eE]-\d{1,3}", text):
        return _Found(Decimal(text), False, False)
    if (chinese := chinese_number(text)) is not None:
        return _Found(Decimal(chinese), True, False)
    return _sum(text)


def _sum(text: str) -> _Found:
    """The parts of 1亿2000万 or 3万5千 added up; 3万5 is 35,000 as people say it, and doubtful."""
    total, place, doubtful, last = Decimal(0), 0, False, 0
    while place < len(text):
        part = _PART.match(text, place)
        if not part or part.end() == place:
            raise UserError
        unit = _UNITS[part[2].lower()] if part[2] else 1
        number, odd = _digits(part[1])
        if last and unit == 1 and len(part[1]) == 1:
            unit, odd = last // 10, True
        elif last and unit >= last:
            raise UserError
        total, doubtful, last, place = total + number * unit, doubtful or odd, unit, part.end()
        if unit == 1 and place < len(text):
            raise UserError
        while place < len(text) and text[place] in " 零":
            place += 1
    if not text:
        raise UserError
    return _Found(total, bool(re.search(_UNIT, text)), doubtful)


def _digits(text: str) -> tuple[Decimal, bool]:
    """A number in digits and whether its separators are odd (12,50); three or four digits a group are both usual in
    China.
    """
    text = text.strip()
    whole, _dot, places = text.partition(".")
    bare = re.sub(r"[, ']", "", whole)
    grouped = re.fullmatch(r"\d{1,3}([, ']\d{3})+|\d{1,4}([, ']\d{4})+|\d*", whole)
    try:
        return Decimal(f"{bare or 0}.{places}" if places else bare), not grouped
    except InvalidOperation:
        raise UserError from None
