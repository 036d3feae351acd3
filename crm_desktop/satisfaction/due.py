"""What of the surveys is due: whom to ask until when, whose time it is to be asked again, and what is to improve."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from crm_desktop.contact_rhythm import NOT_ASKED
from crm_desktop.due import Item, Section, rows_of, tone
from crm_desktop.i18n import _
from crm_desktop.models import lists, people
from crm_desktop.store import file

_WAITING = "s.run IN (SELECT value FROM json_each(?)) AND s.state IN ('to_ask', 'asked', 'not_reached')"


def section(until: date, today: date, owner: int | None = None, limit: int = 50) -> Section:
    """Customers of running surveys that are to be asked until that day, then those whose time it is again.

    A colleague's are those she asks, and those of her own customers.
    """
    asked, number = _to_ask(until, today, owner, limit)
    again, more = _again(today, owner, limit)
    # a large survey leaves room for the others
    shown = [*asked[: max(limit - len(again), limit // 2)], *again][:limit]
    return Section("surveys", _("Satisfaction surveys"), shown, number + more)


def _to_ask(until: date, today: date, owner: int | None, limit: int) -> tuple[list[Item], int]:
    """Found survey by survey: those that ended may have left thousands behind who were never asked.

    Surveys without a last day come last; nobody would find them otherwise.
    """
    runs = file.ask(
        "SELECT id, code, name, due FROM survey_run WHERE state = 'open' AND (due < ? OR due IS NULL)"
        " ORDER BY CASE WHEN due IS NULL THEN 1 ELSE 0 END, due, id",
        ((until + timedelta(days=1)).isoformat(),),
    )
    if not runs:
        return [], 0
    mine, whose = ("", list[Any]()) if owner is None else (" AND (s.owner = ? OR s.owner IS NULL)", [owner])
    listed = json.dumps([run for run, *_rest in runs])
    count = int(file.one(f"SELECT count(*) FROM survey_asked s WHERE {_WAITING}{mine}", [listed, *whose]))
    items: list[Item] = []
    for run, code, title, day in runs:
        if len(items) >= limit:
            break
        found = file.ask(
            f"SELECT s.id, s.customer, s.owner, s.attempts FROM survey_asked s WHERE {_WAITING}{mine}"
            " ORDER BY s.id LIMIT ?",
            [json.dumps([run]), *whose, limit - len(items)],
        )
        names = rows_of("SELECT id, name FROM customer", [customer for _i, customer, *_rest in found])
        how = tone(day, today) if day else "soon"
        items += [
            Item("survey_asked", i, customer, names[customer][1], title, people.name(who), day, how, _more(code, tries))
            for i, customer, who, tries in found
        ]  # fmt: skip
    return items, count


def _more(code: str, attempts: int | None) -> str:
    return " · ".join(filter(None, (code, _("tried {n} times").format(n=attempts) if attempts else "")))


def _again(today: date, owner: int | None, limit: int) -> tuple[list[Item], int]:
    """Whose time it is, from the index alone; only those shown are read."""
    due = file.ask(
        "SELECT again_on, customer, id FROM survey_asked WHERE again_on <= ? ORDER BY again_on, customer",
        (today.isoformat(),),
    )
    if not due:
        return [], 0
    marks = ",".join("?" * len(NOT_ASKED))
    gone = {i for (i,) in file.ask(f"SELECT id FROM customer WHERE stage IN ({marks})", list(NOT_ASKED))}
    gone |= {i for (i,) in file.ask("SELECT id FROM customer WHERE archived = 1")}
    hers = None if owner is None else {i for (i,) in file.ask("SELECT id FROM customer WHERE owner = ?", (owner,))}
    found = [one for one in due if one[1] not in gone and (hers is None or one[1] in hers)]
    shown = found[:limit]
    customers = rows_of("SELECT id, name, tier, owner FROM customer", [customer for _day, customer, _i in shown])
    scores = rows_of("SELECT id, overall FROM survey_asked", [i for _day, _customer, i in shown])
    return [_item(customers[customer], day, scores[i][1], today) for day, customer, i in shown], len(found)


def _item(customer: tuple[Any, ...], day: str, overall: int | None, today: date) -> Item:
    number, name, tier, owner = customer
    last = _("last time {n} of 5").format(n=overall) if overall else ""
    details = " · ".join(filter(None, (lists.label("tier", tier), last)))
    what = _("time to ask again how satisfied they are")
    return Item("survey_due", number, number, name, what, people.name(owner), day, tone(day, today), details)


def actions(until: date, today: date, owner: int | None = None) -> list[Item]:
    """Actions that are not verified and due until that day; a colleague's are those in her name."""
    mine, whose = ("", list[Any]()) if owner is None else (" AND x.owner = ?", [owner])
    items = []
    for run, code, what, kind, who, day, done in file.ask(
        "SELECT r.id, r.code, x.what, x.kind, x.owner, x.due, x.done FROM survey_action x"
        f" JOIN survey_run r ON r.id = x.run WHERE x.due < ? AND x.verified IS NULL{mine} ORDER BY x.due, x.id",
        [(until + timedelta(days=1)).isoformat(), *whose],
    ):
        details = (lists.label("improvement", kind), code, _("done, to be verified") if done else "")
        detail = " · ".join(filter(None, details))
        items.append(Item("survey_run", run, None, "", what, people.name(who), day, tone(day, today), detail))
    return items
