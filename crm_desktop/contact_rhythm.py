"""How often customers of each tier are to be contacted (product.md 4.10), and who is waiting for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import nlargest
from typing import Any, NamedTuple

from crm_desktop.i18n import _, ngettext
from crm_desktop.models import Customer, lists
from crm_desktop.models.office import settings
from crm_desktop.store import file, nearby
from crm_desktop.store.record import chunks

ORDINARY = "regular"
"""The tier whose rhythm holds for customers without one, and for tiers that have no setting."""
NOT_ASKED = ("lost", "blacklist")
"""Stages in which nobody expects us to call."""
_NOBODY_CALLS = ", ".join(f"'{stage}'" for stage in NOT_ASKED)
CAP_DAYS = 30


class Late(NamedTuple):
    """A customer who was not contacted within the rhythm."""

    id: int
    name: str
    tier: str
    owner: int | None
    last: str | None
    """The last contact, None if there never was one."""
    days: int
    """Days since then, or since the customer was written down."""
    every: int
    """At most so many days there should be."""

    @property
    def text(self) -> str:
        """The sentence that explains it: "not contacted for 41 days (Diamond: 14)"."""
        return _sentence(self.last, self.days, self.every, self.tier)


@dataclass(frozen=True)
class State:
    """Whether a customer is contacted as often as agreed: "ok", "under" (too rarely), "over" (more than welcome)."""

    kind: str
    text: str
    days: int | None = None
    """Days since the last contact."""
    every: int = 0
    """Days the rhythm allows; 0 where no rhythm is kept."""


def _sentence(last: str | None, days: int, every: int, tier: str) -> str:
    limit = _("{label}: {value}").format(label=lists.label("tier", tier) or _("rhythm"), value=every)
    if last is None:
        return ngettext("never contacted in {n} day ({limit})", "never contacted in {n} days ({limit})", days).format(
            n=days, limit=limit
        )
    return ngettext("not contacted for {n} day ({limit})", "not contacted for {n} days ({limit})", days).format(
        n=days, limit=limit
    )


def _limit(kind: str, tier: str, office: dict[str, Any]) -> int:
    found = office.get(f"{kind}_{tier}")
    return int(office[f"{kind}_{ORDINARY}"] if found is None else found)


def every(tier: str, own: int | None = None) -> int:
    """After how many days a customer of that tier, or with a rhythm of its own, should be contacted; 0 for never."""
    return _limit("contact_every", tier, settings()) if own is None else own


def state(customer: Customer, today: date) -> State:
    """Whether this customer is contacted as often as agreed, with the sentence that says so."""
    limit = every(customer.tier, customer.contact_every)
    last = customer.last_contact_at
    since = last or customer.created_at
    days = max(0, (today - date.fromisoformat(str(since)[:10])).days) if since else None
    office = settings()
    cap = customer.contact_cap
    most = _limit("contact_cap", str(customer.tier), office) if cap is None else int(str(cap))
    if most:
        from_day = (today - timedelta(days=CAP_DAYS - 1)).isoformat()
        number = int(
            file.one("SELECT count(*) FROM interaction WHERE customer = ? AND at >= ?", (customer.id, from_day))
        )
        if number > most:
            text = ngettext(
                "{n} contact in 30 days (at most {most})", "{n} contacts in 30 days (at most {most})", number
            )
            return State("over", text.format(n=number, most=most), days, limit)
    if limit and days is not None and days > limit and customer.stage not in NOT_ASKED and not customer.archived:
        return State("under", _sentence(last and str(last), days, limit, str(customer.tier)), days, limit)
    if not last:
        return State("ok", _("not contacted yet"), days, limit)
    text = ngettext("last contact {n} day ago", "last contact {n} days ago", days or 0).format(n=days)
    return State("ok", text, days, limit)


def _cutoff(on: date, days: int) -> str:
    """The first day that is not yet too long ago."""
    return (on - timedelta(days=days)).isoformat()


_TIERS = """
    WITH RECURSIVE t (tier) AS (
        SELECT min(tier) FROM customer WHERE archived = 0 AND contact_every IS NULL UNION ALL
        SELECT (SELECT min(tier) FROM customer WHERE archived = 0 AND contact_every IS NULL AND tier > t.tier)
        FROM t WHERE t.tier IS NOT NULL)
    SELECT tier FROM t WHERE tier IS NOT NULL
"""
_NEXT_OWN = """
    SELECT contact_every, tier FROM customer WHERE archived = 0 AND (contact_every, tier) > (?, ?)
    ORDER BY contact_every, tier LIMIT 1
