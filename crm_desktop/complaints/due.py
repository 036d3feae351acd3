"""What of the complaints is due: the next deadline of each, by deadline, tier and severity."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from crm_desktop.due import Item, Section, customers_of, mine, rows_of, tone
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import calendar, lists, people
from crm_desktop.models.improvements import is_of, owner_name
from crm_desktop.store import file

WHAT: Final = {
    "acknowledge": N_("acknowledge"),
    "reply": N_("first reply"),
    "solve": N_("solve"),
    "follow_up": N_("follow up"),
    "resume": N_("on hold"),
}
"""The next thing that is due, as people say it (msgids)."""
_SEVERITY: Final = {"urgent": 0, "major": 1}


@dataclass(frozen=True)
class Countdown:
    """How long until the next deadline."""

    what: str
    """Key of WHAT; "" when nothing is due."""
    due: str | None
    tone: str
    """"overdue", "due" (today, or less than a working day) or "soon"."""
    text: str
    """In words: "solve: 3 h left"."""


def countdown(what: str, due: str | None, now: datetime) -> Countdown:
    """How a complaint stands against its next deadline."""
    if not what:
        return Countdown("", None, "soon", "")
    if due is None:
        text = _("on hold, the clock stands still") if what == "resume" else _("no deadline")
        return Countdown(what, None, "soon", text)
    end = datetime.fromisoformat(due)
    minutes = calendar.work_time().between(now, end) // 60
    late = calendar.work_time().between(end, now) // 60
    name = _(WHAT[what])
    if what == "resume":
        text = _("on hold until {day}").format(day=due[:10])
        return Countdown(what, due, tone(due, now.date()), text)
    if end < now:
        text = _("{what}: overdue by {time}").format(what=name, time=_left(late, end, now))
        return Countdown(what, due, "overdue", text)
    how = "due" if due[:10] == now.date().isoformat() or minutes < calendar.work_time().day_length // 60 else "soon"
    return Countdown(what, due, how, _("{what}: {time} left").format(what=name, time=_left(minutes, now, end)))


def _left(minutes: int, start: datetime, end: datetime) -> str:
    """Working time as people say it; where none lies between, as at night, the hours of the clock."""
    hours = int((end - start).total_seconds()) // 3600
    if minutes:
        return in_words(minutes)
    if hours:
        return ngettext("{n} hour", "{n} hours", hours).format(n=hours)
    return in_words(int((end - start).total_seconds()) // 60)


def in_words(minutes: int) -> str:
    """Working time as people say it: days from one day of work on, hours, else minutes."""
    day = max(1, calendar.work_time().day_length // 60)
    if minutes >= day:
        days = minutes // day
        return ngettext("{n} working day", "{n} working days", days).format(n=f"{days:,}")
    if minutes >= 60:
        return ngettext("{n} working hour", "{n} working hours", minutes // 60).format(n=minutes // 60)
    return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)


def _rank() -> str:
    """SQL that sorts tiers by the office's order and severities from the worst down."""
    tiers = [entry.code for entry in lists.entries("tier", inactive=True) if "'" not in entry.code]
    whens = " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(tiers))
    tier = f"CASE c.tier {whens} ELSE {len(tiers)} END" if whens else "0"
    return f"{tier}, CASE c.severity WHEN 'urgent' THEN 0 WHEN 'major' THEN 1 ELSE 2 END"


