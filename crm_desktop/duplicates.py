"""Customers that may be there already: by name, credit code, phone or WeChat, while one types and again when saving."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from crm_desktop import values as reading
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import Customer, Record, people
from crm_desktop.store import file, search
from crm_desktop.store.change import Change

NAME, CODE, PHONE, WECHAT = N_("same name"), N_("same credit code"), N_("same phone"), N_("same WeChat")
STRONG = (CODE, NAME)
"""Reasons that make saving ask once more, the stronger first."""
_DIGITS = 7
"""A shorter number says nothing."""
_COMMON = 50
"""What so many customers share tells none of them."""


class Duplicate(NamedTuple):
    """A customer that may be the one being typed."""

    id: int
    name: str
    owner: str
    """Who looks after it; empty when nobody does."""
    reason: str
    """Why it may be the same (msgid)."""

    @property
    def strong(self) -> bool:
        """Whether it is reason enough to ask before saving."""
        return self.reason in STRONG


class Similar(UserError):
    """Saving would make a second file for what may be the same customer; `found` are those that are there."""

    def __init__(self, found: list[Duplicate]) -> None:
        self.found = found
        # not ngettext: Chinese has one form for all numbers, and needs two sentences here
        text = (
            _("{name} is there already. Look at it, or save anyway.")
            if len(found) == 1
            else _("{name} and {n} more are there already. Look at them, or save anyway.")
        )
        super().__init__(text.format(name=found[0].name, n=len(found) - 1))


def like(values: Mapping[str, Any], except_id: int | None = None, limit: int = 5) -> list[Duplicate]:
    """Customers like these values (name, credit_code, phones, wechat), the strongest reason first, each once.

    All look-ups go by an index; about a millisecond at 20,000 customers.
    """
    reasons: dict[int, str] = {}
    for reason, ids in ((CODE, _by_code(values)), (NAME, _by_name(values)), (PHONE, _by_phone(values)),
                        (WECHAT, _by_wechat(values))):  # fmt: skip
        for i in ids:
            if i != except_id:
                reasons.setdefault(i, reason)
    chosen = list(reasons)[:limit]
    rows = file.rows("customer", chosen)
    return [Duplicate(i, rows[i]["name"], people.name(rows[i]["owner"]), reasons[i]) for i in chosen if i in rows]


def save(
    c: Change,
    target: Record | type[Record],
    values: Mapping[str, Any],
    seen: Mapping[str, Any] | None = None,
    known: Collection[int] = (),
) -> Record:
    """Write a record; a customer only after another look at who is there by now.

    Raises Similar when a customer of the same name or credit code is there that the writer does not know of (`known`,
    ids); otherwise as Change.save.
    """
    model = target if isinstance(target, type) else type(target)
    if model is Customer and {"name", "credit_code"} & values.keys():
        found = like(values, None if isinstance(target, type) else target.id)
        if unknown := [it for it in found if it.strong and it.id not in known]:
            raise Similar(unknown)
    return c.save(target, values, seen)


def in_words(found: Duplicate) -> str:
    """One of them for the warning: 杭州长荣机电 · 王芳 (same name)."""
    who = f" · {found.owner}" if found.owner else ""
    return _("{name}{who} ({reason})").format(name=found.name, who=who, reason=_(found.reason))


def _ids(where: str, *params: Any) -> list[int]:
    rows = file.ask(f"SELECT id FROM customer WHERE {where} LIMIT {_COMMON}", params)
    return [i for (i,) in rows] if len(rows) < _COMMON else []


def _by_code(values: Mapping[str, Any]) -> list[int]:
    code = values.get("credit_code")
    return _ids("credit_code = ?", code) if code else []


def _by_name(values: Mapping[str, Any]) -> list[int]:
    core = reading.name_core(values.get("name") or "")
    return _ids("core = ?", core) if len(core) > 1 else []


def _by_phone(values: Mapping[str, Any]) -> list[int]:
    """By all numbers of customers and their contact persons, as the search knows them."""
    found: list[int] = []
    for row in values.get("phones") or ():
        digits = reading.phone_digits(row.get("number", ""))
        if len(digits) >= _DIGITS:
            found += _searched(digits)
    return found


def _by_wechat(values: Mapping[str, Any]) -> list[int]:
    wechat = (values.get("wechat") or "").strip()
    ids = _searched(wechat) if len(wechat) > 3 and " " not in wechat else []
    sql = (
        "id IN (SELECT value FROM json_each(?)) AND (wechat = ? COLLATE NOCASE OR EXISTS (SELECT 1 FROM position p"
        " JOIN contact k ON k.id = p.contact WHERE p.customer = customer.id AND k.wechat = ? COLLATE NOCASE))"
    )
    return _ids(sql, json.dumps(ids), wechat, wechat) if ids else []


def _searched(text: str) -> list[int]:
    found = search.match(file.connection(), "customer", text).ids
    return list(found) if found is not None and len(found) < _COMMON else []
