"""E-mail, web addresses, yes and no, and the unified social credit code (GB 32100-2015)."""

from __future__ import annotations

import re
from typing import Final

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.values.text import Reading, arrow, as_text, clean, is_blank, plain

_CREDIT_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, Z, S, V
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+\-']+@[A-Za-z0-9](?:[A-Za-z0-9\-]*\.)+[A-Za-z]{2,24}")
_YES: Final = frozenset(
    [
        "是",
        "有",
        "对",
        "真",
        "好",
        "已",
        "要",
        "需要",
        "同意",
        "√",
        "v",
        "勾",
        "■",
        "✓",
        "✔",
        "☑",
        "●",
        "y",
        "yes",
        "t",
        "true",
        "1",
        "on",
        "ok",
    ]
)
_NO: Final = frozenset(
    [
        "否",
        "无",
        "不",
        "没",
        "没有",
        "未",
        "错",
        "假",
        "不要",
        "不需要",
        "不同意",
        "×",
        "□",
        "x",
        "✗",
        "✘",
        "☐",
        "○",
        "n",
        "no",
        "f",
        "false",
        "0",
        "off",
    ]
)


def read_yes_no(written: object) -> Reading:
    """True or False, None for nothing written; 是/否, 有/无, √/×, Y/N, 1/0. Raises UserError."""
    if isinstance(written, bool):
        return Reading(written)
    shown = clean(as_text(written))
    word = plain(shown).lower()
    if word in _YES or word in _NO:
        return Reading(word in _YES)
    if done := re.fullmatch(r"(已经?|未|没有?|尚未|不)[\u4e00-\u9fff]{1,4}", word):  # 已签, 未签, 不需要
        return Reading(done[1].startswith("已"), arrow(shown, _("yes") if done[1].startswith("已") else _("no")))
    if is_blank(shown):
        return Reading(None)
    raise UserError(_("“{text}” is neither yes nor no.").format(text=shown))


def read_email(written: object) -> Reading:
    """One e-mail address, its domain in small letters; the first of several is taken, doubtful. Raises UserError."""
    if isinstance(written, str) and _EMAIL.fullmatch(written):
        name, _at, domain = written.partition("@")
        return Reading(f"{name}@{domain.lower()}", None, False)
    if is_blank(written):
        return Reading("")
    shown = clean(as_text(written))
    text = re.sub(r"\s*([@.])\s*", r"\1", plain(shown).replace("。", ".")).removeprefix("mailto:")
    found = list(dict.fromkeys(_EMAIL.findall(text)))
    rest = _EMAIL.sub("", text)
    if not found or "@" in rest or re.search(r"^[\w.]*\.$|^[A-Za-z0-9]", rest):
        raise UserError(_("“{text}” is not an e-mail address; write it like name@example.com.").format(text=shown))
    name, _at, domain = found[0].partition("@")
    value = f"{name}@{domain.lower()}"
    return Reading(value, f"{shown} → {value}" if value.lower() != shown.lower() else None, len(found) > 1)


def read_url(written: object) -> Reading:
    """A web address as typed, without blanks; raises UserError if it has no domain."""
    if is_blank(written):
        return Reading("")
    shown = clean(as_text(written))
    text = plain(shown).replace("。", ".")
    if not re.fullmatch(r"(?i)(?:https?://)?(?:[\w\-]+\.)+[^\W\d_]{2,24}(?::\d{1,5})?(?:[/?#]\S*)?", text):
        raise UserError(_("“{text}” is not a web address; write it like www.example.com.").format(text=shown))
    return Reading(text)


def check_credit_code(text: str) -> str | None:
    """Why this is not a valid unified social credit code, in a sentence; None if it is one (GB 32100-2015)."""
    if len(text) != 18:
        return _("A unified social credit code has 18 characters, this one has {n}.").format(n=len(text))
    if wrong := next((sign for sign in text if sign not in _CREDIT_SIGNS), None):
        return _("The letter {letter} does not occur in a unified social credit code.").format(letter=wrong)
    total = sum(_CREDIT_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(text[:17]))
    if _CREDIT_SIGNS[-total % 31] != text[17]:
        return _("The last character of the unified social credit code does not match; look for a typing mistake.")
    return None


def read_credit_code(written: object) -> Reading:
    """A credit code in capitals without blanks; wrong ones, 15-digit tax numbers and 9-character organisation codes
    are doubtful.

    The note is the reason. Raises UserError for what cannot be such a number at all.
    """
    if is_blank(written):
        return Reading("")
    shown = clean(as_text(written))
    text = re.sub(r"^[\u4e00-\u9fff]+\s*:|[\s\-.:']", "", plain(shown)).upper()
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", plain(shown).upper()) or isinstance(written, float):
        raise UserError(_("“{text}” has lost its last digits in Excel; type the whole number.").format(text=shown))
    if not re.fullmatch(r"[0-9A-Z]{8,20}", text):
        raise UserError(
            _("“{text}” is not a unified social credit code; it has 18 digits and letters.").format(text=shown)
        )
    reason = check_credit_code(text)
    if reason and len(text) == 15:
        reason = _("{text} is an old 15-digit tax number, not a unified social credit code.").format(text=text)
    elif reason and len(text) == 9:
        reason = _("{text} is an old organisation code, not a unified social credit code.").format(text=text)
    return Reading(text, reason, reason is not None)
