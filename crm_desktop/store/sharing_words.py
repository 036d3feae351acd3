"""What is told of colleagues and of the drive a file is shared on."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.i18n import _
from crm_desktop.store.places import Place
from crm_desktop.store.presence import Colleague, Sign

ASLEEP = 20.0
"""Seconds without a sign of life after which a computer may be asleep."""


def name(sign: Sign) -> str:
    """A colleague and the computer: 李强 (PC-3)."""
    if not sign.person:
        return sign.pc or _("Another computer")
    return _("{person} ({pc})").format(person=sign.person, pc=sign.pc) if sign.pc else sign.person


def doing_in_words(one: Colleague, now: float) -> str:
    """What a colleague has been doing, for how long, and whether the computer still answers."""
    words = {
        "saving": _("{who} has been saving for {n} s."),
        "importing": _("{who} has been importing for {n} s; saving goes on afterwards."),
        "restoring": _("{who} has been restoring a backup for {n} s; saving is locked meanwhile."),
    }.get(one.sign.doing, _("{who} has been busy with the file for {n} s."))
    text = words.format(who=name(one.sign), n=int(now - one.doing_first))
    if one.silent(now) >= ASLEEP:
        text += " " + _("That computer may be asleep.")
    return text


def warning(place: Place, copies: Sequence[str]) -> str:
    """What is to be known of the place although all may be written; "" when there is nothing."""
    if copies:
        return _(
            "Two computers wrote at the same time, and beside this file lies another version of it: {files}. "
            "Open it, look what is missing here, then move it away."
        ).format(files=_(", ").join(copies))
    return place.sentence() if place.kind == "sync" else ""


def reason(verdict: str, place: Place, colleagues: Sequence[Colleague]) -> str:
    """Why nothing may be written here, and what to do; "" when it may."""
    if verdict == "refused":
        return _(
            "This drive gives no locks, so two computers could overwrite each other: the file can only be read. "
            "Put it on a Windows share or a NAS, or on this computer."
        )
    if verdict == "lying":
        return _(
            "This drive does not keep its locks between computers, so saves could be lost: the file can only be "
            "read. Ask whoever looks after the network; on Linux the share must not be mounted with “nobrl”."
        )
    if verdict == "synced":
        return _(
            "{who} has this file open, and {service} would make two files of it: it can only be read here. "
            "Ask {who} to close it, wait until it has been copied, then open it again."
        ).format(who=_names(colleagues) or _("Another computer"), service=place.name)
    return ""


def _names(colleagues: Sequence[Colleague]) -> str:
    return _(", ").join(dict.fromkeys(name(one.sign) for one in colleagues))


def who_blocks(colleagues: Sequence[Colleague], now: float) -> str:
    """The sentence about whoever keeps us from saving, as far as it can be told; ""  when it cannot."""
    busy = [one for one in colleagues if one.sign.doing]
    silent = [one for one in colleagues if one.silent(now) >= ASLEEP]
    if busy:
        return doing_in_words(busy[0], now)
    if silent:
        return _("{who} gave no sign of life for {n} s; that computer may be asleep or switched off.").format(
            who=name(silent[0].sign), n=int(silent[0].silent(now))
        )
    return ""