def open_complaints(now: datetime, owner: int | None = None, limit: int = 50) -> Section:
    """Open complaints, by deadline, tier and severity; those nobody looks after come to everybody."""
    own, whose = ("", []) if owner is None else (" AND (c.owner = ? OR c.owner IS NULL)", [owner])
    where = f"c.closed_at IS NULL{own}"
    count = int(file.one(f"SELECT count(*) FROM complaint c WHERE {where}", whose))
    # those with a deadline come from its index, and are enough as a rule
    ids = [
        i
        for (i,) in file.ask(
            f"SELECT c.id FROM complaint c WHERE {where} AND c.due_at IS NOT NULL"
            f" ORDER BY c.due_at, {_rank()}, c.received_at, c.id LIMIT ?",
            [*whose, limit],
        )
    ]
    if len(ids) < min(limit, count):
        ids += [
            i
            for (i,) in file.ask(
                f"SELECT c.id FROM complaint c WHERE {where} AND c.due_at IS NULL"
                f" ORDER BY {_rank()}, c.received_at, c.id LIMIT ?",
                [*whose, limit - len(ids)],
            )
        ]
    found = rows_of(
        "SELECT id, customer, code, description, severity, state, owner, due_at, due_what FROM complaint", ids
    )
    customers = customers_of(row[1] for row in found.values())
    items = [_item((i, *customers[found[i][1]], *found[i][2:]), now) for i in ids if i in found]
    return Section("complaints", _("Open complaints"), items, count)


def _item(row: tuple[Any, ...], now: datetime) -> Item:
    i, customer, name, code, description, severity, state, owner, due, what = row
    how = countdown(what, due, now)
    parts = [how.text, code, lists.label("complaint_state", state)]
    parts += [lists.label("severity", severity)] if severity in _SEVERITY else []
    parts += [] if owner else [_("nobody looks after it")]
    pressing = "overdue" if owner is None else how.tone
    text = " ".join(description[:80].split())
    return Item(
        "complaint", i, customer, name, text, people.name(owner), due, pressing, " · ".join(filter(None, parts))
    )


def improvements(until: date, today: date, owner: int | None = None, limit: int = 50) -> Section:
    """Improvement actions of complaints and feedback that are not verified and due until that day; a colleague's own.

    Of everybody's, only so many records are read as are shown; more are counted as one action each.
    """
    after = (until + timedelta(days=1)).isoformat()
    found: list[tuple[str, str, int]] = []
    for table in ("complaint", "feedback"):
        sql = f"SELECT improve_by, id FROM {table} WHERE improve_by < ? ORDER BY improve_by, id"
        found += [(day, table, i) for day, i in file.ask(sql, (after,))]
    found.sort()
    read = found if owner is not None else found[:limit]
    items = [item for table in ("complaint", "feedback") for item in _actions(table, read, after, today, owner)]
    items.sort(key=lambda item: (item.due or "", item.id))
    return Section("improvements", _("Improvement actions"), items[:limit], len(items) + len(found) - len(read))


def _actions(
    table: str, found: Sequence[tuple[str, str, int]], after: str, today: date, owner: int | None
) -> Iterator[Item]:
    """The actions of these records of a table that are due before that day."""
    select = f"SELECT c.id, k.id, k.name, c.code, c.improvements FROM {table} c JOIN customer k ON k.id = c.customer"
    rows = rows_of(select, [i for _day, of, i in found if of == table], "c.id")
    for i, customer, name, code, stored in rows.values():
        for one in json.loads(stored):
            due = str(one.get("due") or "")
            if one.get("verified") or not due or due >= after or not is_of(one, owner):
                continue
            kind = lists.label("improvement", one.get("kind"))
            what = str(one.get("what", ""))
            details = " · ".join(filter(None, (kind, code, _("done, to be verified") if one.get("done") else "")))
            yield Item(table, i, customer, name, what, owner_name(one), due, tone(due, today), details)


def pressing(now: datetime, owner: int | None, within: int = 30) -> list[Item]:
    """Complaints of a colleague whose deadline passes within so many minutes, or passed today; for reminders."""
    own, whose = mine("c.owner", owner)
    rows = file.ask(
        "SELECT c.id, k.id, k.name, c.code, c.description, c.severity, c.state, c.owner, c.due_at, c.due_what"
        " FROM complaint c JOIN customer k ON k.id = c.customer WHERE c.closed_at IS NULL AND c.due_what <> 'resume'"
        f" AND c.due_at >= ? AND c.due_at < ?{own} ORDER BY c.due_at, c.id LIMIT 20",
        [now.date().isoformat(), (now + timedelta(minutes=within)).isoformat(timespec="seconds"), *whose],
    )
    return [_item(row, now) for row in rows]