"""


def _groups() -> Iterator[tuple[str, int | None]]:
    """Each pair of a tier and a rhythm of its own (or none) there is, found by leaping through the index."""
    yield from ((tier, None) for (tier,) in file.ask(_TIERS))
    own, tier = 0, chr(0x10FFFF)
    while found := file.ask(_NEXT_OWN, (own, tier)):
        ((own, tier),) = found
        yield tier, own


def _waiting(on: date, owner: int | None) -> Iterator[tuple[str, list[Any]]]:
    """Conditions that together meet each customer who is waiting once, each a stretch of one index."""
    mine, whose = ("", []) if owner is None else (' AND "owner" = ?', [owner])
    office = settings()
    for tier, own in _groups():
        days = _limit("contact_every", tier, office) if own is None else own
        if days:
            head = f"archived = 0 AND contact_every IS ? AND tier = ? AND stage NOT IN ({_NOBODY_CALLS}){mine}"
            params = [own, tier, *whose, _cutoff(on, days)]
            yield f"{head} AND last_contact_at < ?", params
            yield f"{head} AND last_contact_at IS NULL AND created_at < ?", params


def _is_past(on: date) -> bool:
    """Whether somebody was contacted after that day, so that the last contact as kept is not the last by then."""
    with nearby.instead("customer"):
        latest = file.one("SELECT max(last_contact_at) FROM customer")
    return latest is not None and str(latest)[:10] > on.isoformat()


def count_not_contacted(on: date, owner: int | None = None) -> int:
    """How many customers had not been contacted within their rhythm at the end of that day."""
    if _is_past(on):
        return len(_late(_found_then(on, owner), on))
    with nearby.instead("customer"):
        return sum(
            int(file.one(f"SELECT count(*) FROM customer WHERE {where}", params))
            for where, params in _waiting(on, owner)
        )


def not_contacted(on: date, owner: int | None = None, limit: int | None = None) -> list[Late]:
    """Customers not contacted within their rhythm by the end of that day, the most neglected (days over rhythm) first.

    Not archived ones only, and none in a stage of NOT_ASKED; with a limit only so many.
    """
    found = _found_then(on, owner) if _is_past(on) else _found_now(on, owner, limit)
    late = _late(found, on)
    late = sorted(late, key=_neglect, reverse=True) if limit is None else nlargest(limit, late, key=_neglect)
    names: dict[int, str] = {}
    with nearby.instead("customer"):
        for part in chunks([one.id for one in late]):
            names.update(file.ask(f"SELECT id, name FROM customer WHERE id IN ({','.join('?' * len(part))})", part))
    return [one._replace(name=names[one.id]) for one in late]


_Found = tuple[int, str, "int | None", "str | None", str, "int | None"]
"""id, tier, owner, last contact, created, own rhythm."""
_COLUMNS = "id, tier, owner, last_contact_at, created_at, contact_every"


def _found_now(on: date, owner: int | None, limit: int | None) -> list[_Found]:
    """Who is waiting now; with a limit at least the so many most neglected ones."""
    found: list[_Found] = []
    with nearby.instead("customer"):
        for where, params in _waiting(on, owner):
            sql = f"SELECT {_COLUMNS} FROM customer WHERE {where}"
            if limit is not None:
                column = "created_at" if "last_contact_at IS NULL" in where else "last_contact_at"
                sql += f" ORDER BY {column} LIMIT {int(limit)}"
            found += file.ask(sql, params)
    return found


def _neglect(late: Late) -> tuple[float, int]:
    return late.days / late.every, -late.id


def _found_then(on: date, owner: int | None) -> list[_Found]:
    """The same for a day gone by: who was a customer then, and the last contact up to then."""
    after = (on + timedelta(days=1)).isoformat()
    mine, whose = ("", []) if owner is None else (' AND "owner" = ?', [owner])
    return file.ask(
        "SELECT id, tier, owner, CASE WHEN last_contact_at < ? THEN last_contact_at ELSE"
        " (SELECT max(at) FROM interaction i WHERE i.customer = customer.id AND i.at < ?) END,"
        " created_at, contact_every FROM customer"
        f" WHERE archived = 0 AND created_at < ? AND stage NOT IN ({_NOBODY_CALLS}){mine}",
        [after, after, after, *whose],
    )


def _late(found: list[_Found], on: date) -> list[Late]:
    """These customers with their days, those still within their rhythm left out; names are added later."""
    office, today = settings(), on.toordinal()
    late = []
    for i, tier, owner, last, made, own in found:
        limit = _limit("contact_every", tier, office) if own is None else own
        days = today - date.fromisoformat((last or made)[:10]).toordinal()
        if limit and days > limit:
            late.append(Late(i, "", tier, owner, last, days, limit))
    return late
