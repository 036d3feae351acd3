"""How list entries are painted in lists and headers: their sign, their word and their colour."""

from __future__ import annotations

from functools import partial

from crm_desktop.models import lists
from ui.parts.badges import SHAPES, TIER_SHAPES, Badge
from ui.parts.list_delegates import BadgeDelegate

PLAIN = "■"


def badge(list_name: str, code: object) -> Badge | None:
    """The badge of a list entry; None for nothing."""
    if not code:
        return None
    entry = lists.entry(list_name, str(code))
    if entry is None:
        return Badge("○", str(code))
    sign = entry.sign
    if list_name == "tier" and sign not in SHAPES:
        codes = [e.code for e in lists.entries("tier", inactive=True)]
        sign = TIER_SHAPES[min(codes.index(entry.code), len(TIER_SHAPES) - 1)]
    return Badge(sign if sign in SHAPES else "●", entry.label, entry.colour or "muted")


def delegate(list_name: str) -> BadgeDelegate:
    """Paints a column of codes of this list as badges."""
    return BadgeDelegate(partial(badge, list_name))
