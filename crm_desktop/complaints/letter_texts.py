"""Texts to complainants as the office wants them: ready-made ones, changed ones, and the holes that are filled in."""

from __future__ import annotations

from string import Formatter
from typing import Final

from crm_desktop.errors import UserError
from crm_desktop.i18n import LANGUAGES, N_, _, text_in
from crm_desktop.models.office import put_settings, setting
from crm_desktop.store.change import Change

KINDS: Final = {
    "acknowledgement": N_("Acknowledgement"),
    "result": N_("Result of the handling"),
    "apology": N_("Apology"),
}
HOLES: Final = {
    "who": N_("who is addressed: the complainant, the contact person or the customer"),
    "code": N_("the number of the complaint"),
    "received": N_("the day it was received"),
    "what": N_("what happened, as a sentence"),
    "about": N_("what happened, inside a sentence"),
    "owner": N_("the colleague who looks after it"),
    "reply_by": N_("by when the customer hears from us"),
    "solve_by": N_("by when it shall be solved"),
    "cause": N_("the cause, as a sentence"),
    "solution": N_("the solution, as a sentence"),
    "compensation": N_("a sentence about the compensation; nothing without one"),
    "follow_up_on": N_("the day we ask whether the customer is satisfied"),
    "improvements": N_("what we do to keep it from happening again"),
    "office": N_("the name of the office"),
    "today": N_("the day of today"),
}
"""What can be filled in, and what it means (msgids)."""
_ACKNOWLEDGEMENT: Final = N_(
    "Dear {who},\n\nyour complaint of {received} has reached us: {what}\n"
    "It has the number {code}; {owner} looks after it. You will hear from us by {reply_by}, and we expect to have it"
    " solved by {solve_by}.\n\nThank you for telling us.\n\n{office}\n{today}"
)
_RESULT: Final = N_(
    "Dear {who},\n\nabout your complaint {code} of {received} ({about}) this is what we found: {cause}\n"
    "What we do about it: {solution}{compensation}\n\nWe will ask on {follow_up_on} whether you are satisfied. If"
    " anything is still wrong, please call {owner} at any time.\n\n{office}\n{today}"
)
_APOLOGY: Final = N_(
    "Dear {who},\n\nwe are sorry for the trouble you had: {what}\nThis should not have happened, and it was our fault,"
    " not yours. {solution}\nTo keep it from happening again: {improvements}\n\nPlease accept our apology.\n\n"
    "{office}\n{today}"
)
_TEXTS: Final = {"acknowledgement": _ACKNOWLEDGEMENT, "result": _RESULT, "apology": _APOLOGY}


def standard(kind: str, tongue: str) -> str:
    """The ready-made text of a kind (of KINDS) in a language (of LANGUAGES), with its holes."""
    return text_in(tongue, _TEXTS[kind])


def template(kind: str, tongue: str) -> str:
    """The text the office uses, with its holes: its own, else the ready-made one."""
    return str(setting(f"letter_{kind}_{tongue}")) or standard(kind, tongue)


def templates() -> dict[tuple[str, str], str]:
    """All texts the office uses, by kind and language."""
    return {(kind, tongue): template(kind, tongue) for kind in KINDS for tongue in LANGUAGES}


def save(c: Change, kind: str, tongue: str, text: str) -> None:
    """Keep a text of the office's own; one without letters, or the ready-made one, returns to the ready-made one.

    UserError when a hole is not one of HOLES.
    """
    check(text)
    own = text.strip()
    put_settings(c, {f"letter_{kind}_{tongue}": "" if own == standard(kind, tongue).strip() else own})


def check(text: str) -> None:
    """UserError, in a sentence, when something in braces is no hole, or a brace stands alone."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise UserError(
            _(
                "A curly bracket stands alone. Write each hole like {example}; for a bracket itself, write it twice."
            ).format(example="{who}")
        ) from error
    for _text, hole, how, turned in parts:
        if hole is not None and (hole not in HOLES or how or turned):
            written = "{" + hole + (f"!{turned}" if turned else "") + (f":{how}" if how else "") + "}"
            known = _(", ").join("{" + name + "}" for name in HOLES)
            raise UserError(
                _("{hole} is not known, so it cannot be filled in. These can: {known}.").format(
                    hole=written, known=known
                )
            )


def fill(text: str, facts: dict[str, str]) -> str:
    """The text with the facts in its holes; UserError as `check`."""
    check(text)
    written = ""
    for words, hole, _how, _turned in Formatter().parse(text):
        written = _joined(_joined(written, words), "" if hole is None else facts[hole])
    return written


def _joined(before: str, after: str) -> str:
    """Two pieces of a text; between two Chinese signs stands no space."""
    if before.endswith(" ") and is_chinese(before[-2:-1]) and is_chinese(after[:1]):
        return before[:-1] + after
    if after.startswith(" ") and is_chinese(before[-1:]) and is_chinese(after[1:2]):
        return before + after[1:]
    return before + after


def is_chinese(sign: str) -> bool:
    """Whether a sign is a Chinese one or its punctuation."""
    return "\u4e00" <= sign <= "\u9fff" or "\u3000" <= sign <= "\u303f" or "\uff00" <= sign <= "\uffef"
