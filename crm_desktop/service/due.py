"""What of the service requests is due: open ones by deadline, tier and priority, and those that press right now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from crm_desktop.complaints.due import Countdown, countdown
from crm_desktop.due import Item, Section
from crm_desktop.i18n import N_, _
from crm_desktop.models import lists, people
from crm_desktop.models.complaint_clock import RESUME
from crm_desktop.store import file

_PRESSING: Final = ("urgent", "high")
_READ: Final = (
    "SELECT c.id, k.id, k.name, c.code, c.subject, substr(c.description, 1, 200), c.priority, c.state, c.owner,"
    " c.due_at, c.due_what, f.n FROM found f JOIN service_request c ON c.id = f.id JOIN customer k ON k.id = c.customer"
)
_WAITS: Final = N_("waiting for the customer")


def standing(what: str, due: str | None, now: datetime) -> Countdown:
    """How a request stands against its next deadline, as complaints do; one that waits for the customer says so."""
    found = countdown(what, due, now)
    if what == RESUME:
        text = _("waiting for the customer until {day}").format(day=due[:10]) if due else _(_WAITS)
        return Countdown(what, due, found.tone, text)
    return found


def open_requests(now: datetime, owner: int | None = None, limit: int = 50) -> Section:
    """Open requests by deadline, tier and priority, from the index of what is open, in one question.

    Of a colleague's own also those nobody looks after.
    """
    own, whose = ("", list[Any]()) if owner is None else (" AND (c.owner = ? OR c.owner IS NULL)", [owner])
    order = (
        f"CASE WHEN c.due_at IS NULL THEN 1 ELSE 0 END, c.due_at, {_rank('tier', 'tier')},"
        f" {_rank('priority', 'request_priority')} DESC, c.received_at, c.id"
    )
    rows = file.ask(
        "WITH found AS (SELECT c.id, count(*) OVER () AS n FROM service_request c"
        f" WHERE c.closed_at IS NULL{own} ORDER BY {order} LIMIT ?) {_READ} ORDER BY {order}",
        [*whose, limit],
    )
    items = [_item(row, now) for row in rows]
    return Section("requests", _("Open service requests"), items, rows[0][-1] if rows else 0)


def pressing(now: datetime, owner: int | None, within: int = 30) -> list[Item]:
    """Requests of a colleague whose deadline passes within so many minutes, or passed today; for reminders."""
    own, whose = ("", list[Any]()) if owner is None else (" AND owner = ?", [owner])
    rows = file.ask(
        "WITH found AS (SELECT id, due_at, 0 AS n FROM service_request WHERE closed_at IS NULL"
        f" AND due_at >= ? AND due_at < ?{own})"
        f" {_READ} WHERE c.due_what <> '{RESUME}' ORDER BY f.due_at, f.id LIMIT 20",
        [now.date().isoformat(), (now + timedelta(minutes=within)).isoformat(timespec="seconds"), *whose],
    )
    return [_item(row, now) for row in rows]


def _rank(column: str, of: str) -> str:
    """SQL for the place of a column's value in that list of the office; what is not in it comes last."""
    codes = [each.code for each in lists.entries(of, inactive=True) if "'" not in each.code]
    whens = " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(codes))
    return f"CASE c.{column} {whens} ELSE {len(codes)} END" if whens else "0"


def _item(row: tuple[Any, ...], now: datetime) -> Item:
    i, customer, name, code, subject, description, priority, state, owner, due, what, _n = row
    how = standing(what, due, now)
    parts = [how.text, code, lists.label("request_state", state)]
    parts += [lists.label("request_priority", priority)] if priority in _PRESSING else []
    parts += [] if owner else [_("nobody looks after it")]
    text = subject or " ".join(description[:80].split())
    tone = "overdue" if owner is None else how.tone
    return Item(
        "service_request", i, customer, name, text, people.name(owner), due, tone, " · ".join(filter(None, parts))
    )
