"""What of the surveys is due: whom to ask until when, and whose time it is to be asked again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from crm_desktop.due import Item, Section, tone
from crm_desktop.i18n import _
from crm_desktop.models import lists, people
from crm_desktop.store import file


def section(until: date, today: date, owner: int | None = None, limit: int = 50) -> Section:
    """Customers of running surveys that are to be asked until that day, then those whose time it is again.

    A colleague's are those she asks, and those of her own customers.
    """
    asked, number = _to_ask(until, today, owner, limit)
    again, more = _again(today, owner, limit)
    return Section("surveys", _("Satisfaction surveys"), [*asked, *again][:limit], number + more)


def _to_ask(until: date, today: date, owner: int | None, limit: int) -> tuple[list[Item], int]:
    mine, whose = ("", list[Any]()) if owner is None else (" AND (s.owner = ? OR s.owner IS NULL)", [owner])
    where = f"s.state IN ('to_ask', 'asked', 'not_reached') AND s.due < ? AND r.state = 'open'{mine}"
    params = [(until + timedelta(days=1)).isoformat(), *whose]
    source = "survey_asked s JOIN survey_run r ON r.id = s.run"
    count = int(file.one(f"SELECT count(*) FROM {source} WHERE {where}", params))
    items = [
        Item("survey_asked", i, customer, name, title, people.name(who), day, tone(day, today), _more(code, tries))
        for i, customer, name, title, code, who, day, tries in file.ask(
            f"SELECT s.id, k.id, k.name, r.name, r.code, s.owner, s.due, s.attempts FROM {source}"
            f" JOIN customer k ON k.id = s.customer WHERE {where} ORDER BY s.due, s.id LIMIT ?",
            [*params, limit],
        )
    ]
    return items, count


def _more(code: str, attempts: int | None) -> str:
    return " · ".join(filter(None, (code, _("tried {n} times").format(n=attempts) if attempts else "")))


def _again(today: date, owner: int | None, limit: int) -> tuple[list[Item], int]:
    mine, whose = ("", list[Any]()) if owner is None else (" AND k.owner = ?", [owner])
    where = f"s.again_on <= ? AND k.archived = 0 AND k.stage NOT IN ('lost', 'blacklist'){mine}"
    params = [today.isoformat(), *whose]
    source = "survey_asked s JOIN customer k ON k.id = s.customer"
    count = int(file.one(f"SELECT count(*) FROM {source} WHERE {where}", params))
    found = file.ask(
        f"SELECT k.id, k.name, k.tier, k.owner, s.again_on, s.overall FROM {source} WHERE {where}"
        " ORDER BY s.again_on, s.id LIMIT ?",
        [*params, limit],
    )
    return [_item(row, today) for row in found], count


def _item(row: tuple[Any, ...], today: date) -> Item:
    customer, name, tier, owner, day, overall = row
    last = _("last time {n} of 5").format(n=overall) if overall else ""
    details = " · ".join(filter(None, (lists.label("tier", tier), last)))
    what = _("time to ask again how satisfied they are")
    return Item("survey_due", customer, customer, name, what, people.name(owner), day, tone(day, today), details)
